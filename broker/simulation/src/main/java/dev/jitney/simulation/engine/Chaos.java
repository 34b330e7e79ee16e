package dev.jitney.simulation.engine;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Decides which fault strikes when, and counts them. Each kind draws from a stream of its own. */
public final class Chaos {
    private final Timeline timeline;
    private final long end;
    private final Map<Fault, Kind> kinds = new EnumMap<>(Fault.class);
    private final Map<Fault, Integer> struck = new EnumMap<>(Fault.class);

    /**
     * @param end nothing strikes from this virtual time on
     */
    public Chaos(Timeline timeline, ToDoubleFunction<Fault> rates, long seed, long end) {
        this.timeline = timeline;
        this.end = end;
        for (Fault fault : Fault.values()) {
            kinds.put(fault, new Kind(rates.applyAsDouble(fault), Dice.of(seed, fault.name())));
        }
    }

    /** How often a kind strikes, and its own chance. */
    private record Kind(double rate, Dice dice) {}

    private Kind kind(Fault fault) {
        Kind kind = kinds.get(fault);
        if (kind == null) {
            throw new IllegalStateException("nothing is known of " + fault);
        }
        return kind;
    }

    /** Whether a fault strikes on this occasion. */
    public boolean strikes(Fault fault) {
        return strikes(fault, 1);
    }

    /** The same, more often or more seldom than usual. */
    public boolean strikes(Fault fault, double factor) {
        double rate = kind(fault).rate() * factor;
        if (rate <= 0 || timeline.now() >= end || !dice(fault).happens(rate)) {
            return false;
        }
        struck.merge(fault, 1, Integer::sum);
        return true;
    }

    /** Has an action run as often an hour as the fault's rate says, until faults end. */
    public void hourly(Fault fault, Runnable action) {
        double rate = kind(fault).rate();
        if (rate <= 0) {
            return;
        }
        long wait = (long) (Nanos.HOUR / rate * -Math.log(1 - dice(fault).share()));
        if (timeline.now() + wait < end) {
            timeline.after(
                    wait,
                    () -> {
                        struck.merge(fault, 1, Integer::sum);
                        action.run();
                        hourly(fault, action);
                    });
        }
    }

    /** Chance within a fault: how late, which one. */
    public Dice dice(Fault fault) {
        return kind(fault).dice();
    }

    /** How often each kind has struck. */
    public Map<Fault, Integer> struck() {
        return new EnumMap<>(struck);
    }
}
