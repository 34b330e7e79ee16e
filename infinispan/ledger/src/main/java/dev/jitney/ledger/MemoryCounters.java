package dev.jitney.ledger;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Bounded counters in memory. */
final class MemoryCounters implements CounterStore {
    private final Map<String, Counter> counters = new TreeMap<>();
    private boolean unavailable;

    private record Counter(long value, long ceiling) {
        Counter at(long next) {
            return new Counter(Math.clamp(next, 0, ceiling), ceiling);
        }
    }

    synchronized void unavailable(boolean now) {
        unavailable = now;
    }

    synchronized void forget(String name) {
        counters.remove(name);
    }

    @Override
    public CompletableFuture<Stepped> step(String name, int bound, boolean up) {
        return answer(
                () -> {
                    Counter before =
                            counters.getOrDefault(name, new Counter(0, Math.max(1, bound)));
                    Counter after = before.at(before.value() + (up ? 1 : -1));
                    counters.put(name, after);
                    return new Stepped(
                            after.value() != before.value(), after.value(), after.ceiling());
                });
    }

    @Override
    public CompletableFuture<?> compareAndSwap(String name, long expected, long next) {
        return answer(
                () -> {
                    Counter before = existing(name);
                    if (before.value() == expected) {
                        counters.put(name, before.at(next));
                    }
                    return before.value();
                });
    }

    @Override
    public CompletableFuture<?> set(String name, long value) {
        return answer(() -> counters.put(name, existing(name).at(value)));
    }

    @Override
    public Map<String, Long> readAll(Deadline deadline) {
        return NoAnswer.await(
                answer(
                        () -> {
                            Map<String, Long> values = new TreeMap<>();
                            counters.forEach((name, counter) -> values.put(name, counter.value()));
                            return values;
                        }),
                deadline);
    }

    private Counter existing(String name) {
        Counter counter = counters.get(name);
        if (counter == null) {
            throw new NoAnswer("no such counter: " + name, null);
        }
        return counter;
    }

    private synchronized <T> CompletableFuture<T> answer(Supplier<T> call) {
        if (unavailable) {
            return CompletableFuture.failedFuture(new NoAnswer("made unavailable", null));
        }
        try {
            return CompletableFuture.completedFuture(call.get());
        } catch (NoAnswer e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
