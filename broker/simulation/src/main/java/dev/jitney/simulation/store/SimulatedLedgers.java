package dev.jitney.simulation.store;

import dev.jitney.core.ledger.ClusterLedger;
import dev.jitney.core.ledger.LedgerUnavailable;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.ledger.KeyedLedgers;
import dev.jitney.ledger.NoAnswer;
import dev.jitney.ledger.Page;
import dev.jitney.ledger.Versioned;
import dev.jitney.simulation.engine.Fault;
import dev.jitney.simulation.engine.FunctionProcess;
import dev.jitney.simulation.engine.Nanos;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The ledgers as one process has them: the code that ships, over records in virtual time. */
public final class SimulatedLedgers extends KeyedLedgers {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int READ_AT_ONCE = 100;

    private final FunctionProcess process;
    private final Records<OrgLedger> organizations;

    public SimulatedLedgers(
            FunctionProcess process,
            Records<OrgLedger> organizations,
            Records<ClusterLedger> cluster,
            Records<Page> pages,
            Outage outage) {
        super(
                new ProcessRecords<>(process, organizations, outage),
                new ProcessRecords<>(process, cluster, outage),
                new ProcessRecords<>(process, pages, outage),
                PATIENCE,
                new VirtualWaiting(process));
        this.process = process;
        this.organizations = organizations;
    }

    /** A hundred at a time, as over Hot Rod: not one moment's picture. */
    @Override
    public List<OrgLedger> readAll() {
        process.travel(ProcessRecords.SHORTEST, ProcessRecords.LONGEST);
        List<String> keys = List.copyOf(organizations.keys());
        List<OrgLedger> all = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += READ_AT_ONCE) {
            process.travel(Nanos.MILLI, 30 * Nanos.MILLI);
            if (process.chaos().strikes(Fault.STORE_SILENT)) {
                throw new LedgerUnavailable("simulated", new NoAnswer("simulated", null));
            }
            for (String key : keys.subList(from, Math.min(from + READ_AT_ONCE, keys.size()))) {
                Versioned<OrgLedger> found = organizations.get(key);
                if (found != null) {
                    all.add(found.value());
                }
            }
        }
        return all;
    }
}
