package dev.jitney.standalone;

import dev.jitney.ghes.GhesConnection;
import dev.jitney.ghes.GhesException;
import dev.jitney.ghes.HookAdmin;
import dev.jitney.ghes.HttpHooks;
import dev.jitney.ghes.Inspection;
import dev.jitney.standalone.doctor.Check;
import dev.jitney.standalone.doctor.Doctor;
import dev.jitney.standalone.doctor.Finding;
import dev.jitney.standalone.doctor.GhesCredentialsCheck;
import dev.jitney.standalone.doctor.GhesOrganizationsCheck;
import dev.jitney.standalone.doctor.GhesRateLimitCheck;
import dev.jitney.standalone.doctor.GhesServerCheck;
import dev.jitney.standalone.doctor.GhesWebhookCheck;
import dev.jitney.standalone.system.RunningSystem;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at what Jitney depends on. */
@Command(
        name = "doctor",
        description = {
            "Looks at what Jitney depends on, and says in plain words what is wrong and what to do.",
            "Changes nothing. Exits with 1 if anything does not work."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DoctorCommand implements Callable<Integer> {
    /** Replaced by picocli. */
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private GhesOptions ghes = new GhesOptions();

    @Mixin private HookOptions hook = new HookOptions();

    @Mixin private RunningOptions up = new RunningOptions();

    @Option(
            names = "--try",
            paramLabel = "N",
            defaultValue = "20",
            description = {
                "How many organizations to try a personal access token on, one call each",
                "(${DEFAULT-VALUE})."
            })
    private int tried;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        hook.check();
        Optional<RunningSystem> running = up.system();
        Optional<String> url =
                hook.url().or(() -> running.flatMap(system -> system.address("webhook")));
        try (GhesConnection connection = GhesOptions.open(ghes.accessOr(running))) {
            List<Doctor.Result> results = Doctor.examine(List.of(ofGhes(connection, url)));
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(Findings.json(results));
                out.flush();
            } else {
                Findings.print(out, results);
            }
            boolean failed =
                    results.stream()
                            .flatMap(result -> result.findings().stream())
                            .anyMatch(Finding::isFail);
            return failed ? 1 : 0;
        }
    }

    private Doctor.Part ofGhes(GhesConnection connection, Optional<String> url) {
        var inspection = new Inspection(connection);
        boolean isApp = connection.isApp();
        List<Check> rest = new ArrayList<>();
        rest.add(new GhesCredentialsCheck(inspection, isApp, hook.scope()));
        rest.add(new GhesOrganizationsCheck(inspection, isApp, tried));
        rest.add(new Webhooks(connection, url));
        rest.add(new GhesRateLimitCheck(inspection));
        return new Doctor.Part(new GhesServerCheck(inspection), rest);
    }

    /** Which organizations there are is known only when the server answers. */
    private final class Webhooks implements Check {
        private final GhesConnection connection;
        private final Optional<String> url;

        Webhooks(GhesConnection connection, Optional<String> url) {
            this.connection = connection;
            this.url = url;
        }

        @Override
        public String topic() {
            return "webhook";
        }

        @Override
        public List<Finding> look() throws GhesException {
            if (url.isEmpty()) {
                return List.of(Finding.warn("not looked at", "say with --url where GHES finds it"));
            }
            return new GhesWebhookCheck(
                            new HookAdmin(connection),
                            hook.owners(new HttpHooks(connection)),
                            url.get())
                    .look();
        }
    }
}
