package dev.jitney.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Locks in memory: for tests and simulations. */
public final class InMemoryLocks implements Locks {
    private final InstantSource clock;
    private final Map<String, Entry> entries = new HashMap<>();

    /** Who holds a lock; told from others by identity. */
    private static final class Entry {
        private final Instant end;

        private Entry(Instant end) {
            this.end = end;
        }
    }

    public InMemoryLocks(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Optional<Lock> take(String name, Duration life) {
        Instant now = clock.instant();
        Entry before = entries.get(name);
        if (before != null && before.end.isAfter(now)) {
            return Optional.empty();
        }
        Entry own = new Entry(now.plus(life));
        entries.put(name, own);
        return Optional.of(() -> giveBack(name, own));
    }

    private synchronized void giveBack(String name, Entry own) {
        entries.remove(name, own);
    }
}
