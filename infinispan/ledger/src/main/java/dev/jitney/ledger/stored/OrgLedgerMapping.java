package dev.jitney.ledger.stored;

import dev.jitney.core.Held;
import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.RunnerName;
import dev.jitney.core.ledger.Lease;
import dev.jitney.core.ledger.LeaseState;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.core.ledger.WaitingJob;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** An organization's ledger to its stored form and back, without loss. */
public final class OrgLedgerMapping {
    private OrgLedgerMapping() {}

    public static StoredOrgLedger toStored(OrgLedger ledger) {
        return new StoredOrgLedger(
                LedgerSchema.VERSION,
                ledger.organization().login(),
                ledger.revision(),
                ledger.backlog().stream().map(OrgLedgerMapping::toStored).toList(),
                ledger.leases().values().stream().map(OrgLedgerMapping::toStored).toList(),
                ledger.gated().values().stream().map(OrgLedgerMapping::toStored).toList(),
                ledger.finished().entrySet().stream()
                        .map(end -> new StoredEnd(end.getKey().value(), Nanos.of(end.getValue())))
                        .toList());
    }

    /**
     * The record that was stored.
     *
     * @throws IllegalArgumentException when the record holds what no version of the core accepts
     */
    public static OrgLedger fromStored(StoredOrgLedger stored) {
        Map<RunnerName, Lease> leases = new LinkedHashMap<>();
        for (StoredLease each : stored.leases()) {
            Lease lease = fromStored(each);
            leases.put(lease.runner(), lease);
        }
        Map<JobId, WaitingJob> gated = new LinkedHashMap<>();
        for (StoredJob each : stored.gated()) {
            WaitingJob job = fromStored(each);
            gated.put(job.id(), job);
        }
        Map<JobId, Instant> finished = new LinkedHashMap<>();
        for (StoredEnd each : stored.finished()) {
            finished.put(new JobId(each.job()), Nanos.toInstant(each.at()));
        }
        return new OrgLedger(
                new Organization(stored.organization()),
                stored.revision(),
                stored.backlog().stream().map(OrgLedgerMapping::fromStored).toList(),
                leases,
                gated,
                finished);
    }

    private static StoredJob toStored(WaitingJob job) {
        return new StoredJob(
                job.id().value(),
                job.runnerClass().value(),
                job.repository(),
                Nanos.of(job.createdAt()),
                job.generation(),
                job.failures(),
                Nanos.of(job.notBefore()),
                job.held() == Held.NONE ? "" : job.held().name());
    }

    private static WaitingJob fromStored(StoredJob stored) {
        return new WaitingJob(
                new JobId(stored.id()),
                new RunnerClassName(stored.runnerClass()),
                stored.repository(),
                Nanos.toInstant(stored.createdAt()),
                stored.generation(),
                stored.failures(),
                Nanos.toInstant(stored.notBefore()),
                held(stored.held()));
    }

    /**
     * A reason of a newer version says nothing to this one; it only explains, it decides nothing.
     */
    private static Held held(String name) {
        return Arrays.stream(Held.values())
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(Held.NONE);
    }

    private static StoredLease toStored(Lease lease) {
        return new StoredLease(
                lease.runner().value(),
                toStored(lease.job()),
                lease.state().name(),
                Nanos.of(lease.since()),
                lease.runnerClass().equals(lease.job().runnerClass())
                        ? ""
                        : lease.runnerClass().value());
    }

    private static Lease fromStored(StoredLease stored) {
        WaitingJob job = fromStored(stored.job());
        return new Lease(
                new RunnerName(stored.runner()),
                stored.runnerClass().isEmpty()
                        ? job.runnerClass()
                        : new RunnerClassName(stored.runnerClass()),
                job,
                LeaseState.valueOf(stored.state()),
                Nanos.toInstant(stored.since()));
    }
}
