package dev.jitney.broker.dispatcher;

import static java.lang.System.Logger.Level.WARNING;

import dev.jitney.broker.dispatcher.log.EventLog;
import dev.jitney.broker.dispatcher.manifest.Manifests;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * All Brokers, Triggers and PingSources of the manifests, in this process.
 *
 * <p>It follows Knative's Kafka broker: an event is durable before it is accepted; each Trigger
 * gets it at least once, duplicates and reordering included; retries, replies and dead letters are
 * Knative's. It is for one computer: one log directory, one process, no TLS, loopback only.
 *
 * @see <a href="https://github.com/knative/specs/blob/main/specs/eventing/data-plane.md">Knative
 *     Eventing data plane</a>
 */
public final class LocalBroker implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LocalBroker.class.getName());

    private final Vertx vertx;
    private final BrokerConfig config;
    private final EventLog log;
    private final BrokerLoop loop;
    private final String deployment;

    private LocalBroker(
            Vertx vertx, BrokerConfig config, EventLog log, BrokerLoop loop, String deployment) {
        this.vertx = vertx;
        this.config = config;
        this.log = log;
        this.loop = loop;
        this.deployment = deployment;
    }

    /**
     * Opens the log, delivers what an earlier process left, and listens.
     *
     * @param vertx stays open when the broker closes; not to be called on one of its event loops
     * @param subscribers finds the Services that Triggers name
     * @throws java.io.UncheckedIOException if the log cannot be opened, or another process uses it
     * @throws CompletionException if the port is taken
     */
    public static LocalBroker start(
            Vertx vertx, BrokerConfig config, Manifests manifests, Subscribers subscribers) {
        EventLog log = EventLog.open(config.log());
        log.reports().forEach(report -> LOG.log(WARNING, report));
        BrokerLoop loop = new BrokerLoop(config, manifests, subscribers, log);
        try {
            return new LocalBroker(vertx, config, log, loop, await(vertx.deployVerticle(loop)));
        } catch (CompletionException failure) {
            log.close();
            throw failure;
        }
    }

    /** Address of the ingress, without a path; see {@link BrokerRef#path()}. */
    public URI url() {
        return loop.url();
    }

    /** Address of one Broker, what a SinkBinding puts into {@code K_SINK}. */
    public URI url(BrokerRef broker) {
        return loop.url().resolve(broker.path());
    }

    /** Counts since the start; may be called from any thread. */
    public BrokerStats stats() {
        return new BrokerStats(
                loop.dispatcher().accepted(), log.bytes(), loop.dispatcher().stats());
    }

    /**
     * Refuses new events, waits a bounded time for the requests in flight, and closes the log.
     * Everything unfinished stays in the log for the next start.
     */
    @Override
    public void close() {
        try {
            loop.drain().get(config.drain().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            LOG.log(WARNING, "deliveries still in flight will be repeated at the next start");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("draining never fails", impossible);
        }
        await(vertx.undeploy(deployment));
        log.close();
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
