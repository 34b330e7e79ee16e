package dev.jitney.broker.dispatcher.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Events of one key, one after the other: like the partitions of an ordered Kafka consumer. */
final class Lanes {
    private final Map<String, Deque<Delivery>> waiting = new HashMap<>();

    /** Whether the delivery may begin now; if not, {@link #leave} hands it out later. */
    boolean enter(Delivery delivery) {
        String key = delivery.partitionKey();
        if (key == null) {
            return true;
        }
        Deque<Delivery> lane = waiting.get(key);
        if (lane != null) {
            lane.add(delivery);
            return false;
        }
        waiting.put(key, new ArrayDeque<>());
        return true;
    }

    /** Ends a delivery; the next of its key, if any, may begin. */
    Optional<Delivery> leave(Delivery delivery) {
        String key = delivery.partitionKey();
        Deque<Delivery> lane = key == null ? null : waiting.get(key);
        if (key == null || lane == null) {
            return Optional.empty();
        }
        Delivery next = lane.poll();
        if (next == null) {
            waiting.remove(key);
        }
        return Optional.ofNullable(next);
    }
}
