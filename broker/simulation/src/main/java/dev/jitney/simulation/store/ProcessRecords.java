package dev.jitney.simulation.store;

import dev.jitney.ledger.Deadline;
import dev.jitney.ledger.NoAnswer;
import dev.jitney.ledger.Versioned;
import dev.jitney.ledger.VersionedStore;
import dev.jitney.simulation.engine.Chaos;
import dev.jitney.simulation.engine.Fault;
import dev.jitney.simulation.engine.FunctionProcess;
import dev.jitney.simulation.engine.Nanos;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The records as one process reaches them: with delay, and not always with the right answer. */
public final class ProcessRecords<L> implements VersionedStore<L> {
    static final long SHORTEST = 300_000;
    static final long LONGEST = 12 * Nanos.MILLI;

    private final FunctionProcess process;
    private final Records<L> records;
    private final Outage outage;

    public ProcessRecords(FunctionProcess process, Records<L> records, Outage outage) {
        this.process = process;
        this.records = records;
        this.outage = outage;
    }

    @Override
    public @Nullable Versioned<L> get(String key, Deadline deadline) {
        process.travel(SHORTEST, LONGEST);
        if (process.chaos().strikes(Fault.STORE_SILENT, outage.factor())) {
            throw silence(Fault.STORE_SILENT, deadline);
        }
        return records.get(key);
    }

    @Override
    public boolean replace(String key, Versioned<L> seen, L next, Deadline deadline) {
        return write(() -> records.replace(key, seen, next), deadline);
    }

    @Override
    public boolean putIfAbsent(String key, L first, Deadline deadline) {
        return write(() -> records.putIfAbsent(key, first), deadline);
    }

    private boolean write(BooleanSupplier effect, Deadline deadline) {
        process.travel(SHORTEST, LONGEST);
        Chaos chaos = process.chaos();
        if (chaos.strikes(Fault.STORE_CONFLICT)) {
            return false;
        }
        if (chaos.strikes(Fault.STORE_UNKNOWN, outage.factor())) {
            switch (chaos.dice(Fault.STORE_UNKNOWN).below(3)) {
                case 0 -> {}
                case 1 -> {
                    boolean _ = effect.getAsBoolean();
                }
                default ->
                        process.timeline()
                                .after(
                                        chaos.dice(Fault.STORE_UNKNOWN)
                                                .between(0, 6 * Nanos.SECOND),
                                        () -> {
                                            boolean _ = effect.getAsBoolean();
                                        });
            }
            throw silence(Fault.STORE_UNKNOWN, deadline);
        }
        boolean written = effect.getAsBoolean();
        return written && !chaos.strikes(Fault.STORE_LIES, outage.factor());
    }

    /** Half of the time the connection breaks at once, else nothing is heard until the deadline. */
    private NoAnswer silence(Fault fault, Deadline deadline) {
        if (process.chaos().dice(fault).below(2) == 0) {
            process.sleep(deadline.left().toNanos());
        }
        return new NoAnswer("simulated", null);
    }
}
