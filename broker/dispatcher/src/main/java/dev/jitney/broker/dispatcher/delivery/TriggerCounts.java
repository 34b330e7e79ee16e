package dev.jitney.broker.dispatcher.delivery;

import dev.jitney.broker.dispatcher.BrokerStats.TriggerStats;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counters of one Trigger: written by the event loop, read by anybody. */
final class TriggerCounts {
    final AtomicLong delivered = new AtomicLong();
    final AtomicLong retried = new AtomicLong();
    final AtomicLong deadLettered = new AtomicLong();
    final AtomicLong dropped = new AtomicLong();
    final AtomicLong pending = new AtomicLong();
    final AtomicInteger inFlight = new AtomicInteger();

    TriggerStats snapshot() {
        return new TriggerStats(
                delivered.get(),
                retried.get(),
                deadLettered.get(),
                dropped.get(),
                pending.get(),
                inFlight.get());
    }
}
