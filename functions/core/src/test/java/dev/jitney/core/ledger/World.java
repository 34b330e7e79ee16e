package dev.jitney.core.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.core.Held;
import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClass;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.RunnerName;
import dev.jitney.core.event.RunnerEvent.Requested;
import dev.jitney.core.reconcile.Patience;
import dev.jitney.core.reconcile.Reconciliation;
import dev.jitney.core.reconcile.Repair;
import dev.jitney.core.reconcile.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * GitHub, the provisioner and the cleanup in small: it makes the events that admission gets, in any
 * order and as often as it likes, and knows on its own what is true.
 */
final class World {
    private static final int ORGANIZATIONS = 4;

    /** Even few organizations stand further back, so that every second world knows of it. */
    private static final LineBounds SHORT_FRONT = new LineBounds(3, 2, 1);

    private static final Policy POLICY =
            new Policy(
                    5,
                    3,
                    List.of(
                            RunnerClass.of("small", "small"),
                            RunnerClass.of("large", "large").withLimit(2)));

    final MapLedgers ledgers = new MapLedgers();
    final CountingGates gates = new CountingGates();
    final List<Decision> decisions = new ArrayList<>();
    private final Random random;
    private final LineBounds bounds;
    private final List<Runnable> past = new ArrayList<>();
    private final Map<JobId, WaitingJob> queued = new TreeMap<>();
    private final Map<JobId, Organization> organizationOf = new HashMap<>();
    private final Map<JobId, RunnerName> running = new TreeMap<>();
    private final Set<RunnerName> pods = new HashSet<>();
    private final Set<RunnerName> used = new HashSet<>();
    private final Map<RunnerName, Organization> requested = new TreeMap<>();
    private Policy policy = POLICY;
    private Instant now = Instant.parse("2026-03-02T09:00:00Z");
    private long lastJob = 100;
    boolean stepsAreCutOff;

    World(long seed) {
        random = new Random(seed);
        bounds = seed % 2 == 0 ? LineBounds.STANDARD : SHORT_FRONT;
    }

    /** With the policy of this moment, as a function asks for it with each event. */
    private Admission admission() {
        return new Admission(
                ledgers, gates, policy, bounds, Backoff.STANDARD, () -> now, decisions::add);
    }

    void step(int choice) {
        now = now.plusMillis(500);
        Taken before = taken();
        switch (choice) {
            case 0, 1, 2, 3 -> newJob();
            case 4, 5 -> startRunners();
            case 6 -> runSomething();
            case 7 -> finishSomething();
            case 8 -> release();
            case 9 -> cancelSomething();
            case 10 -> repeatSomethingOld();
            case 11 -> refuseSomething();
            case 12 -> gateSomething();
            case 13 -> now = now.plusSeconds(30);
            default -> changePolicy();
        }
        check(before);
    }

    /** Operators change their mind, and the reconciler is told. */
    private void changePolicy() {
        policy = RandomPolicy.of(random, policy, now);
        deliver(this::serveTheLine);
    }

    private void serveTheLine() {
        var snapshot =
                new Snapshot(
                        now,
                        ledgers.readCluster(),
                        ledgers.readAll(),
                        List.of(),
                        Map.of(),
                        ledgers.furtherBack(ledgers.readCluster()));
        for (Repair repair : new Reconciliation(policy, Patience.STANDARD).lineRepairs(snapshot)) {
            switch (repair) {
                case Repair.StandAgain(var organization) ->
                        take(admission().standAgain(organization));
                case Repair.ServeLine(var organization) ->
                        take(admission().standAgain(organization));
                default -> {}
            }
        }
    }

    /** Delivers an event until it is taken, as the broker does. */
    private void deliver(Runnable event) {
        past.add(event);
        for (int attempt = 0; ; attempt++) {
            try {
                event.run();
                return;
            } catch (LedgerUnavailable e) {
                assertTrue(attempt < 1000, "never taken");
            }
        }
    }

    private void take(List<Requested> events) {
        for (Requested event : events) {
            requested.put(event.runnerName(), event.org());
        }
    }

