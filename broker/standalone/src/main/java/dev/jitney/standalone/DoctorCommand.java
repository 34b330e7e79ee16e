package dev.jitney.standalone;

import dev.jitney.ghes.GhesConnection;
import dev.jitney.ghes.GhesException;
import dev.jitney.ghes.HookAdmin;
import dev.jitney.ghes.HttpHooks;
import dev.jitney.standalone.doctor.Check;
import dev.jitney.standalone.doctor.Doctor;
import dev.jitney.standalone.doctor.Finding;
import dev.jitney.standalone.doctor.GhesWebhookCheck;
import dev.jitney.standalone.install.BrokerKind;
import dev.jitney.standalone.system.RunningSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at what Jitney depends on: the cluster, and GHES. */
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

    @Mixin private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = "--broker",
            paramLabel = "KIND",
            defaultValue = "kafka",
            description = "What the cluster is to have: kafka, rabbitmq or mt (${DEFAULT-VALUE}).")
    private BrokerKind broker = BrokerKind.KAFKA;

    @Option(
            names = "--only",
            paramLabel = "PART",
            description = {
                "Look at ghes or cluster alone (with --ghes-url both, with --kubeconfig alone the",
                "cluster, else ghes of the system that is up)."
            })
    private @Nullable Part only;

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
        List<Doctor.Result> results = new ArrayList<>();
        boolean isServerGiven = ghes.access().isPresent();
        boolean isClusterGiven = cluster.given().isPresent();
        if (isLookedAt(Part.CLUSTER, isServerGiven || isClusterGiven)) {
            var planned = Planned.of(Project.current(), broker);
            results.addAll(cluster.examine(planned, ClusterOptions.Moment.ANY));
        }
        if (isLookedAt(Part.GHES, isServerGiven || !isClusterGiven)) {
            results.addAll(examineGhes());
        }
        return Findings.tell(spec.commandLine().getOut(), results, json);
    }

    private boolean isLookedAt(Part part, boolean usually) {
        return only == null ? usually : only == part;
    }

    private List<Doctor.Result> examineGhes() {
        Optional<RunningSystem> running = up.system();
        Optional<String> url =
                hook.url().or(() -> running.flatMap(system -> system.address("webhook")));
        try (GhesConnection connection = GhesOptions.open(ghes.accessOr(running))) {
            Check webhooks = new Webhooks(connection, url);
            return Doctor.examine(
                    List.of(GhesPart.of(connection, hook.scope(), tried, Optional.of(webhooks))));
        }
    }

    /** What can be looked at by itself. */
    enum Part {
        CLUSTER,
        GHES
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
