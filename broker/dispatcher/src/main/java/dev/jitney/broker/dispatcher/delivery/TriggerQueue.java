package dev.jitney.broker.dispatcher.delivery;

import dev.jitney.broker.dispatcher.RetryRules;
import dev.jitney.broker.dispatcher.Target;
import dev.jitney.broker.dispatcher.delivery.Outcome.Failed;
import dev.jitney.broker.dispatcher.delivery.Outcome.Replied;
import dev.jitney.broker.dispatcher.delivery.Outcome.Taken;
import dev.jitney.broker.dispatcher.ingress.Hops;
import dev.jitney.broker.dispatcher.log.LogEntry.Accepted;
import io.cloudevents.CloudEvent;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The deliveries of one Trigger. Confined to the event loop of the broker.
 *
 * <p>At most so many requests are open. A delivery that waits for its next attempt holds none of
 * those places, so an event that keeps failing does not stop the others.
 */
final class TriggerQueue {
    private final Route route;
    private final Dispatcher dispatcher;
    private final RetryRules rules;
    private final int inFlightMax;
    private final FaultInjection faults;
    private final TriggerCounts counts = new TriggerCounts();
    private final Deque<Delivery> ready = new ArrayDeque<>();
    private final Lanes lanes = new Lanes();

    TriggerQueue(Route route, Dispatcher dispatcher, FaultInjection faults) {
        this.route = route;
        this.dispatcher = dispatcher;
        this.rules = dispatcher.config().rules();
        this.inFlightMax = dispatcher.config().inFlightMax();
        this.faults = faults;
    }

    Route route() {
        return route;
    }

    TriggerCounts counts() {
        return counts;
    }

    void add(Accepted accepted, int trigger) {
        counts.pending.incrementAndGet();
        Delivery delivery = new Delivery(accepted, trigger, route.subscriber(), false);
        enter(delivery);
        if (faults.duplicates()) {
            enter(delivery.duplicate());
        }
    }

    private void enter(Delivery delivery) {
        if (!route.ordered() || lanes.enter(delivery)) {
            begin(delivery);
        }
    }

    private void begin(Delivery delivery) {
        long hold = faults.delayMillis();
        if (hold == 0) {
            ready.add(delivery);
            pump();
        } else {
            resumeAfter(hold, delivery);
        }
    }

    private void resumeAfter(long millis, Delivery delivery) {
        Runnable resume =
                () -> {
                    ready.addFirst(delivery);
                    pump();
                };
        if (millis == 0) {
            resume.run();
        } else {
            dispatcher.vertx().setTimer(millis, timer -> resume.run());
        }
    }

    /** Starts as many waiting deliveries as there is room for. */
    void pump() {
        while (!dispatcher.isDraining()
                && counts.inFlight.get() < inFlightMax
                && !ready.isEmpty()) {
            attempt(ready.remove());
        }
    }

    private void attempt(Delivery delivery) {
        counts.inFlight.incrementAndGet();
        if (delivery.nextAttempt() > 1) {
            counts.retried.incrementAndGet();
        }
        dispatcher
                .sender()
                .send(
                        delivery.target(),
                        delivery.event(),
                        route.namespace(),
                        route.policy().timeout())
                .map(response -> Outcome.of(response, rules))
                .otherwise(Failed::withoutResponse)
                .onSuccess(
                        outcome -> {
                            counts.inFlight.decrementAndGet();
                            settle(delivery, outcome);
                            pump();
                        });
    }

    private void settle(Delivery delivery, Outcome outcome) {
        switch (outcome) {
            case Taken() -> {
                dispatcher.markDone(delivery);
                finish(delivery, true);
            }
            case Replied(CloudEvent reply) -> publish(delivery, reply);
            case Failed failed -> retryOrGiveUp(delivery, failed);
        }
    }

    private void publish(Delivery delivery, CloudEvent reply) {
        Hops.enterReply(delivery.event(), reply)
                .ifPresentOrElse(
                        event ->
                                dispatcher
                                        .acceptReply(route.broker(), event, delivery)
                                        .onSuccess(stored -> finish(delivery, true))
                                        .onFailure(
                                                failure ->
                                                        retryOrGiveUp(
                                                                delivery,
                                                                Failed.withoutResponse(failure))),
                        () -> {
                            String reason = "the reply has passed through Brokers too often";
                            retryOrGiveUp(delivery, new Failed(false, reason, null));
                        });
    }

    private void retryOrGiveUp(Delivery delivery, Failed failed) {
        if (delivery.isCopy()) {
            finish(delivery, false);
        } else if (failed.retryable() && delivery.attempts() <= route.policy().retries()) {
            long wait = route.policy().wait(rules, delivery.attempts()).toMillis();
            resumeAfter(wait, delivery);
        } else {
            giveUp(delivery, failed);
        }
    }

    private void giveUp(Delivery delivery, Failed failed) {
        Target sink = delivery.isLetter() ? null : route.policy().deadLetterSink();
        if (!delivery.isLetter()) {
            counts.deadLettered.incrementAndGet();
        }
        dispatcher.recordDeadLetter(
                route,
                delivery,
                failed,
                sink == null,
                () -> {
                    if (sink == null) {
                        counts.dropped.incrementAndGet();
                        dispatcher.markDone(delivery);
                        finish(delivery, false);
                    } else {
                        CloudEvent letter =
                                DeadLetter.of(delivery.event(), delivery.target(), failed);
                        delivery.turnInto(letter, sink);
                        ready.add(delivery);
                    }
                    pump();
                });
    }

    private void finish(Delivery delivery, boolean taken) {
        if (!delivery.isCopy()) {
            counts.pending.decrementAndGet();
            if (taken && !delivery.isLetter()) {
                counts.delivered.incrementAndGet();
            }
        }
        if (route.ordered()) {
            lanes.leave(delivery).ifPresent(this::begin);
        }
    }
}
