package dev.jitney.infinispan.cluster;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** What the clients went through since a fault. */
final class Window {
    private static final long NEVER = -1;

    private final String fault;
    private final long begin = System.nanoTime();
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();
    private final AtomicInteger attemptsMost = new AtomicInteger();
    private final AtomicLong firstSuccess = new AtomicLong(NEVER);
    private final AtomicLong outage = new AtomicLong();
    private final AtomicLongArray lastSuccess;

    Window(String fault, int clients) {
        this.fault = fault;
        lastSuccess = new AtomicLongArray(clients);
        for (int i = 0; i < clients; i++) {
            lastSuccess.set(i, begin);
        }
    }

    /** An event was handled that changes a ledger. */
    void succeeded(int client, long sent) {
        long now = System.nanoTime();
        taken.incrementAndGet();
        long gap = now - lastSuccess.getAndSet(client, now);
        outage.accumulateAndGet(gap, Math::max);
        if (sent > begin) {
            firstSuccess.compareAndSet(NEVER, now - begin);
        }
    }

    void failed() {
        unknown.incrementAndGet();
    }

    void attempted(int attempts) {
        attemptsMost.accumulateAndGet(attempts, Math::max);
    }

    int attemptsMost() {
        return attemptsMost.get();
    }

    int taken() {
        return taken.get();
    }

    boolean hasSucceeded() {
        return firstSuccess.get() != NEVER;
    }

    String summary() {
        return "%s: %d events taken in %.1f s, %d outcomes unknown, %d attempts at most, longest outage of a client %.1f s, first success after %.1f s"
                .formatted(
                        fault,
                        taken.get(),
                        seconds(System.nanoTime() - begin),
                        unknown.get(),
                        attemptsMost.get(),
                        seconds(outage.get()),
                        seconds(firstSuccess.get()));
    }

    private static double seconds(long nanos) {
        return Duration.ofNanos(nanos).toMillis() / 1000.0;
    }
}
