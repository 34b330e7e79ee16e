package dev.jitney.standalone;

import dev.jitney.ghes.HookOwner;
import dev.jitney.ghes.Hooks;
import dev.jitney.standalone.hooks.HookScope;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which webhooks are meant. */
final class HookOptions {
    private static final String ALL = "all";

    /** Replaced by picocli. */
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            defaultValue = "global",
            description = {
                "Which webhook tells of jobs: global (of the whole server), organization, or app",
                "(of the GitHub App whose credentials are given) (${DEFAULT-VALUE})."
            })
    private HookScope scope = HookScope.GLOBAL;

    @Option(
            names = "--org",
            paramLabel = "LOGIN",
            description = {
                "With --scope organization: which ones; all, the default, are those of the server,",
                "or those the App is installed in."
            })
    private List<String> organizations = List.of();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where GHES finds the webhook (that of the system that is up).")
    private @Nullable String url;

    HookScope scope() {
        return scope;
    }

    /** Whose webhooks are meant. */
    List<HookOwner> owners(Hooks hooks) {
        return switch (scope) {
            case GLOBAL -> List.of(new HookOwner.Server());
            case APP -> List.of(new HookOwner.App());
            case ORGANIZATION ->
                    (organizations.isEmpty() || organizations.contains(ALL)
                                    ? hooks.organizations()
                                    : organizations)
                            .stream().<HookOwner>map(HookOwner.Organization::new).toList();
        };
    }

    /** Where GHES finds the webhook, if it was given. */
    Optional<String> url() {
        return Optional.ofNullable(url);
    }

    /** Refuses what makes no sense. */
    void check() {
        if (!organizations.isEmpty() && scope != HookScope.ORGANIZATION) {
            throw new ParameterException(
                    spec.commandLine(), "--org goes with --scope organization");
        }
        if (url != null && !url.matches("https?://[^/\\s]+/\\S*")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--url is '" + url + "', not an address such as https://host/webhook");
        }
    }
}
