package dev.jitney.broker.activator;

import static java.lang.System.Logger.Level.WARNING;

import dev.jitney.broker.dispatcher.Lease;
import dev.jitney.broker.dispatcher.ServiceRef;
import dev.jitney.broker.dispatcher.Subscribers;
import dev.jitney.broker.dispatcher.manifest.Manifests;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the Services of the manifests as processes: none until the first request, more while the
 * load asks for more, none again when the requests have stopped.
 *
 * <p>Use: {@link #create}, start the broker with this as its {@link Subscribers}, then {@link
 * #open} with the address of the broker. Until then requests wait, because an instance needs that
 * address in its environment.
 *
 * @see <a href="https://knative.dev/docs/serving/request-flow/">Request flow of Knative Serving</a>
 */
public final class Activator implements Subscribers, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Activator.class.getName());

    private final Vertx vertx;
    private final Context context;
    private final ActivatorConfig config;
    private final InstanceRunner runner;
    private final Map<ServiceRef, ServicePool> pools = new LinkedHashMap<>();
    private final List<Runnable> beforeOpen = new ArrayList<>();
    private volatile @Nullable URI broker;
    private volatile boolean closed;

    private Activator(Vertx vertx, ActivatorConfig config, Manifests manifests, PidFiles pids) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.config = config;
        Configuration configuration = new Configuration(manifests, config.secrets());
        Environment environment =
                new Environment(manifests, configuration, config.overrides(), System.getenv());
        Launcher launcher = new Launcher(pids, config.logs());
        this.runner = new InstanceRunner(vertx, this, environment, configuration, launcher);
        manifests
                .services()
                .forEach(
                        service -> {
                            Revision revision = Revision.of(service, config.timing());
                            pools.put(revision.service(), new ServicePool(revision, this, runner));
                        });
    }

    /**
     * An activator without any process yet. Kills processes that an earlier activator with the same
     * directory left behind.
     *
     * @param vertx stays open when the activator closes
     */
    public static Activator create(Vertx vertx, ActivatorConfig config, Manifests manifests) {
        PidFiles pids = new PidFiles(config.directory());
        List<Long> killed = pids.killStale();
        if (!killed.isEmpty()) {
            LOG.log(WARNING, "killed processes of an earlier run: {0}", killed);
        }
        Volumes.remove(InstanceRunner.volumes(config));
        return new Activator(vertx, config, manifests, pids);
    }

    /**
     * Serves requests from now on and starts the instances that {@code min-scale} asks for.
     *
     * @param ingress address of the broker, without a path
     */
    public void open(URI ingress) {
        run(
                () -> {
                    broker = ingress;
                    beforeOpen.forEach(Runnable::run);
                    beforeOpen.clear();
                    pools.values().forEach(ServicePool::scale);
                });
    }

    /**
     * {@inheritDoc}
     *
     * <p>Fails at once when too many requests wait already, or when the Service crashed and waits
     * before it is started again; fails later when the instance it waits for does not start.
     */
    @Override
    public Future<Lease> acquire(ServiceRef service) {
        ServicePool pool = pools.get(service);
        if (pool == null) {
            return Future.failedFuture("no Service " + service);
        }
        Promise<Lease> promise = Promise.promise();
        run(
                () -> {
                    if (closed) {
                        promise.fail("the activator is stopping");
                    } else if (broker == null) {
                        beforeOpen.add(() -> pool.acquire(promise));
                    } else {
                        pool.acquire(promise);
                    }
                });
        return promise.future();
    }

    /** The timeout of one request to a Service, from its manifest. */
    Duration timeout(ServiceRef service) {
        ServicePool pool = pools.get(service);
        return pool == null ? Duration.ofMinutes(5) : pool.revision().timeout();
    }

    /** Counts by Service. Not to be called on an event loop. */
    public SortedMap<ServiceRef, ServiceStats> stats() {
        CompletableFuture<SortedMap<ServiceRef, ServiceStats>> result = new CompletableFuture<>();
        run(
                () -> {
                    SortedMap<ServiceRef, ServiceStats> stats =
                            new TreeMap<>(java.util.Comparator.comparing(ServiceRef::toString));
                    pools.forEach((service, pool) -> stats.put(service, pool.stats()));
                    result.complete(stats);
                });
        return result.join();
    }

    /**
     * Refuses requests, stops every instance, kills those that outlast the grace period, and waits
     * for them. Not to be called on an event loop.
     */
    @Override
    public void close() {
        closed = true;
        runner.close();
        CompletableFuture<List<Process>> stopping = new CompletableFuture<>();
        run(() -> stopping.complete(stopAll()));
        List<Process> processes = stopping.join();
        awaitExit(processes, config.timing().stopGrace());
        processes.forEach(Process::destroyForcibly);
        awaitExit(processes, Duration.ofSeconds(1));
    }

    private List<Process> stopAll() {
        List<Process> processes = new ArrayList<>();
        for (ServicePool pool : pools.values()) {
            pool.failQueue("the activator is stopping");
            for (Instance instance : pool.instances()) {
                runner.stop(instance);
                Process process = instance.process();
                if (process != null) {
                    processes.add(process);
                }
            }
        }
        return processes;
    }

    private static void awaitExit(List<Process> processes, Duration patience) {
        CompletableFuture<?>[] exits =
                processes.stream().map(Process::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(exits).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            LOG.log(WARNING, "some processes did not stop within {0}", patience);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException impossible) {
            throw new IllegalStateException("an exit never fails", impossible);
        }
    }

    // For the parts of the activator.

    ActivatorConfig config() {
        return config;
    }

    boolean isClosed() {
        return closed;
    }

    URI brokerUrl() {
        URI url = broker;
        if (url == null) {
            throw new IllegalStateException("not open");
        }
        return url;
    }

    void giveBack(Instance instance) {
        run(
                () ->
                        pools.values().stream()
                                .filter(pool -> pool.owns(instance))
                                .findFirst()
                                .ifPresent(pool -> pool.giveBack(instance)));
    }

    /** Runs something on the event loop. */
    void run(Runnable action) {
        context.runOnContext(on -> action.run());
    }

    /** Runs something on the event loop, not before some time has passed. */
    void later(long millis, Runnable action) {
        vertx.setTimer(Math.max(1, millis), timer -> run(action));
    }
}
