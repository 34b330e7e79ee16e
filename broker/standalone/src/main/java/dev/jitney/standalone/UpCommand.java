package dev.jitney.standalone;

import dev.jitney.standalone.demo.ControlServer;
import dev.jitney.standalone.system.LocalSystem;
import dev.jitney.standalone.system.Settings;
import dev.jitney.standalone.system.StartFailed;
import dev.jitney.standalone.system.SystemConfig;
import dev.jitney.standalone.system.SystemListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the whole system until it is interrupted. */
@Command(
        name = "up",
        description = "Runs the whole system on this machine until it is interrupted.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class UpCommand implements Callable<Integer> {
    private static final int PORT_MAX = 65_535;

    /** Replaced by picocli. */
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description =
                    "Port of the webhook on 127.0.0.1; 0 takes a free one (${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where everything is kept (.jitney in the project).")
    private @Nullable Path data;

    @Option(names = "--clean", description = "Remove what an earlier run kept there.")
    private boolean clean;

    @Mixin private GhesOptions ghes = new GhesOptions();

    @Option(
            names = "--kubeconfig",
            paramLabel = "F",
            description = "A cluster in place of the simulated one.")
    private @Nullable Path kubeconfig;

    @Option(
            names = "--webhook-secret-file",
            paramLabel = "F",
            description = "File with the secret of the webhook (a generated one).")
    private @Nullable Path webhookSecretFile;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = {
                "Change a setting: capacity, org-limit or another key of",
                "knative/base/config; tick (pause between two runs of the reconciler), idle",
                "(after which functions stop), speed (of the simulators), broker.fsync."
            })
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(
            names = "--policy",
            paramLabel = "F",
            description = "What the policy begins with, docs/policy.md; a stored one stays.")
    private @Nullable Path policy;

    @Option(
            names = "--classes",
            paramLabel = "F",
            description = "The runner classes, docs/runner-classes.md.")
    private @Nullable Path classes;

    @Option(
            names = "--no-train",
            description = "Do not make start-up caches; functions then start more slowly.")
    private boolean noTrain;

    @Override
    public Integer call() throws InterruptedException {
        Project project = Project.current();
        SystemConfig config = config(project);
        if (!noTrain) {
            new Training(project).ensure();
        } else {
            project.functionApps();
        }
        Shutdown shutdown = Shutdown.register(0, () -> {});
        try (LocalSystem system = LocalSystem.start(config, new ToTerminal());
                ControlServer control = ControlServer.start(system)) {
            shutdown.stops(system);
            system.publish(Map.of("control", control.url()));
            system.addresses().forEach((name, url) -> System.out.println(name + " " + url));
            System.out.flush();
            new CountDownLatch(1).await();
        } catch (StartFailed failed) {
            shutdown.ended();
            throw failed;
        }
        return 0;
    }

    SystemConfig config(Project project) {
        if (port < 0 || port > PORT_MAX) {
            throw refusal("--port is " + port + ", not 0 to " + PORT_MAX);
        }
        Settings settings;
        try {
            settings = Settings.of(set, project.manifests());
        } catch (IllegalArgumentException e) {
            throw refusal("--set: " + e.getMessage());
        }
        if (policy != null) {
            settings = settings.with("JITNEY_POLICY_SEED", seed(policy));
        }
        if (classes != null) {
            settings = settings.with("JITNEY_CLASSES", classes(classes));
        }
        Double speed = settings.speed();
        return new SystemConfig(
                project.root(),
                data == null ? project.defaultData() : data.toAbsolutePath().normalize(),
                clean,
                port,
                new SystemConfig.Outside(
                        ghes.access(),
                        file("--kubeconfig", kubeconfig),
                        file("--webhook-secret-file", webhookSecretFile)),
                settings,
                SystemConfig.Trial.calm(speed == null ? SystemConfig.Trial.SPEED : speed),
                false);
    }

    private String seed(Path from) {
        try {
            return PolicyChanges.checked(from);
        } catch (IllegalArgumentException e) {
            throw refusal("--policy: " + e.getMessage());
        }
    }

    private String classes(Path from) {
        try {
            ClassesCommand.checked(from);
            return Files.readString(from);
        } catch (IllegalArgumentException | IOException e) {
            throw refusal("--classes: " + e.getMessage());
        }
    }

    private Optional<Path> file(String option, @Nullable Path file) {
        if (file != null && !Files.isReadable(file)) {
            throw refusal(option + ": cannot read " + file);
        }
        return Optional.ofNullable(file).map(Path::toAbsolutePath);
    }

    private ParameterException refusal(String text) {
        return new ParameterException(spec.commandLine(), text);
    }

    /** One line for each decision, and for what goes wrong. */
    private static final class ToTerminal implements SystemListener {
        @Override
        public void line(String function, String text) {
            print(function, text);
        }

        @Override
        public void started(String function, Duration after) {
            print(function, "started in " + after.toMillis() + " ms");
        }

        @Override
        public void trouble(String text) {
            print("jitney", text);
        }

        private static synchronized void print(String who, String text) {
            System.out.printf("%-11s %s%n", who, text);
        }
    }
}
