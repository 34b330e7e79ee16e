package dev.jitney.ghes.simulator;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A running simulated GHES. Its REST API, webhooks and faults are those of the package; its own
 * routes below {@code /_runner} and {@code /_simulator} are described in {@link RunnerRoutes} and
 * {@link SimulatorRoutes}.
 *
 * <p>The methods may be called from any thread, the observer's included; they return when the
 * effect is there. Everything is kept in memory, ended jobs too, until it is closed.
 */
public final class GhesSimulator implements AutoCloseable {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final Context loop;

    /** The only one there is, so whoever is on it may act without waiting for it. */
    private final Thread loopThread;

    private final Simulation simulation;
    private final URI url;
    private final AtomicBoolean closed = new AtomicBoolean();

    private GhesSimulator(Vertx vertx, Context loop, Simulation simulation, URI url) {
        this.vertx = vertx;
        this.loop = loop;
        this.loopThread = Thread.currentThread();
        this.simulation = simulation;
        this.url = url;
    }

    /**
     * Starts a simulator and returns once it listens.
     *
     * @throws IllegalStateException if it cannot, such as for a port in use
     */
    public static GhesSimulator start(GhesSimulatorConfig config) {
        Vertx vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setEventLoopPoolSize(1)
                                .setFileSystemOptions(
                                        new FileSystemOptions()
                                                .setFileCachingEnabled(false)
                                                .setClassPathResolvingEnabled(false)));
        Context loop = vertx.getOrCreateContext();
        try {
            var started = new CompletableFuture<GhesSimulator>();
            loop.runOnContext(
                    _ -> {
                        try {
                            listen(vertx, loop, config, started);
                        } catch (RuntimeException failed) {
                            started.completeExceptionally(failed);
                        }
                    });
            return await(started);
        } catch (RuntimeException failed) {
            close(vertx);
            throw failed;
        }
    }

    private static void listen(
            Vertx vertx,
            Context loop,
            GhesSimulatorConfig config,
            CompletableFuture<GhesSimulator> started) {
        var urls = new Urls();
        var timing = new Timing(vertx, InstantSource.system(), config.speed());
        var dice = new Dice(config.seed());
        var bodies = new Bodies(urls);
        var hooks = new RegisteredHooks(config);
        var deliverer = new Deliverer(vertx, hooks, config, urls, Webhooks.CONCURRENCY);
        var log = new DeliveryLog();
        var webhooks = new Webhooks(config, timing, dice, bodies, log, hooks, deliverer::deliver);
        var actions = new Actions(config, timing, dice, webhooks);
        Organizations organizations = actions.organizations;
        var app =
                new RestApp(
                        config.site(), organizations, hooks, bodies, urls, InstantSource.system());
        var simulation = new Simulation(actions, timing, webhooks, app);
        Router router = Router.router(vertx);
        new RestRoutes(
                        config,
                        dice,
                        new Authentication(config, app, InstantSource.system()),
                        new RestRoutes.Handlers(
                                new RestRunners(actions, timing, dice, urls),
                                new RestActions(actions, bodies, config.site()),
                                new RestHooks(
                                        config.site(), organizations, hooks, log, webhooks, urls),
                                app))
                .mount(router);
        new RunnerRoutes(actions, timing, config).mount(router);
        new SimulatorRoutes(simulation).mount(router);
        HttpServer server =
                vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(config.port()));
        server.requestHandler(router)
                .listen()
                .onFailure(started::completeExceptionally)
                .onSuccess(
                        listening -> {
                            URI url = URI.create("http://127.0.0.1:" + listening.actualPort());
                            urls.bind(url);
                            started.complete(new GhesSimulator(vertx, loop, simulation, url));
                        });
    }

    /** Where it answers, without {@code /api/v3}. */
    public URI url() {
        return url;
    }

    /** Creates an organization with these repositories, or adds them to it. */
    public void createOrganization(String login, List<String> repositories) {
        run(
                () -> {
                    simulation.createOrganization(login, repositories);
                    return true;
                });
    }

    /** Queues a job of its own run. Returns its id. */
    public long queueJob(JobOrder order) {
        return run(() -> simulation.queue(List.of(order))).getFirst();
    }

    /** Queues a job of the virtual duration. Returns its id. */
    public long queueJob(
            String organization, String repository, List<String> labels, Duration duration) {
        return queueJob(JobOrder.of(organization, repository, labels, duration));
    }

    /** Queues the jobs of one run, all of the repository of the first. Returns their ids. */
    public List<Long> queueRun(List<JobOrder> run) {
        return run(() -> simulation.queue(run));
    }

    /** Loses every webhook from now on, or no more than the faults say. */
    public void loseWebhooks(boolean all) {
        run(
                () -> {
                    simulation.lose(all);
                    return true;
                });
    }

    /** Makes every installation token that was handed out so far worthless. */
    public void revokeTokens() {
        run(
                () -> {
                    simulation.revokeTokens();
                    return true;
                });
    }

    /** Cancels a job, whether it runs or not. Returns false if it has ended or never was. */
    public boolean cancel(long jobId) {
        return run(() -> simulation.cancel(jobId));
    }

    /** Starts a load; the jobs arrive from now on. */
    public void load(LoadProfile profile) {
        run(
                () -> {
                    simulation.load(profile);
                    return true;
                });
    }

    /** Where everything stands at this moment. */
    public SimulatorState state() {
        return run(simulation::state);
    }

    /** Stops at once. Open calls break off; nothing more is sent. Idempotent. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) return;
        run(
                () -> {
                    simulation.stop();
                    return true;
                });
        close(vertx);
    }

    private static void close(Vertx vertx) {
        await(vertx.close().toCompletionStage().toCompletableFuture());
    }

    private <T> T run(Callable<T> action) {
        if (Thread.currentThread() == loopThread) {
            try {
                return action.call();
            } catch (Exception failed) {
                throw unchecked(failed);
            }
        }
        return await(on(loop, action));
    }

    private static <T> CompletableFuture<T> on(Context loop, Callable<T> action) {
        var result = new CompletableFuture<T>();
        loop.runOnContext(
                _ -> {
                    try {
                        result.complete(action.call());
                    } catch (Throwable failed) {
                        // Also errors: whoever waits for the result must hear of them.
                        result.completeExceptionally(failed);
                    }
                });
        return result;
    }

    private static <T> T await(CompletableFuture<T> result) {
        try {
            return result.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw unchecked(failed.getCause());
        } catch (TimeoutException stuck) {
            throw new IllegalStateException("the simulator does not answer", stuck);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    private static RuntimeException unchecked(@Nullable Throwable failed) {
        return failed instanceof RuntimeException unchecked
                ? unchecked
                : new IllegalStateException(failed);
    }
}
