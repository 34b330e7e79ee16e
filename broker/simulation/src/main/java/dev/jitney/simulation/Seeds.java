package dev.jitney.simulation;

import dev.jitney.broker.dispatcher.manifest.Manifests;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** Several runs that differ in their seed alone, a few at the same time. */
public final class Seeds {
    private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";

    private Seeds() {}

    /**
     * Prepares the process for as many runs at the same time. Effective only before its first
     * virtual thread: with one carrier a run, no hand-over between threads leaves its core.
     */
    public static void prepare(int atOnce) {
        System.setProperty(CARRIERS, Integer.toString(atOnce));
        System.setProperty("jdk.virtualThreadScheduler.maxPoolSize", Integer.toString(atOnce));
    }

    /**
     * Runs all seeds from {@code first} to {@code last}.
     *
     * @param told of each run as it ends, one at a time, in the order of the seeds
     */
    public static void run(
            SimulationOptions options,
            long first,
            long last,
            int atOnce,
            Manifests manifests,
            Consumer<Attempt> told)
            throws InterruptedException {
        all(
                LongStream.rangeClosed(first, last)
                        .<Callable<Attempt>>mapToObj(
                                seed -> () -> Attempt.of(options.withSeed(seed), manifests))
                        .toList(),
                atOnce,
                told);
    }

    /** Runs all, a few at the same time, and tells of them in their order. */
    static void all(List<Callable<Attempt>> runs, int atOnce, Consumer<Attempt> told)
            throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
            List<Future<Attempt>> attempts = new ArrayList<>();
            runs.forEach(run -> attempts.add(threads.submit(run)));
            for (Future<Attempt> attempt : attempts) {
                told.accept(outcome(attempt));
            }
        }
    }

    private static Attempt outcome(Future<Attempt> attempt) throws InterruptedException {
        try {
            return attempt.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the simulation itself failed", e);
        }
    }
}
