package dev.jitney.broker.dispatcher;

import java.util.SortedMap;

/**
 * Counts since the broker was started.
 *
 * @param accepted events stored, replies and ticks included
 * @param logBytes size of the log now
 * @param triggers counts by {@code namespace/name} of the Trigger
 */
public record BrokerStats(long accepted, long logBytes, SortedMap<String, TriggerStats> triggers) {

    /** Deliveries owed by all Triggers together. */
    public long pending() {
        return triggers.values().stream().mapToLong(TriggerStats::pending).sum();
    }

    /**
     * Counts of one Trigger.
     *
     * @param delivered events the subscriber took
     * @param retried attempts after the first
     * @param deadLettered events given up by the subscriber, whether or not a sink took them
     * @param dropped dead letters that no sink took; they are in {@code dead-letters.jsonl}
     * @param pending deliveries owed now: waiting, in flight or in backoff
     * @param inFlight requests open now
     */
    public record TriggerStats(
            long delivered,
            long retried,
            long deadLettered,
            long dropped,
            long pending,
            int inFlight) {}
}
