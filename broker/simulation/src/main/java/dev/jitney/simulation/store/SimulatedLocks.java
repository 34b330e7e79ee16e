package dev.jitney.simulation.store;

import dev.jitney.core.ledger.LedgerUnavailable;
import dev.jitney.ledger.Locks;
import dev.jitney.ledger.NoAnswer;
import dev.jitney.simulation.engine.Fault;
import dev.jitney.simulation.engine.FunctionProcess;
import java.time.Duration;
import java.util.Optional;

/** The locks as one process has them. */
public final class SimulatedLocks implements Locks {
    private final FunctionProcess process;
    private final LockTable table;

    public SimulatedLocks(FunctionProcess process, LockTable table) {
        this.process = process;
        this.table = table;
    }

    @Override
    public Optional<Lock> take(String name, Duration life) {
        process.travel(ProcessRecords.SHORTEST, ProcessRecords.LONGEST);
        long holder = table.take(name, life.toNanos());
        if (process.chaos().strikes(Fault.LOCK_UNKNOWN)) {
            throw new LedgerUnavailable("simulated", new NoAnswer("simulated", null));
        }
        return holder == 0 ? Optional.empty() : Optional.of(() -> giveBack(name, holder));
    }

    private void giveBack(String name, long holder) {
        process.travel(ProcessRecords.SHORTEST, ProcessRecords.LONGEST);
        if (!process.chaos().strikes(Fault.LOCK_UNKNOWN)) {
            table.giveBack(name, holder);
        }
    }
}
