package dev.jitney.ledger;

import dev.jitney.core.Boost;
import dev.jitney.core.Held;
import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.OrganizationPattern;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClass;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.ledger.Adoption;
import dev.jitney.core.ledger.ClusterLedger;
import dev.jitney.core.ledger.JobQueued;
import dev.jitney.core.ledger.Lease;
import dev.jitney.core.ledger.LeaseState;
import dev.jitney.core.ledger.Leasing;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.ledger.Ledgers.TurnTaken;
import dev.jitney.core.ledger.LineEntry;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.core.ledger.Place;
import dev.jitney.core.ledger.Standing;
import dev.jitney.core.ledger.Turn;
import dev.jitney.core.ledger.WaitingJob;
import dev.jitney.core.policy.AuditEntry;
import dev.jitney.core.policy.PolicyDocument;
import dev.jitney.core.policy.PolicySettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Ledgers and steps that the tests share. */
public final class Samples {
    public static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123456789Z");
    public static final RunnerClassName CODE = new RunnerClassName("code-linux");
    static final int LIMIT = 10;
    static final int CAPACITY = 20;
    static final Policy POLICY =
            new Policy(CAPACITY, LIMIT, List.of(RunnerClass.of("code-linux", "code-linux")));

    private Samples() {}

    public static Organization org(int number) {
        return new Organization("org-" + number);
    }

    public static WaitingJob job(long id) {
        return WaitingJob.first(
                new JobId(id), CODE, "org-1/repository-of-usual-length", NOW.plusNanos(id));
    }

    static Place place(Organization organization, long job) {
        return new Place(job(job).runner(), organization, CODE, new JobId(job), NOW);
    }

    /** Queues a job and takes it as far as it gets, as the functions do. */
    static void submit(Ledgers ledgers, Organization organization, long id) {
        ledgers.update(organization, ledger -> JobQueued.queued(ledger, job(id), NOW));
        for (Place place : turn(ledgers, organization).granted()) {
            ledgers.update(
                    place.organization(), ledger -> Leasing.granted(ledger, place, LIMIT, NOW));
        }
    }

    static TurnTaken turn(Ledgers ledgers, Organization organization) {
        OrgLedger ledger = ledgers.read(organization);
        Standing standing = new Standing(ledger.revision(), ledger.line(LIMIT, NOW));
        Turn turn = Turn.of(Optional.empty(), organization, standing);
        return ledgers.update(cluster -> turn.take(cluster, POLICY, NOW));
    }

    /** Something of everything, with times of all precisions. */
    public static OrgLedger orgLedger() {
        WaitingJob held =
                new WaitingJob(
                        new JobId(72_033_123_456L),
                        CODE,
                        "org-1/r\u00e9po",
                        Instant.parse("2026-11-22T10:00:00Z"),
                        2,
                        1,
                        NOW.plusSeconds(10),
                        Held.GHES_ERROR);
        Map<dev.jitney.core.RunnerName, Lease> leases = new LinkedHashMap<>();
        long id = 20;
        for (LeaseState state : LeaseState.values()) {
            Lease lease = new Lease(job(id).runner(), job(id), state, NOW.minusMillis(id));
            leases.put(lease.runner(), lease);
            id--;
        }
        return new OrgLedger(
                org(1),
                42,
                List.of(held, job(7)),
                leases,
                Map.of(new JobId(9), job(9)),
                Map.of(new JobId(3), Instant.EPOCH.minusNanos(1)));
    }

    public static ClusterLedger clusterLedger() {
        Place first = place(org(2), 5);
        Place second = place(org(1), 4);
        Map<dev.jitney.core.RunnerName, Place> places = new LinkedHashMap<>();
        places.put(first.runner(), first);
        places.put(second.runner(), second);
        return new ClusterLedger(
                7, places, Map.of(org(3), new Standing(6, List.of(entry(8), entry(9)))));
    }

    static LineEntry entry(long id) {
        WaitingJob job = job(id);
        return new LineEntry(job.id(), job.runnerClass(), job.createdAt(), job.runner());
    }

    public static OrgLedger largeOrgLedger(int jobs) {
        List<WaitingJob> backlog = new ArrayList<>();
        Map<JobId, Instant> finished = new LinkedHashMap<>();
        for (int i = 1; i <= jobs; i++) {
            backlog.add(job(72_000_000_000L + i));
            finished.put(new JobId(71_000_000_000L + i), NOW);
        }
        return new OrgLedger(org(1), 1, backlog, Map.of(), Map.of(), finished);
    }

    public static ClusterLedger largeClusterLedger(int taken, int waiting) {
        Map<dev.jitney.core.RunnerName, Place> places = new LinkedHashMap<>();
        for (int i = 1; i <= taken; i++) {
            Place place = place(org(i), 72_000_000_000L + i);
            places.put(place.runner(), place);
        }
        Map<Organization, Standing> line = new LinkedHashMap<>();
        for (int i = 1; i <= waiting / 2; i++) {
            long id = 73_000_000_000L + 2L * i;
            line.put(org(i), new Standing(1, List.of(entry(id), entry(id + 1))));
        }
        return new ClusterLedger(1, places, line);
    }

    /** The same ledgers, ready to grant: a store without a record grants nothing. */
    static <T extends Ledgers> T opened(T ledgers) {
        ledgers.change(ledger -> Adoption.opened(ledger, List.of()));
        return ledgers;
    }

    /** A policy that says something about everything. */
    public static PolicyDocument policy() {
        var settings =
                new PolicySettings(
                        OptionalInt.of(300),
                        OptionalInt.of(0),
                        Map.of(new RunnerClassName("gpu"), 4),
                        Map.of(org(1), 25, org(2), 0),
                        List.of(new OrganizationPattern("org-*")),
                        List.of(new OrganizationPattern("org-9")),
                        List.of(new OrganizationPattern("org-3"), new OrganizationPattern("*-old")),
                        List.of(new RunnerClassName("code-linux")));
        return new PolicyDocument(
                7,
                true,
                settings,
                OptionalInt.of(190),
                true,
                Map.of(org(4), new Boost(40, NOW.plusSeconds(3600))),
                List.of(
                        new AuditEntry(7, "b", "alice", NOW, "drain", ""),
                        new AuditEntry(
                                6, "a", "bob", NOW.minusSeconds(1), "capacity 300", "more")));
    }
}
