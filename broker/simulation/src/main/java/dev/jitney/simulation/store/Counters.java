package dev.jitney.simulation.store;

import dev.jitney.ledger.CounterStore.Stepped;
import dev.jitney.simulation.engine.Chaos;
import dev.jitney.simulation.engine.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The bounded counters as the servers hold them. */
public final class Counters {
    private final Map<String, Counter> counters = new TreeMap<>();

    private record Counter(long value, long ceiling) {
        Counter at(long next) {
            return new Counter(Math.clamp(next, 0, ceiling), ceiling);
        }
    }

    public Counters(Chaos chaos) {
        chaos.hourly(
                Fault.COUNTER_FORGOTTEN,
                () -> {
                    List<String> names = new ArrayList<>(counters.keySet());
                    if (!names.isEmpty()) {
                        counters.remove(
                                names.get(chaos.dice(Fault.COUNTER_FORGOTTEN).below(names.size())));
                    }
                });
    }

    Stepped step(String name, int bound, boolean up) {
        Counter before = counters.getOrDefault(name, new Counter(0, Math.max(1, bound)));
        Counter after = before.at(before.value() + (up ? 1 : -1));
        counters.put(name, after);
        return new Stepped(after.value() != before.value(), after.value(), after.ceiling());
    }

    /** The value found; empty when there is no such counter. */
    OptionalLong compareAndSwap(String name, long expected, long next) {
        Counter before = counters.get(name);
        if (before == null) {
            return OptionalLong.empty();
        }
        if (before.value() == expected) {
            counters.put(name, before.at(next));
        }
        return OptionalLong.of(before.value());
    }

    /** False when there is no such counter. */
    boolean set(String name, long value) {
        return counters.computeIfPresent(name, (_, before) -> before.at(value)) != null;
    }

    /** All counters and what they say. */
    public Map<String, Long> values() {
        Map<String, Long> values = new TreeMap<>();
        counters.forEach((name, counter) -> values.put(name, counter.value()));
        return Collections.unmodifiableMap(values);
    }

    /** Everything is lost. */
    public void wipe() {
        counters.clear();
    }
}
