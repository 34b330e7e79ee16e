package dev.jitney.standalone;

import dev.jitney.ghes.GhesConnection;
import dev.jitney.ghes.GhesException;
import dev.jitney.ghes.HookAdmin;
import dev.jitney.ghes.HookOwner;
import dev.jitney.ghes.HookRequest;
import dev.jitney.ghes.HttpHooks;
import dev.jitney.standalone.doctor.Finding;
import dev.jitney.standalone.hooks.HookInstallation;
import dev.jitney.standalone.hooks.Ping;
import dev.jitney.standalone.system.RunningSystem;
import dev.jitney.standalone.system.StartFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Webhooks on GHES. */
@Command(
        name = "webhook",
        description = "Sets up the webhook on GHES that tells of jobs, or removes it.",
        mixinStandardHelpOptions = true,
        subcommands = {WebhookCommand.Install.class, WebhookRemoveCommand.class})
final class WebhookCommand implements Runnable {
    /** Replaced by picocli. */
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: install or remove");
    }

    /** Makes webhooks, or mends them. */
    @Command(
            name = "install",
            description = {
                "Makes the webhook on GHES, or mends what differs, and pings it. Run again, it",
                "changes nothing. Exits with 1 if anything is not as it should be in the end."
            },
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Install implements Callable<Integer> {
        private static final Duration PING_WITHIN = Duration.ofSeconds(15);

        /** Replaced by picocli. */
        @Spec private CommandSpec spec = CommandSpec.create();

        @Mixin private GhesOptions ghes = new GhesOptions();

        @Mixin private HookOptions hook = new HookOptions();

        @Mixin private RunningOptions up = new RunningOptions();

        @Option(
                names = "--secret-file",
                paramLabel = "F",
                description = {
                    "File with the secrets of the Secret ghes-webhook; the last one is set",
                    "(that of the system that is up)."
                })
        private @Nullable Path secretFile;

        @Option(
                names = "--set-secret",
                description = "Write the secret even if nothing else differs; it cannot be seen.")
        private boolean setSecret;

        @Option(names = "--check", description = "Change nothing; say what differs.")
        private boolean checkOnly;

        @Option(names = "--no-ping", description = "Do not ping.")
        private boolean noPing;

        @Override
        public Integer call() {
            hook.check();
            Optional<RunningSystem> running = up.system();
            var request =
                    new HookRequest(
                            hook.url().orElseGet(() -> given(running, "webhook", "--url")),
                            secret(running));
            var manner = new HookInstallation.Manner(checkOnly, setSecret, !noPing);
            try (GhesConnection connection = GhesOptions.open(ghes.accessOr(running))) {
                var admin = new HookAdmin(connection);
                var hooks = new HttpHooks(connection);
                var ping = new Ping(admin, hooks, PING_WITHIN);
                var installation = new HookInstallation(admin, ping, request, manner);
                boolean failed = false;
                for (HookOwner owner : hook.owners(hooks)) {
                    for (Finding finding : installation.install(owner)) {
                        Findings.print(spec.commandLine().getOut(), "", finding);
                        failed |= finding.isFail();
                    }
                }
                return failed ? 1 : 0;
            } catch (GhesException failed) {
                throw new StartFailed(String.valueOf(failed.getMessage()), failed);
            }
        }

        private String secret(Optional<RunningSystem> running) {
            Path file =
                    secretFile == null
                            ? Path.of(given(running, "webhookSecretFile", "--secret-file"))
                            : secretFile;
            try {
                return Files.readString(file)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .reduce((_, last) -> last)
                        .orElseThrow(() -> new StartFailed(file + " is empty"));
            } catch (IOException e) {
                throw new ParameterException(spec.commandLine(), "cannot read " + file);
            }
        }

        private static String given(Optional<RunningSystem> running, String name, String option) {
            return running.flatMap(system -> system.address(name))
                    .orElseThrow(() -> new StartFailed("no system is up; give " + option));
        }
    }
}
