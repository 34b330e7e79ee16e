package dev.jitney.ledger;

import java.time.Duration;
import java.time.Instant;

class InMemoryLocksTest extends LocksContract {
    private Instant now = Instant.parse("2026-03-02T09:00:00Z");
    private final InMemoryLocks locks = new InMemoryLocks(() -> now);

    @Override
    Locks locks() {
        return locks;
    }

    @Override
    void outlive(String name, Duration life) {
        now = now.plus(life);
    }
}