    private void newJob() {
        Organization organization = new Organization("org" + random.nextInt(ORGANIZATIONS));
        lastJob++;
        var runnerClass = POLICY.classes().get(random.nextInt(4) == 0 ? 1 : 0).name();
        // Webhooks come late: a job may be older than those already known.
        Instant created = now.minusMillis(random.nextInt(3000));
        WaitingJob job =
                WaitingJob.first(new JobId(lastJob), runnerClass, organization + "/r", created);
        queued.put(job.id(), job);
        organizationOf.put(job.id(), organization);
        deliver(() -> queued(organization, job));
    }

    private void queued(Organization organization, WaitingJob job) {
        if (policy.admits(organization)) {
            take(admission().queued(organization, job));
        }
    }

    /** The provisioner: asks for no lease, makes no pod; has a lease, makes one pod. */
    private void startRunners() {
        for (var entry : List.copyOf(requested.entrySet())) {
            Optional<Lease> lease = ledgers.read(entry.getValue()).lease(entry.getKey());
            requested.remove(entry.getKey());
            if (lease.isPresent() && lease.get().state() == LeaseState.REQUESTED) {
                pods.add(entry.getKey());
                deliver(() -> started(entry.getValue(), entry.getKey()));
            }
        }
    }

    private void started(Organization organization, RunnerName runner) {
        ledgers.update(organization, ledger -> Leasing.started(ledger, runner, now));
    }

    /**
     * GitHub gives any idle runner any queued job of its organization whose labels it has; a large
     * runner has those of a small one.
     */
    private void runSomething() {
        for (RunnerName runner : sorted(pods)) {
            if (used.contains(runner)) {
                continue;
            }
            List<WaitingJob> fitting =
                    queued.values().stream()
                            .filter(job -> mayRun(runner, job))
                            .filter(job -> sameOrganization(job, runner))
                            .toList();
            if (!fitting.isEmpty()) {
                run(fitting.get(random.nextInt(fitting.size())), runner);
                return;
            }
        }
    }

    private static boolean mayRun(RunnerName runner, WaitingJob job) {
        return runner.value().startsWith(job.runnerClass().value())
                || runner.value().startsWith("large");
    }

    private boolean sameOrganization(WaitingJob job, RunnerName runner) {
        return ledgers.read(organization(job.id())).lease(runner).isPresent();
    }

    private void run(WaitingJob job, RunnerName runner) {
        queued.remove(job.id());
        used.add(runner);
        running.put(job.id(), runner);
        if (random.nextInt(4) > 0) { // else the event is lost
            deliver(() -> take(admission().bound(organization(job.id()), job, runner)));
        }
    }

    private void finishSomething() {
        running.entrySet().stream().findFirst().ifPresent(e -> finish(e.getKey(), e.getValue()));
    }

    private void finish(JobId job, RunnerName runner) {
        running.remove(job);
        deliver(() -> completed(job, Optional.of(runner)));
    }

    private void completed(JobId job, Optional<RunnerName> runner) {
        WaitingJob described =
                WaitingJob.first(job, POLICY.classes().getFirst().name(), "r", Instant.EPOCH);
        ledgers.update(
                organization(job), ledger -> Completion.completed(ledger, described, runner, now));
    }

    private void cancelSomething() {
        List<JobId> ids = List.copyOf(queued.keySet());
        if (!ids.isEmpty()) {
            JobId job = ids.get(random.nextInt(ids.size()));
            queued.remove(job);
            deliver(() -> completed(job, Optional.empty()));
        }
    }

    private void gateSomething() {
        List<WaitingJob> jobs = List.copyOf(queued.values());
        if (!jobs.isEmpty()) {
            WaitingJob job = jobs.get(random.nextInt(jobs.size()));
            Organization organization = organization(job.id());
            deliver(() -> take(admission().gated(organization, job.id())));
            deliver(() -> queued(organization, job));
        }
    }

    private void refuseSomething() {
        List<RunnerName> asked = List.copyOf(requested.keySet());
        if (!asked.isEmpty()) {
            RunnerName runner = asked.get(random.nextInt(asked.size()));
            Organization organization = Optional.ofNullable(requested.remove(runner)).orElseThrow();
            Instant told = now;
            deliver(() -> take(admission().refused(organization, runner, Held.GHES_ERROR, told)));
        }
    }

    private void repeatSomethingOld() {
        if (!past.isEmpty()) {
            deliver(past.get(random.nextInt(past.size())));
        }
    }

