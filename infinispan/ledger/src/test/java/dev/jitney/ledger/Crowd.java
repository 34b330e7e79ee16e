package dev.jitney.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/** Many callers at once. */
final class Crowd {
    private Crowd() {}

    /** Runs one task per number on so many threads, and returns what they returned. */
    static <T> List<T> run(int threads, int tasks, IntFunction<T> task)
            throws InterruptedException, ExecutionException {
        try (ExecutorService executor =
                Executors.newFixedThreadPool(threads, Thread.ofVirtual().factory())) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < tasks; i++) {
                int number = i;
                Callable<T> each = () -> task.apply(number);
                futures.add(executor.submit(each));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }

    /** Waits until something is so; fails after ten seconds. */
    static void until(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within ten seconds: " + what);
            }
            Thread.sleep(2);
        }
    }
}
