package dev.jitney.ghes.simulator;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for something another thread does, and fails with its name when it does not come. */
final class Await {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Await() {}

    static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) throw new AssertionError("never came: " + what);
            try {
                Thread.sleep(5);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AssertionError(what, interrupted);
            }
        }
    }
}
