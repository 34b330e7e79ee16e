package dev.jitney.simulation.store;

import dev.jitney.ledger.CountedGates;
import dev.jitney.ledger.CounterStore;
import dev.jitney.ledger.Deadline;
import dev.jitney.ledger.NoAnswer;
import dev.jitney.simulation.engine.Chaos;
import dev.jitney.simulation.engine.Fault;
import dev.jitney.simulation.engine.FunctionProcess;
import dev.jitney.simulation.engine.Nanos;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The gates as one process has them: the code that ships, over counters in virtual time. */
public final class SimulatedGates extends CountedGates {

    public SimulatedGates(FunctionProcess process, Counters counters, Outage outage) {
        super(new ProcessCounters(process, counters, outage), new VirtualWaiting(process));
    }

    private record ProcessCounters(FunctionProcess process, Counters counters, Outage outage)
            implements CounterStore {
        private static final long LONGEST = 5 * Nanos.MILLI;

        @Override
        public CompletableFuture<Stepped> step(String name, int bound, boolean up) {
            return ask(
                    () -> {
                        Stepped stepped = counters.step(name, bound, up);
                        boolean again = chaos().strikes(Fault.COUNTER_TWICE, outage.factor());
                        return again ? counters.step(name, bound, up) : stepped;
                    });
        }

        @Override
        public CompletableFuture<?> compareAndSwap(String name, long expected, long next) {
            return ask(
                    () ->
                            counters.compareAndSwap(name, expected, next)
                                    .orElseThrow(() -> new NoAnswer("no counter", null)));
        }

        @Override
        public CompletableFuture<?> set(String name, long value) {
            return ask(
                    () -> {
                        if (!counters.set(name, value)) {
                            throw new NoAnswer("no counter", null);
                        }
                        return value;
                    });
        }

        @Override
        public Map<String, Long> readAll(Deadline deadline) {
            process.travel(Nanos.MILLI, 20 * Nanos.MILLI);
            if (chaos().strikes(Fault.COUNTER_UNKNOWN, outage.factor())) {
                throw new NoAnswer("simulated", null);
            }
            return counters.values();
        }

        private Chaos chaos() {
            return process.chaos();
        }

        /** Takes place later; nobody is blocked. */
        private <T> CompletableFuture<T> ask(Supplier<T> effect) {
            CompletableFuture<T> answer = new CompletableFuture<>();
            long way = process.latency().between(200_000, LONGEST);
            process.cast(way, () -> arrive(effect, answer));
            return answer;
        }

        private <T> void arrive(Supplier<T> effect, CompletableFuture<T> answer) {
            if (chaos().strikes(Fault.COUNTER_UNKNOWN, outage.factor())) {
                answer.completeExceptionally(new NoAnswer("simulated", null));
                return;
            }
            try {
                T result = effect.get();
                if (chaos().strikes(Fault.COUNTER_UNACKNOWLEDGED, outage.factor())) {
                    answer.completeExceptionally(new NoAnswer("simulated", null));
                } else {
                    answer.complete(result);
                }
            } catch (NoAnswer e) {
                answer.completeExceptionally(e);
            }
        }
    }
}
