package dev.jitney.ghes.simulator;

import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The attempts to deliver. */
final class DeliveryLog {
    private static final int REMEMBERED = 50_000;

    private final NavigableMap<Long, Entry> entries = new TreeMap<>();
    private long lastId = 7_000_000;

    /**
     * One attempt.
     *
     * @param status as the receiver answered; 502 when it did not
     */
    record Entry(long id, Delivery delivery, Instant at, boolean redelivery, int status) {
        boolean arrived() {
            return status >= 200 && status < 300;
        }
    }

    void add(Delivery delivery, Instant at, boolean redelivery, int status) {
        long id = ++lastId;
        entries.put(id, new Entry(id, delivery, at, redelivery, status == 0 ? 502 : status));
        if (entries.size() > REMEMBERED) entries.pollFirstEntry();
    }

    Optional<Entry> find(long id) {
        return Optional.ofNullable(entries.get(id));
    }

    /** Attempts of a hook before one, newest first. */
    List<Entry> before(long id, long hookId, int most) {
        return entries.headMap(id, false).descendingMap().values().stream()
                .filter(each -> each.delivery().hookId() == hookId)
                .limit(most)
                .toList();
    }
}
