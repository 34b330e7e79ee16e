package dev.jitney.standalone;

import dev.jitney.ghes.GhesConnection;
import dev.jitney.ghes.GhesException;
import dev.jitney.ghes.HookAdmin;
import dev.jitney.ghes.HookOwner;
import dev.jitney.ghes.HttpHooks;
import dev.jitney.standalone.doctor.Finding;
import dev.jitney.standalone.hooks.HookRemoval;
import dev.jitney.standalone.system.RunningSystem;
import dev.jitney.standalone.system.StartFailed;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Removes webhooks. */
@Command(
        name = "remove",
        description = {
            "Removes the webhook on GHES that posts to --url, and no other. Exits with 1 if one could",
            "not be removed."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class WebhookRemoveCommand implements Callable<Integer> {
    /** Replaced by picocli. */
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private GhesOptions ghes = new GhesOptions();

    @Mixin private HookOptions hook = new HookOptions();

    @Mixin private RunningOptions up = new RunningOptions();

    @Option(names = "--check", description = "Remove nothing; say what would be.")
    private boolean checkOnly;

    @Override
    public Integer call() {
        hook.check();
        Optional<RunningSystem> running = up.system();
        String url =
                hook.url()
                        .or(() -> running.flatMap(system -> system.address("webhook")))
                        .orElseThrow(() -> new StartFailed("no system is up; give --url"));
        try (GhesConnection connection = GhesOptions.open(ghes.accessOr(running))) {
            var removal = new HookRemoval(new HookAdmin(connection), url, checkOnly);
            boolean failed = false;
            for (HookOwner owner : hook.owners(new HttpHooks(connection))) {
                Finding finding = removal.remove(owner);
                Findings.print(spec.commandLine().getOut(), "", finding);
                failed |= finding.isFail();
            }
            return failed ? 1 : 0;
        } catch (GhesException failed) {
            throw new StartFailed(String.valueOf(failed.getMessage()), failed);
        }
    }
}
