package dev.jitney.standalone;

import dev.jitney.standalone.demo.Demo;
import dev.jitney.standalone.demo.DemoOptions;
import dev.jitney.standalone.platform.TrainingCommand;
import dev.jitney.standalone.system.LocalSystem;
import dev.jitney.standalone.system.Settings;
import dev.jitney.standalone.system.StartFailed;
import dev.jitney.standalone.system.SystemConfig;
import dev.jitney.standalone.system.SystemListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Makes the ahead-of-time caches that let functions start in well under a second. They are made by
 * running a small load: what was loaded then is in the cache.
 */
final class Training {
    private static final String CACHE = "app.aot";
    private static final DemoOptions LOAD = new DemoOptions(6, 60, 7, 200, "none");

    private static final Duration WRITE_WITHIN = Duration.ofMinutes(2);

    private final Project project;

    Training(Project project) {
        this.project = project;
    }

    /** Trains, unless every function has a cache made after it was built. */
    void ensure() {
        List<Path> stale = project.functionApps().stream().filter(Training::isStale).toList();
        if (stale.isEmpty() || System.getenv("JITNEY_NO_TRAIN") != null) {
            return;
        }
        System.err.println(
                "jitney: making start-up caches of the functions, once after a build"
                        + " (a minute or two; --no-train skips it)");
        try {
            train();
        } catch (IOException | StartFailed failure) {
            // Functions start without, only slower.
            System.err.println("jitney: no start-up caches: " + failure.getMessage());
        }
    }

    private static boolean isStale(Path app) {
        try {
            Path cache = app.resolve(CACHE);
            return !Files.exists(cache)
                    || Files.getLastModifiedTime(cache)
                                    .compareTo(
                                            Files.getLastModifiedTime(
                                                    app.resolve("quarkus-run.jar")))
                            < 0;
        } catch (IOException e) {
            throw new StartFailed("cannot read " + app, e);
        }
    }

    private void train() throws IOException {
        Settings settings =
                Settings.of(Map.of(), project.manifests()).withTickUnlessSet(Duration.ofSeconds(2));
        try (TemporaryData data = TemporaryData.create("jitney-training")) {
            SystemConfig config =
                    new SystemConfig(
                            project.root(),
                            data.path(),
                            false,
                            0,
                            SystemConfig.Outside.simulated(),
                            settings,
                            SystemConfig.Trial.calm(LOAD.speed()),
                            true);
            Shutdown shutdown = Shutdown.register(130, data::close);
            try (LocalSystem system = LocalSystem.start(config, SystemListener.NONE)) {
                shutdown.stops(system);
                Demo.run(system, LOAD, _ -> {});
                stopFunctions(system.processes().functions());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                shutdown.ended();
            }
        }
        for (Path app : project.functionApps()) {
            install(app);
        }
    }

    /**
     * Asks functions to stop and waits while they write their caches; closing the system does not
     * give them the time.
     */
    private static void stopFunctions(List<Long> pids) throws InterruptedException {
        List<ProcessHandle> functions =
                pids.stream().flatMap(pid -> ProcessHandle.of(pid).stream()).toList();
        functions.forEach(ProcessHandle::destroy);
        CompletableFuture<?>[] exits =
                functions.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(exits).get(WRITE_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException late) {
            throw new StartFailed("the functions did not write them in time", late);
        }
    }

    /** Takes the largest of the caches, of the instance that did the most, and drops the others. */
    private static void install(Path app) throws IOException {
        try (Stream<Path> files = Files.list(app)) {
            List<Path> made =
                    files.filter(
                                    file ->
                                            file.getFileName()
                                                    .toString()
                                                    .startsWith(TrainingCommand.PREFIX))
                            .sorted(Comparator.comparingLong(Training::size).reversed())
                            .toList();
            boolean installed = false;
            for (Path file : made) {
                if (!installed && file.toString().endsWith(".aot")) {
                    Files.move(
                            file,
                            app.resolve(CACHE),
                            StandardCopyOption.ATOMIC_MOVE,
                            StandardCopyOption.REPLACE_EXISTING);
                    installed = true;
                } else {
                    Files.delete(file);
                }
            }
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
