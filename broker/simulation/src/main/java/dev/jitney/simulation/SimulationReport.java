package dev.jitney.simulation;

import dev.jitney.simulation.check.Waits;
import dev.jitney.simulation.engine.Fault;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run came to. Times are virtual.
 *
 * @param hash of the whole trace: the same for the same run
 * @param events that the broker took
 * @param deliveries that it made
 * @param deadLetters whose retries were spent
 * @param effects calls that functions made on the world
 * @param checks changes of the world after which the invariants were checked
 * @param jobs that were created
 * @param ran jobs that ran to their end
 * @param cancelled jobs that were cancelled
 * @param lost jobs whose runner was lost while it ran them, by a fault
 * @param peak most runners at the same time
 * @param waits how long jobs waited for a runner
 * @param unknown how long jobs waited without a ledger that names them
 * @param longestOutMillis longest time that a job was out of line while capacity was free
 * @param restMillis when nothing was left, in milliseconds after the last arrival
 * @param repairs of the reconciler, by reason
 * @param faults that struck, by kind
 */
public record SimulationReport(
        SimulationOptions options,
        long hash,
        long events,
        long deliveries,
        long deadLetters,
        long effects,
        long checks,
        int jobs,
        int ran,
        int cancelled,
        int lost,
        int peak,
        Waits waits,
        Waits unknown,
        long longestOutMillis,
        long restMillis,
        Map<String, Integer> repairs,
        Map<Fault, Integer> faults) {
    public SimulationReport {
        repairs = Collections.unmodifiableMap(new TreeMap<>(repairs));
        EnumMap<Fault, Integer> copy = new EnumMap<>(Fault.class);
        copy.putAll(faults);
        faults = Collections.unmodifiableMap(copy);
    }

    /**
     * How long that share of the jobs waited at most, in milliseconds.
     *
     * @param share from 0 to 1
     */
    public long waitMillis(double share) {
        return waits.millis(share);
    }
}
