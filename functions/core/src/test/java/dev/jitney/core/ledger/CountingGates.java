package dev.jitney.core.ledger;

import java.util.Map;
import java.util.TreeMap;

/** Counters in a map. */
final class CountingGates implements Gates {
    private final Map<String, Integer> values = new TreeMap<>();

    Map<String, Integer> values() {
        return values;
    }

    private record Stepped(String name, int seen, boolean entered) implements Passage {
        @Override
        public Verdict verdict() {
            return Verdict.OPEN;
        }
    }

    @Override
    public Passage enter(String name, int bound) {
        return new Stepped(name, values.merge(name, 1, Integer::sum), true);
    }

    @Override
    public Passage leave(String name, int bound) {
        return new Stepped(name, values.merge(name, -1, Integer::sum), false);
    }

    @Override
    public void settle(Passage passage, boolean kept, int truth) {
        values.put(((Stepped) passage).name(), truth);
    }
}
