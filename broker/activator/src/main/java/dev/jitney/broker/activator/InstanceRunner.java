package dev.jitney.broker.activator;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import dev.jitney.broker.activator.Instance.State;
import dev.jitney.broker.dispatcher.ServiceRef;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Makes processes of instances, probes them, and ends them. */
final class InstanceRunner implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(InstanceRunner.class.getName());

    private final Activator activator;
    private final ActivatorConfig config;
    private final Environment environment;
    private final Configuration configuration;
    private final Launcher launcher;
    private final Probe probe;
    private final Ports ports = new Ports();

    /** How soon a changed Secret is seen by those who have it as a volume. */
    private static final Duration REFRESH_EVERY = Duration.ofSeconds(1);

    /** Starting a process blocks for some milliseconds, which the event loop must not. */
    private final ScheduledExecutorService starter =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("activator-starter").factory());

    InstanceRunner(
            Vertx vertx,
            Activator activator,
            Environment environment,
            Configuration configuration,
            Launcher launcher) {
        this.activator = activator;
        this.config = activator.config();
        this.environment = environment;
        this.configuration = configuration;
        this.launcher = launcher;
        this.probe = new Probe(vertx);
    }

    void start(ServicePool pool, Instance instance) {
        starter.execute(
                () -> {
                    try {
                        launch(pool, instance);
                    } catch (IOException | RuntimeException failure) {
                        String reason = String.valueOf(failure.getMessage());
                        activator.run(() -> ended(pool, instance, reason));
                    }
                });
    }

    private void launch(ServicePool pool, Instance instance) throws IOException {
        String name = pool.revision().service().name() + "-" + instance.number();
        Path directory = volumes(config).resolve(name);
        Volumes volumes = Volumes.of(directory, pool.revision(), configuration);
        try {
            Process process = launch(pool, instance, name, volumes);
            if (!volumes.isEmpty()) {
                keepFresh(volumes, process);
            }
        } catch (IOException | RuntimeException failed) {
            volumes.close();
            throw failed;
        }
    }

    private Process launch(ServicePool pool, Instance instance, String name, Volumes volumes)
            throws IOException {
        Revision revision = pool.revision();
        int port = ports.free();
        Path artifact = config.artifacts().apply(revision.container().getImage());
        Process process =
                launcher.launch(
                        name,
                        config.command().command(artifact, revision.heapMegabytes()),
                        artifact,
                        environment.of(revision, port, activator.brokerUrl(), volumes),
                        line -> offer(revision.service(), instance, line));
        URI uri = URI.create("http://127.0.0.1:" + port);
        activator.run(() -> launched(pool, instance, process, uri));
        var _ =
                process.onExit()
                        .thenAccept(
                                exited -> {
                                    String reason = "exit code " + exited.exitValue();
                                    activator.run(() -> ended(pool, instance, reason));
                                });
        return process;
    }

    private void keepFresh(Volumes volumes, Process process) {
        long millis = REFRESH_EVERY.toMillis();
        ScheduledFuture<?> refreshing =
                starter.scheduleWithFixedDelay(
                        volumes::refresh, millis, millis, TimeUnit.MILLISECONDS);
        var _ =
                process.onExit()
                        .thenRun(
                                () -> {
                                    refreshing.cancel(false);
                                    volumes.close();
                                });
    }

    /** Where the volumes of all instances are. */
    static Path volumes(ActivatorConfig config) {
        return config.directory().resolve("volumes");
    }

    private void offer(ServiceRef service, Instance instance, String line) {
        try {
            config.lines().line(service, instance.number(), line);
        } catch (RuntimeException failure) {
            LOG.log(WARNING, "a listener of lines failed", failure);
        }
    }

    private void launched(ServicePool pool, Instance instance, Process process, URI uri) {
        instance.runs(process, uri);
        ServiceRef service = pool.revision().service();
        tell(new InstanceEvent.Started(service, instance.number(), process.pid(), uri.getPort()));
        if (instance.state() == State.STOPPING) {
            process.destroyForcibly();
        } else {
            probe(pool, instance);
        }
    }

    private void probe(ServicePool pool, Instance instance) {
        if (instance.state() != State.STARTING || !pool.owns(instance)) {
            return;
        }
        Duration deadline = config.timing().startDeadline();
        if (instance.ageNanos() > deadline.toNanos()) {
            instance.fault("not ready within " + deadline);
            kill(instance);
            return;
        }
        probe.ask(instance.uri(), pool.revision().probePath())
                .onComplete(
                        asked ->
                                activator.run(
                                        () -> {
                                            if (asked.succeeded()) {
                                                ready(pool, instance);
                                            } else {
                                                activator.later(
                                                        config.timing().probeEvery().toMillis(),
                                                        () -> probe(pool, instance));
                                            }
                                        }));
    }

    private void ready(ServicePool pool, Instance instance) {
        if (instance.state() == State.STARTING && pool.owns(instance)) {
            Duration coldStart = Duration.ofNanos(instance.ageNanos());
            pool.ready(instance);
            tell(new InstanceEvent.Ready(pool.revision().service(), instance.number(), coldStart));
        }
    }

    private void ended(ServicePool pool, Instance instance, String reason) {
        if (!pool.owns(instance)) {
            return;
        }
        ServiceRef service = pool.revision().service();
        if (instance.state() == State.STOPPING) {
            pool.stopped(instance);
            tell(new InstanceEvent.Stopped(service, instance.number()));
            return;
        }
        String why = instance.fault() == null ? reason : instance.fault();
        LOG.log(ERROR, "instance {0} of {1} died: {2}", instance.number(), service, why);
        pool.died(instance, why);
        tell(new InstanceEvent.Died(service, instance.number(), why));
    }

    /** SIGTERM now, SIGKILL after the grace period. */
    void stop(Instance instance) {
        instance.state(State.STOPPING);
        Process process = instance.process();
        if (process != null) {
            // Process.destroy would close the pipe too, and the watchdog would kill at once.
            process.toHandle().destroy();
            activator.later(config.timing().stopGrace().toMillis(), () -> kill(instance));
        }
    }

    private static void kill(Instance instance) {
        Process process = instance.process();
        if (process != null && process.isAlive()) {
            process.destroyForcibly();
        }
    }

    private void tell(InstanceEvent event) {
        try {
            config.events().accept(event);
        } catch (RuntimeException failure) {
            LOG.log(WARNING, "a listener of events failed", failure);
        }
    }

    /** Starts nothing any more; what is being started now has been by the time this returns. */
    @Override
    public void close() {
        starter.shutdown();
        try {
            if (!starter.awaitTermination(1, TimeUnit.SECONDS)) {
                LOG.log(WARNING, "a process is still being started");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        probe.close();
    }
}
