package dev.jitney.standalone;

import dev.jitney.standalone.hooks.HookScope;
import dev.jitney.standalone.install.BrokerKind;
import dev.jitney.standalone.install.RabbitmqName;
import dev.jitney.standalone.install.Site;
import dev.jitney.standalone.install.SiteRunners;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is special about an installation, secrets aside. */
final class InstallOptions {
    private static final String AUTO = "auto";

    /** Replaced by picocli. */
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--ghes-url",
            paramLabel = "URL",
            required = true,
            description = "The GitHub Enterprise Server, without /api/v3.")
    private URI ghes = URI.create("https://ghes.example.com");

    @Option(
            names = "--registry",
            paramLabel = "REGISTRY/PATH",
            required = true,
            description = "Where the images are: what -Dimages.to was.")
    private String registry = "";

    @Option(
            names = "--tag",
            paramLabel = "T",
            description = "Their tag: what -Dimages.tag was (the version of ./jitney).")
    private @Nullable String tag;

    @Option(
            names = "--broker",
            paramLabel = "KIND",
            defaultValue = "kafka",
            description = "kafka, rabbitmq, or mt: in memory, for trials (${DEFAULT-VALUE}).")
    private BrokerKind broker = BrokerKind.KAFKA;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "With --broker kafka: bootstrap servers, with commas between them.")
    private @Nullable String kafka;

    @Option(
            names = "--rabbitmq",
            paramLabel = "NAMESPACE/NAME",
            description = "With --broker rabbitmq: your RabbitmqCluster (rabbitmq/rabbitmq).")
    private @Nullable String rabbitmq;

    @Option(
            names = "--capacity",
            paramLabel = "N",
            defaultValue = "200",
            description = {
                "Most runners at the same time, or auto: what the nodes can hold,",
                "docs/capacity.md (${DEFAULT-VALUE})."
            })
    private String capacity = "";

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            description = {
                "Which webhook tells of jobs: app (of the GitHub App), organization, or global (of",
                "the whole server) (app with an App, global with a token)."
            })
    private @Nullable HookScope scope;

    /** Which broker was chosen. */
    BrokerKind broker() {
        return broker;
    }

    /**
     * What was given.
     *
     * @param isApp whether the functions are a GitHub App
     * @throws ParameterException if it makes no sense
     */
    Site site(boolean isApp, SiteRunners runners) {
        try {
            return new Site(
                    ghes,
                    hook(isApp),
                    registry,
                    tag == null ? Jitney.version() : tag,
                    broker,
                    capacity(),
                    Optional.ofNullable(kafka),
                    Optional.ofNullable(rabbitmq).map(RabbitmqName::parse),
                    runners);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private HookScope hook(boolean isApp) {
        if (scope == HookScope.APP && !isApp) {
            throw new IllegalArgumentException(
                    "--scope app goes with --app-id: a token has no webhook");
        }
        if (scope != null) {
            return scope;
        }
        return isApp ? HookScope.APP : HookScope.GLOBAL;
    }

    private OptionalInt capacity() {
        if (capacity.equals(AUTO)) {
            return OptionalInt.empty();
        }
        if (!capacity.matches("[0-9]{1,6}")) {
            throw new IllegalArgumentException(
                    "--capacity is '" + capacity + "'; write a number from 0, or auto");
        }
        return OptionalInt.of(Integer.parseInt(capacity));
    }
}
