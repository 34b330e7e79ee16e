package dev.jitney.broker.dispatcher.delivery;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import dev.jitney.broker.dispatcher.BrokerConfig;
import dev.jitney.broker.dispatcher.BrokerRef;
import dev.jitney.broker.dispatcher.BrokerStats.TriggerStats;
import dev.jitney.broker.dispatcher.delivery.Outcome.Failed;
import dev.jitney.broker.dispatcher.ingress.Hops;
import dev.jitney.broker.dispatcher.log.EventLog;
import dev.jitney.broker.dispatcher.log.LogEntry;
import dev.jitney.broker.dispatcher.log.LogEntry.Accepted;
import dev.jitney.broker.dispatcher.log.LogEntry.Done;
import dev.jitney.broker.dispatcher.log.Pending;
import dev.jitney.broker.dispatcher.manifest.Manifests;
import io.cloudevents.CloudEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Stores events and hands them to the Triggers that want them. Confined to one event loop, except
 * for the counters.
 */
public final class Dispatcher {
    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());

    private final Vertx vertx;
    private final Context context;
    private final BrokerConfig config;
    private final EventLog log;
    private final Sender sender;
    private final DeadLetterFile deadLetters;
    private final Map<String, TriggerQueue> queues = new LinkedHashMap<>();
    private final AtomicLong accepted = new AtomicLong();
    private boolean draining;

    /** A dispatcher for the Triggers of the manifests; to be called on its event loop. */
    public Dispatcher(
            Vertx vertx, BrokerConfig config, Manifests manifests, EventLog log, Sender sender) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.config = config;
        this.log = log;
        this.sender = sender;
        this.deadLetters = new DeadLetterFile(config.log().directory());
        FaultInjection faults = new FaultInjection(config.delivery().faults());
        for (Route route : Route.of(manifests)) {
            queues.put(route.name(), new TriggerQueue(route, this, faults));
        }
    }

    /** Delivers what an earlier process accepted and did not finish. */
    public void recover() {
        for (Pending pending : log.pending()) {
            TriggerQueue queue = queues.get(pending.triggerName());
            if (queue != null) {
                queue.add(pending.accepted(), pending.trigger());
            } else {
                LOG.log(
                        WARNING,
                        "event {0} is owed to Trigger {1}, which is gone: dropped",
                        pending.accepted().event().getId(),
                        pending.triggerName());
                append(List.of(new Done(pending.accepted().sequence(), pending.trigger())));
            }
        }
    }

    /**
     * Stores an event from outside.
     *
     * @return completes once the event is durable; fails when it cannot be stored now
     */
    public Future<Void> accept(BrokerRef broker, CloudEvent event) {
        if (draining) {
            return Future.failedFuture("the broker is stopping");
        }
        if (log.isFull()) {
            return Future.failedFuture(
                    "the log has reached its limit of " + config.log().bytesMax() + " bytes");
        }
        if (pending() >= config.log().pendingMax()) {
            return Future.failedFuture(
                    "more than " + config.log().pendingMax() + " deliveries are owed");
        }
        return store(broker, event, List.of());
    }

    /** Stores a reply and, in the same write, that the delivery which caused it is done. */
    Future<Void> acceptReply(BrokerRef broker, CloudEvent reply, Delivery cause) {
        return store(broker, reply, cause.isCopy() ? List.of() : List.of(cause.done()));
    }

    private Future<Void> store(BrokerRef broker, CloudEvent event, List<Done> done) {
        List<TriggerQueue> wanting = new ArrayList<>();
        for (TriggerQueue queue : queues.values()) {
            if (queue.route().broker().equals(broker) && queue.route().filter().test(event)) {
                wanting.add(queue);
            }
        }
        List<String> names = wanting.stream().map(queue -> queue.route().name()).toList();
        Accepted entry = new Accepted(log.nextSequence(), broker, names, event);
        List<LogEntry> entries = new ArrayList<>();
        entries.add(entry);
        entries.addAll(done);
        return append(entries)
                .onSuccess(
                        stored -> {
                            accepted.incrementAndGet();
                            for (int i = 0; i < wanting.size(); i++) {
                                wanting.get(i).add(entry, i);
                            }
                        });
    }

    void markDone(Delivery delivery) {
        if (!delivery.isCopy()) {
            append(List.of(delivery.done()))
                    .onFailure(
                            failure ->
                                    LOG.log(
                                            ERROR,
                                            "a finished delivery is not recorded and will be"
                                                    + " repeated after a restart: {0}",
                                            failure.getMessage()));
        }
    }

    private Future<Void> append(List<LogEntry> entries) {
        Promise<Void> promise = Promise.promise();
        log.append(entries, failure -> context.runOnContext(written -> settle(promise, failure)));
        return promise.future();
    }

    private static void settle(Promise<Void> promise, @Nullable Exception failure) {
        if (failure == null) {
            promise.complete();
        } else {
            promise.fail(failure);
        }
    }

    /**
     * Writes a dead letter to the log of the process and to the file.
     *
     * @param then runs afterwards on the event loop, also when the file cannot be written
     */
    void recordDeadLetter(
            Route route, Delivery delivery, Failed failed, boolean dropped, Runnable then) {
        LOG.log(
                dropped ? ERROR : WARNING,
                "{0}: Trigger {1}, event {2} of type {3}, {4} attempts to {5}: {6}",
                dropped ? "DROPPED" : "dead letter",
                route.name(),
                delivery.event().getId(),
                delivery.event().getType(),
                delivery.attempts(),
                delivery.target(),
                failed.reason());
        CloudEvent event = Hops.strip(delivery.event());
        String destination = delivery.target().toString();
        int attempts = delivery.attempts();
        vertx.executeBlocking(
                        () ->
                                deadLetters.append(
                                        route.name(),
                                        destination,
                                        failed.reason(),
                                        attempts,
                                        event))
                .onFailure(
                        failure -> LOG.log(ERROR, "dead-letters.jsonl: {0}", failure.getMessage()))
                .onComplete(recorded -> then.run());
    }

    /** Starts no more deliveries and completes when those in flight have ended. */
    public Future<Void> drain() {
        draining = true;
        Promise<Void> drained = Promise.promise();
        awaitIdle(drained);
        return drained.future();
    }

    private void awaitIdle(Promise<Void> drained) {
        boolean idle = queues.values().stream().allMatch(q -> q.counts().inFlight.get() == 0);
        if (idle) {
            drained.tryComplete();
        } else {
            vertx.setTimer(5, again -> awaitIdle(drained));
        }
    }

    boolean isDraining() {
        return draining;
    }

    BrokerConfig.Delivery config() {
        return config.delivery();
    }

    Sender sender() {
        return sender;
    }

    Vertx vertx() {
        return vertx;
    }

    private long pending() {
        long sum = 0;
        for (TriggerQueue queue : queues.values()) {
            sum += queue.counts().pending.get();
        }
        return sum;
    }

    /** Events stored since the start. */
    public long accepted() {
        return accepted.get();
    }

    /** Counts by Trigger. */
    public SortedMap<String, TriggerStats> stats() {
        SortedMap<String, TriggerStats> stats = new TreeMap<>();
        queues.forEach((name, queue) -> stats.put(name, queue.counts().snapshot()));
        return stats;
    }
}
