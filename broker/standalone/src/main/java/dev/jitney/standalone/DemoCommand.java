package dev.jitney.standalone;

import dev.jitney.standalone.demo.AttachedDemo;
import dev.jitney.standalone.demo.Demo;
import dev.jitney.standalone.demo.DemoOptions;
import dev.jitney.standalone.demo.Progress;
import dev.jitney.standalone.demo.Report;
import dev.jitney.standalone.system.LocalSystem;
import dev.jitney.standalone.system.RunningSystem;
import dev.jitney.standalone.system.Settings;
import dev.jitney.standalone.system.StartFailed;
import dev.jitney.standalone.system.SystemConfig;
import dev.jitney.standalone.system.SystemListener;
import io.vertx.core.json.JsonObject;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Drives an office hour of jobs through the system and reports how it went. */
@Command(
        name = "demo",
        description = {
            "Drives an office hour of jobs through the system and reports how it went.",
            "Uses the system that is up on the data directory; else starts one of its own."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DemoCommand implements Callable<Integer> {
    /** A minute of the manifests is an hour of the demo. */
    private static final Duration TICK = Duration.ofSeconds(10);

    private static final int ORGS_MAX = 100_000;
    private static final int JOBS_MAX = 1_000_000;

    /** Replaced by picocli. */
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--orgs",
            paramLabel = "N",
            defaultValue = "40",
            description = "Organizations that share the load (${DEFAULT-VALUE}).")
    private int orgs;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Jobs in an hour (${DEFAULT-VALUE}).")
    private int jobs;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The same seed gives the same load and faults (${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--speed", paramLabel = "X", description = "Times faster than real time (60).")
    private @Nullable Double speed;

    @Option(
            names = "--faults",
            paramLabel = "none|light|heavy",
            defaultValue = "none",
            description = {
                "What goes wrong on purpose (${DEFAULT-VALUE}): duplicate, late and reordered",
                "deliveries, runner swaps, cancelled jobs, errors and lost answers of GHES and",
                "Kubernetes, killed functions."
            })
    private String faults = "none";

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report there, too.")
    private @Nullable Path json;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where to look for a system that is up (.jitney in the project).")
    private @Nullable Path data;

    @Option(
            names = "--no-train",
            description = "Do not make start-up caches; functions then start more slowly.")
    private boolean noTrain;

    @Override
    public Integer call() throws InterruptedException, IOException {
        Project project = Project.current();
        check();
        Path where = data == null ? project.defaultData() : data;
        Optional<RunningSystem> running = RunningSystem.on(where);
        JsonObject report = running.isPresent() ? attached(running.get(), where) : alone(project);
        System.out.print(Report.text(report));
        if (json != null) {
            Files.writeString(json, report.encodePrettily() + "\n");
        }
        return report.getBoolean("clean") ? 0 : 1;
    }

    private void check() {
        if (orgs < 1 || orgs > ORGS_MAX) {
            throw refusal("--orgs is " + orgs + ", not 1 to " + ORGS_MAX);
        }
        if (jobs < 1 || jobs > JOBS_MAX) {
            throw refusal("--jobs is " + jobs + ", not 1 to " + JOBS_MAX);
        }
        if (speed != null && !(speed > 0 && speed <= 10_000)) {
            throw refusal("--speed is " + speed + ", not above 0 and at most 10000");
        }
        if (!List.of("none", "light", "heavy").contains(faults)) {
            throw refusal("--faults is '" + faults + "', not none, light or heavy");
        }
        if (json != null && (Files.isDirectory(json) || !isInDirectory(json))) {
            throw refusal("--json: cannot write " + json);
        }
    }

    private static boolean isInDirectory(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        return directory != null && Files.isWritable(directory);
    }

    private ParameterException refusal(String text) {
        return new ParameterException(spec.commandLine(), text);
    }

    private JsonObject attached(RunningSystem running, Path where) throws InterruptedException {
        if (!faults.equals("none") || speed != null) {
            throw new StartFailed(
                    "a system is up on %s; its faults and speed cannot be changed:".formatted(where)
                            + " stop it, or name another directory with --data");
        }
        String control =
                running.address("control")
                        .orElseThrow(() -> new StartFailed("the system is still starting"));
        System.out.println("demo on the system that is up on " + where);
        ProgressDisplay display = new ProgressDisplay();
        JsonObject report =
                AttachedDemo.run(
                        control,
                        new DemoOptions(orgs, jobs, seed, SystemConfig.Trial.SPEED, faults),
                        display::show);
        display.end();
        return report;
    }

    private JsonObject alone(Project project) throws InterruptedException {
        if (!noTrain) {
            new Training(project).ensure();
        } else {
            project.functionApps();
        }
        double pace = speed == null ? SystemConfig.Trial.SPEED : speed;
        Settings settings = Settings.of(Map.of(), project.manifests()).withTickUnlessSet(TICK);
        TemporaryData temporary = TemporaryData.create("jitney-demo");
        SystemConfig config =
                new SystemConfig(
                        project.root(),
                        temporary.path(),
                        false,
                        0,
                        SystemConfig.Outside.simulated(),
                        settings,
                        new SystemConfig.Trial(pace, seed, faults),
                        false);
        System.out.printf(
                "%d jobs of %d organizations in an hour, %s times as fast; at most %d runners, %d of"
                        + " an organization; faults: %s; the reconciler runs every %d s%n",
                jobs,
                orgs,
                pace,
                settings.capacity(),
                settings.orgLimit(),
                faults,
                TICK.toSeconds());
        Shutdown shutdown = Shutdown.register(130, temporary::close);
        try (temporary;
                LocalSystem system = LocalSystem.start(config, SystemListener.NONE)) {
            shutdown.stops(system);
            ProgressDisplay display = new ProgressDisplay();
            Report report =
                    Demo.run(
                            system, new DemoOptions(orgs, jobs, seed, pace, faults), display::show);
            display.end();
            if (!report.isClean()) {
                temporary.keep();
                System.out.println("logs are kept in " + temporary.path().resolve("logs"));
            }
            return report.toJson();
        } finally {
            shutdown.ended();
        }
    }

    /** One line that is overwritten on a terminal; elsewhere a line every five seconds. */
    private static final class ProgressDisplay {
        private static final long EVERY_NANOS = Duration.ofSeconds(5).toNanos();

        private final boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        private long last = System.nanoTime() - EVERY_NANOS;

        void show(Progress progress) {
            show(terminal ? progress.bar() : progress.line());
        }

        void show(String text) {
            if (terminal) {
                System.out.print("\r" + text + "\u001b[K");
                System.out.flush();
            } else if (System.nanoTime() - last >= EVERY_NANOS) {
                last = System.nanoTime();
                System.out.println(text);
            }
        }

        void end() {
            if (terminal) {
                System.out.println();
            }
        }
    }
}