    /** The cleanup: what is leaving ends its pod first, then gives its place back. */
    private void release() {
        for (OrgLedger ledger : ledgers.readAll()) {
            for (Lease lease : ledger.leases().values()) {
                boolean hasPod = pods.contains(lease.runner());
                if (lease.state() == LeaseState.RETIRING && used.contains(lease.runner())) {
                    deliver(() -> keep(ledger.organization(), lease.runner()));
                } else if (lease.state().isLeaving()) {
                    if (hasPod || !requested.containsKey(lease.runner())) {
                        pods.remove(lease.runner());
                        requested.remove(lease.runner());
                        Organization organization = ledger.organization();
                        RunnerName runner = lease.runner();
                        Instant told = now;
                        deliver(
                                () ->
                                        take(
                                                admission()
                                                        .released(
                                                                organization,
                                                                runner,
                                                                "ENDED",
                                                                told)));
                    }
                }
            }
        }
    }

    private void keep(Organization organization, RunnerName runner) {
        ledgers.update(organization, ledger -> Leasing.kept(ledger, runner, now));
    }

    private Organization organization(JobId job) {
        return Optional.ofNullable(organizationOf.get(job)).orElseThrow();
    }

    private static List<RunnerName> sorted(Set<RunnerName> names) {
        return names.stream().sorted().toList();
    }

    /** The leases and places that were there before a step. */
    private record Taken(Set<RunnerName> leases, Set<RunnerName> places) {}

    private Taken taken() {
        Set<RunnerName> leases = new HashSet<>();
        ledgers.readAll().forEach(ledger -> leases.addAll(ledger.leases().keySet()));
        return new Taken(leases, ledgers.readCluster().places().keySet());
    }

    private void check(Taken before) {
        ClusterLedger cluster = ledgers.readCluster();
        Set<RunnerName> leased = new HashSet<>();
        for (OrgLedger ledger : ledgers.readAll()) {
            leased.addAll(ledger.leases().keySet());
            checkOnePlace(ledger);
        }
        checkLimits(before, cluster);
        checkClasses(cluster);
        assertTrue(cluster.places().keySet().containsAll(leased), "a lease without a place");
        assertTrue(leased.containsAll(pods), "a pod without a lease");
        if (!stepsAreCutOff) {
            assertEquals(leased, cluster.places().keySet(), "a place without a lease");
            checkWorkConserving(cluster);
        }
    }

    /** What was there may stay above a limit that was lowered; nothing may be added to it. */
    private void checkLimits(Taken before, ClusterLedger cluster) {
        for (OrgLedger ledger : ledgers.readAll()) {
            if (!before.leases().containsAll(ledger.leases().keySet())) {
                int limit = policy.limitOf(ledger.organization(), now);
                assertTrue(ledger.leases().size() <= limit, "limit of " + ledger.organization());
            }
        }
        for (Place added : cluster.places().values()) {
            if (!before.places().contains(added.runner())) {
                checkPlace(added, cluster);
            }
        }
    }

    /** Whatever jobs runners take, they are what they were made as, and count as that. */
    private void checkClasses(ClusterLedger cluster) {
        for (OrgLedger ledger : ledgers.readAll()) {
            for (Lease lease : ledger.leases().values()) {
                RunnerClassName runnerClass = lease.runnerClass();
                assertTrue(lease.runner().value().startsWith(runnerClass.value()), "" + lease);
                Place place = cluster.places().get(lease.runner());
                assertTrue(place == null || place.runnerClass().equals(runnerClass), "" + place);
                if (lease.state().isIdle()) {
                    assertTrue(lease.fits(lease.job()), "a job that it may never get: " + lease);
                }
            }
        }
    }

    private void checkPlace(Place added, ClusterLedger cluster) {
        Organization organization = added.organization();
        RunnerClassName runnerClass = added.runnerClass();
        assertTrue(cluster.places().size() <= policy.openCapacity(), "capacity");
        assertTrue(cluster.placesOf(organization) <= policy.limitOf(organization, now), "places");
        assertTrue(cluster.placesOf(runnerClass) <= policy.limitOf(runnerClass), "class limit");
    }

