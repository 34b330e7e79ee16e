package dev.jitney.broker.dispatcher;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, no longer than needed. */
public final class Await {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private Await() {}

    /** Returns as soon as the condition holds; fails the test when it never does. */
    public static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("waited in vain until " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
