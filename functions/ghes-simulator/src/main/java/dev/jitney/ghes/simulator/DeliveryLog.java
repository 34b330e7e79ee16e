package dev.jitney.ghes.simulator;

import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The attempts to deliver, as the server shows them to whoever owns the hook. */
final class DeliveryLog {
    private static final int REMEMBERED = 50_000;

    private final HookKind kind;
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

    DeliveryLog(HookKind kind) {
        this.kind = kind;
    }

    HookKind kind() {
        return kind;
    }

    void add(Delivery delivery, Instant at, boolean redelivery, int status) {
        if (kind == HookKind.GLOBAL) return;
        long id = ++lastId;
        entries.put(id, new Entry(id, delivery, at, redelivery, status == 0 ? 502 : status));
        if (entries.size() > REMEMBERED) entries.pollFirstEntry();
    }

    Optional<Entry> find(long id) {
        return Optional.ofNullable(entries.get(id));
    }

    /**
     * Attempts before one, newest first.
     *
     * @param organization key of the organization whose hook it is; empty for all of them
     */
    List<Entry> before(long id, String organization, int most) {
        return entries.headMap(id, false).descendingMap().values().stream()
                .filter(
                        each ->
                                organization.isEmpty()
                                        || each.delivery().organization().equals(organization))
                .limit(most)
                .toList();
    }
}