    private static void checkOnePlace(OrgLedger ledger) {
        Set<JobId> backlog = new HashSet<>();
        WaitingJob previous = null;
        for (WaitingJob job : ledger.backlog()) {
            assertTrue(previous == null || previous.compareTo(job) < 0, "backlog out of order");
            previous = job;
            assertTrue(backlog.add(job.id()), "twice in the backlog: " + job.id());
            assertFalse(ledger.isFinished(job.id()), "finished and waiting: " + job.id());
            assertFalse(ledger.gated().containsKey(job.id()), "gated and waiting: " + job.id());
            assertTrue(ledger.leaseServing(job.id()).isEmpty(), "leased and waiting: " + job.id());
        }
        for (JobId job : ledger.gated().keySet()) {
            assertFalse(ledger.isFinished(job), "finished and gated: " + job);
        }
    }

    /** No job that may have a runner waits while a place is free. */
    private void checkWorkConserving(ClusterLedger cluster) {
        if (cluster.places().size() < policy.openCapacity()) {
            for (OrgLedger ledger : ledgers.readAll()) {
                // While a runner leaves, its release is on its way and serves the line again.
                boolean leaving =
                        ledger.leases().values().stream()
                                .anyMatch(lease -> lease.state().isLeaving());
                int limit = leaving ? 0 : policy.limitOf(ledger.organization(), now);
                for (LineEntry entry : ledger.line(limit, now)) {
                    boolean classFull =
                            cluster.placesOf(entry.runnerClass())
                                    >= policy.limitOf(entry.runnerClass());
                    // A job whose backoff ended stands in line again with the next event.
                    boolean inBackoff = ledger.waiting(entry.job()).orElseThrow().failures() > 0;
                    assertTrue(classFull || inBackoff, "waits though a place is free: " + entry);
                }
            }
        }
    }

    /** Faults stop, jobs end: nothing may be left, and every job must have had its turn. */
    void settle() {
        ledgers.failing(() -> false, () -> false);
        policy = POLICY;
        for (int i = 0; i < 2000 && !isQuiet(); i++) {
            now = now.plus(Duration.ofSeconds(20));
            Taken before = taken();
            startRunners();
            runSomething();
            finishSomething();
            release();
            repair();
            check(before);
        }
        assertEquals(Map.of(), queued, () -> "jobs that never ran: " + ledgers.readAll());
        assertEquals(Map.of(), ledgers.readCluster().places(), "places left");
        assertEquals(Set.of(), pods, "pods left");
        ledgers.readAll().forEach(ledger -> assertEquals(Map.of(), ledger.leases()));
        if (stepsAreCutOff) {
            setCountersRight();
        }
        gates.values().forEach((name, value) -> assertEquals(0, value, name));
    }

    /** What the reconciler does about counters whose step was cut off. */
    private void setCountersRight() {
        gates.values().replaceAll((_, _) -> 0);
    }

    /** What the reconciler does about a job GitHub still has, and about idle runners. */
    private void repair() {
        for (WaitingJob job : List.copyOf(queued.values())) {
            deliver(() -> queued(organization(job.id()), job));
        }
        for (Place place : List.copyOf(ledgers.readCluster().places().values())) {
            deliver(() -> take(admission().confirmAgain(place)));
        }
        for (OrgLedger ledger : ledgers.readAll()) {
            ledger.leases().values().stream()
                    .filter(lease -> lease.state() == LeaseState.STARTED)
                    .filter(lease -> !used.contains(lease.runner()))
                    .filter(lease -> !queued.containsKey(lease.job().id()))
                    .forEach(lease -> abandon(ledger.organization(), lease.runner()));
            for (WaitingJob job : ledger.backlog()) {
                if (!queued.containsKey(job.id())) {
                    deliver(() -> completed(job.id(), Optional.empty()));
                }
            }
            deliver(() -> take(admission().standAgain(ledger.organization())));
        }
    }

    private void abandon(Organization organization, RunnerName runner) {
        ledgers.update(organization, ledger -> Leasing.abandoned(ledger, runner, now));
    }

    private boolean isQuiet() {
        return queued.isEmpty()
                && running.isEmpty()
                && pods.isEmpty()
                && ledgers.readCluster().places().isEmpty()
                && ledgers.readAll().stream().allMatch(OrgLedger::isIdle);
    }
}
