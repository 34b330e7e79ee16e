package dev.jitney.simulation.engine;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Decides which fault strikes when, and counts them. Each kind draws from a stream of its own. */
public final class Chaos {
    private final Timeline timeline;
    private final double[] rates = new double[Fault.values().length];
    private final long end;
    private final Dice[] dice = new Dice[Fault.values().length];
    private final Map<Fault, Integer> struck = new EnumMap<>(Fault.class);

    /**
     * @param end nothing strikes from this virtual time on
     */
    public Chaos(Timeline timeline, ToDoubleFunction<Fault> rates, long seed, long end) {
        this.timeline = timeline;
        this.end = end;
        for (Fault fault : Fault.values()) {
            this.rates[fault.ordinal()] = rates.applyAsDouble(fault);
            dice[fault.ordinal()] = Dice.of(seed, fault.name());
        }
    }

    /** Whether a fault strikes on this occasion. */
    public boolean strikes(Fault fault) {
        return strikes(fault, 1);
    }

    /** The same, more often or more seldom than usual. */
    public boolean strikes(Fault fault, double factor) {
        double rate = rates[fault.ordinal()] * factor;
        if (rate <= 0 || timeline.now() >= end || !dice(fault).happens(rate)) {
            return false;
        }
        struck.merge(fault, 1, Integer::sum);
        return true;
    }

    /** Has an action run as often an hour as the fault's rate says, until faults end. */
    public void hourly(Fault fault, Runnable action) {
        double rate = rates[fault.ordinal()];
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
        return dice[fault.ordinal()];
    }

    /** How often each kind has struck. */
    public Map<Fault, Integer> struck() {
        return new EnumMap<>(struck);
    }
}
