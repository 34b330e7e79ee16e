package dev.jitney.simulation;

import dev.jitney.simulation.engine.Fault;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * How often each fault strikes.
 *
 * @param rates see {@link Fault}; what is not there never strikes
 */
public record SimulationFaults(Map<Fault, Double> rates) {
    /** What events put up with by themselves. */
    private static final Set<Fault> HARMLESS =
            Collections.unmodifiableSet(
                    EnumSet.of(
                            Fault.WEBHOOK_DUPLICATED,
                            Fault.WEBHOOK_REORDERED,
                            Fault.EVENT_REDELIVERED,
                            Fault.STORE_CONFLICT,
                            Fault.CLOCK_SKEWED,
                            Fault.RUNNER_SWAPPED,
                            Fault.JOB_CANCELLED,
                            Fault.JOB_RERUN,
                            Fault.JOB_GATED));

    public SimulationFaults {
        EnumMap<Fault, Double> copy = new EnumMap<>(Fault.class);
        copy.putAll(rates);
        rates = Collections.unmodifiableMap(copy);
        rates.forEach(
                (fault, rate) -> {
                    if (!(rate >= 0)) {
                        throw new IllegalArgumentException("not a rate for " + fault + ": " + rate);
                    }
                });
    }

    /** Nothing goes wrong. */
    public static SimulationFaults off() {
        return new SimulationFaults(Map.of());
    }

    /** An ordinary day. */
    public static SimulationFaults light() {
        return preset(Fault::light);
    }

    /** A day on which everything goes wrong that can. */
    public static SimulationFaults heavy() {
        return preset(Fault::heavy);
    }

    /**
     * The preset of this name: off, light or heavy.
     *
     * @throws IllegalArgumentException for any other
     */
    public static SimulationFaults of(String preset) {
        return switch (preset) {
            case "off" -> off();
            case "light" -> light();
            case "heavy" -> heavy();
            default -> throw new IllegalArgumentException("not off, light or heavy: " + preset);
        };
    }

    private static SimulationFaults preset(ToDoubleFunction<Fault> rate) {
        Map<Fault, Double> rates = new EnumMap<>(Fault.class);
        for (Fault fault : Fault.values()) {
            rates.put(fault, rate.applyAsDouble(fault));
        }
        return new SimulationFaults(rates);
    }

    public double rate(Fault fault) {
        return rates.getOrDefault(fault, 0.0);
    }

    /** The same without one kind. */
    public SimulationFaults without(Fault fault) {
        Map<Fault, Double> left = new EnumMap<>(Fault.class);
        left.putAll(rates);
        left.remove(fault);
        return new SimulationFaults(left);
    }

    /** The same with nothing but these kinds. */
    public SimulationFaults only(Collection<Fault> kinds) {
        Map<Fault, Double> left = new EnumMap<>(Fault.class);
        left.putAll(rates);
        left.keySet().retainAll(kinds);
        return new SimulationFaults(left);
    }

    /** Of a bad day only what events put up with by themselves: nobody has to repair anything. */
    public static SimulationFaults harmless() {
        return heavy().only(HARMLESS);
    }

    /** Whether nothing strikes but what events put up with by themselves. */
    public boolean areHarmless() {
        return HARMLESS.containsAll(kinds());
    }

    /** The kinds that strike at all. */
    public Set<Fault> kinds() {
        Set<Fault> kinds = EnumSet.noneOf(Fault.class);
        rates.forEach(
                (fault, rate) -> {
                    if (rate > 0) {
                        kinds.add(fault);
                    }
                });
        return kinds;
    }

    /** The same with another rate of one kind. */
    public SimulationFaults with(Fault fault, double rate) {
        Map<Fault, Double> all = new EnumMap<>(Fault.class);
        all.putAll(rates);
        all.put(fault, rate);
        return new SimulationFaults(all);
    }
}
