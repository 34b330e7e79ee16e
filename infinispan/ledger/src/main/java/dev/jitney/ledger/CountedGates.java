package dev.jitney.ledger;

import dev.jitney.core.ledger.Gates;
import dev.jitney.ledger.CounterStore.Stepped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** The gates over any counters; what Infinispan, memory and a simulation have in common. */
public abstract class CountedGates implements InspectableGates {
    /** How long an answer is waited for: a gate is to save time. */
    private static final Duration ANSWER = Duration.ofMillis(200);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final CounterStore counters;
    private final Waiting waiting;
    private final LongAdder errors = new LongAdder();

    CountedGates(CounterStore counters) {
        this(counters, Waiting.REAL);
    }

    protected CountedGates(CounterStore counters, Waiting waiting) {
        this.counters = counters;
        this.waiting = waiting;
    }

    /** The step goes on whether or not anybody waits for it. */
    private record Entered(int bound, boolean up, String name, CompletableFuture<Stepped> step)
            implements Gates.Passage {

        @Override
        public Verdict verdict() {
            try {
                return judge(step.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS));
            } catch (ExecutionException | TimeoutException e) {
                return Verdict.UNKNOWN;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Verdict.UNKNOWN;
            }
        }

        private Verdict judge(Stepped stepped) {
            if (stepped.moved()) {
                return !up || stepped.value() <= bound ? Verdict.OPEN : Verdict.FULL;
            }
            // At zero on the way down it is plainly wrong; at a ceiling below the bound, outdated.
            return up && stepped.ceiling() >= bound ? Verdict.FULL : Verdict.UNKNOWN;
        }
    }

    @Override
    public Passage enter(String name, int bound) {
        return step(name, bound, true);
    }

    @Override
    public Passage leave(String name, int bound) {
        return step(name, bound, false);
    }

    private Passage step(String name, int bound, boolean up) {
        CompletableFuture<Stepped> step = watched(() -> counters.step(name, bound, up));
        return new Entered(bound, up, name, step);
    }

    @Override
    public void settle(Passage passage, boolean kept, int truth) {
        if (passage instanceof Entered entered) {
            // Nobody waits: a failure is counted, and the next passage sets the counter right.
            var _ = entered.step().thenAccept(seen -> correct(entered, seen, kept, truth));
        }
    }

    private void correct(Entered entered, Stepped seen, boolean kept, int truth) {
        var _ =
                watched(
                        () ->
                                back(entered, kept, seen)
                                        .thenCompose(now -> setRight(entered.name(), now, truth)));
    }

    private CompletableFuture<Stepped> back(Entered entered, boolean kept, Stepped seen) {
        return entered.up() && seen.moved() && !kept
                ? counters.step(entered.name(), entered.bound(), false)
                : CompletableFuture.completedFuture(seen);
    }

    private CompletableFuture<Boolean> setRight(String name, Stepped seen, int truth) {
        long right = Math.clamp(truth, 0L, seen.ceiling());
        return seen.value() == right
                ? CompletableFuture.completedFuture(true)
                : counters.compareAndSwap(name, seen.value(), right).thenApply(_ -> true);
    }

    @Override
    public Map<String, Long> readAll() {
        try {
            return counters.readAll(Deadline.in(PATIENCE, waiting));
        } catch (RuntimeException e) {
            errors.increment();
            return Map.of();
        }
    }

    @Override
    public void set(String name, long truth) {
        try {
            NoAnswer.await(counters.set(name, truth), Deadline.in(PATIENCE, waiting));
        } catch (RuntimeException e) {
            errors.increment();
        }
    }

    @Override
    public long errors() {
        return errors.sum();
    }

    /** Starts a call that nobody may be waiting for, and counts it when it fails. */
    private <T> CompletableFuture<T> watched(Supplier<CompletableFuture<T>> call) {
        CompletableFuture<T> answer;
        try {
            answer = call.get();
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        return answer.whenComplete(
                (_, failure) -> {
                    if (failure != null) {
                        errors.increment();
                    }
                });
    }
}
