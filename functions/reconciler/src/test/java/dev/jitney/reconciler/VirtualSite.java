package dev.jitney.reconciler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jitney.cloudevents.OutgoingEvent;
import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClass;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.RunnerName;
import dev.jitney.core.event.EventTypes;
import dev.jitney.core.event.RunnerEvent;
import dev.jitney.core.ledger.Admission;
import dev.jitney.core.ledger.Backoff;
import dev.jitney.core.ledger.Completion;
import dev.jitney.core.ledger.LeaseState;
import dev.jitney.core.ledger.Leasing;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.core.ledger.WaitingJob;
import dev.jitney.core.reconcile.Patience;
import dev.jitney.core.reconcile.Reconciliation;
import dev.jitney.ghes.JobStatus;
import dev.jitney.ghes.WorkflowJob;
import dev.jitney.ledger.InMemoryBookmarks;
import dev.jitney.ledger.InMemoryGates;
import dev.jitney.ledger.InMemoryLedgers;
import dev.jitney.ledger.InMemoryLocks;
import dev.jitney.runner.Retirement;
import dev.jitney.runner.RunnerMaker;
import dev.jitney.runner.RunnerRetirement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * Everything around the reconciler on one virtual clock, in one thread: GitHub, pods, and the steps
 * of the other functions. Webhooks are lost as the test says.
 */
final class VirtualSite {
    static final Policy POLICY = new Policy(40, 5, List.of(RunnerClass.of("small", "small")));
    private static final RunnerClassName SMALL = new RunnerClassName("small");
    private static final Duration START_UP = Duration.ofSeconds(5);

    Instant now = Instant.parse("2026-03-02T09:00:00Z");
    final VirtualGhes ghes = new VirtualGhes(() -> now);
    final VirtualPods pods = new VirtualPods(() -> now);
    final InMemoryLedgers ledgers = InMemoryLedgers.opened();
    final InMemoryGates gates = new InMemoryGates();
    final InMemoryBookmarks bookmarks = new InMemoryBookmarks();
    final List<String> repairs = new ArrayList<>();

    /** Whether the webhook about a job as it is now is lost. */
    Predicate<VirtualGhes.Job> lost = _ -> false;

    /** Whether an event to the provisioner is lost, as if its retries had been spent. */
    Predicate<RunnerEvent> lostEvent = _ -> false;

    private final MissedEvents events = new MissedEvents(new ObjectMapper());
    private final RunnerMaker maker = new RunnerMaker(ghes, pods);
    private final RunnerRetirement retirement =
            new RunnerRetirement(ghes, pods, _ -> {}, Duration.ofSeconds(5));
    private final Admission admission =
            new Admission(ledgers, gates, POLICY, Backoff.STANDARD, () -> now, _ -> {});

    void arrives(long id, String organization, Duration length) {
        ghes.organizations.add(organization);
        var job = new VirtualGhes.Job(id, organization, now, length);
        ghes.jobs.put(id, job);
        webhook(job);
    }

    /** A second goes by. */
    void second() {
        now = now.plusSeconds(1);
        for (VirtualGhes.Job job : List.copyOf(ghes.jobs.values())) {
            if (job.status == JobStatus.IN_PROGRESS
                    && !now.isBefore(job.startedAt.plus(job.length))) {
                job.status = JobStatus.COMPLETED;
                ghes.registrations.remove(job.runner);
                Optional.ofNullable(pods.pods.get(job.runner)).ifPresent(pod -> pod.ended = true);
                webhook(job);
            }
        }
        assign();
    }

    private void assign() {
        for (String runner : List.copyOf(ghes.registrations.keySet())) {
            VirtualGhes.Registration registration = ghes.registrations.get(runner);
            VirtualPods.Pod pod = pods.pods.get(runner);
            if (registration == null || pod == null || pod.createdAt.plus(START_UP).isAfter(now)) {
                continue;
            }
            registration.online = true;
            if (!registration.busy) {
                ghes.oldestQueued(registration.organization)
                        .ifPresent(
                                job -> {
                                    registration.busy = true;
                                    job.status = JobStatus.IN_PROGRESS;
                                    job.startedAt = now;
                                    job.runner = runner;
                                    webhook(job);
                                });
            }
        }
    }

    private void webhook(VirtualGhes.Job job) {
        if (!lost.test(job)) {
            events.of(new Organization(job.organization), job.repository(), job.seen(), now)
                    .ifPresent(this::take);
        }
    }

    /** What admission and cleanup do with an event about a job. */
    private void take(OutgoingEvent event) {
        VirtualGhes.Job of = ghes.jobs.get(Long.parseLong(String.valueOf(event.subject())));
        if (of == null) {
            return;
        }
        Organization organization = new Organization(of.organization);
        WorkflowJob seen = of.seen();
        WaitingJob job =
                WaitingJob.first(new JobId(of.id), SMALL, of.repository(), seen.createdAt());
        Optional<RunnerName> runner = seen.runnerName().flatMap(RunnerName::parse);
        switch (event.type()) {
            case EventTypes.JOB_QUEUED -> send(admission.queued(organization, job));
            case EventTypes.JOB_IN_PROGRESS ->
                    runner.ifPresent(name -> send(admission.bound(organization, job, name)));
            case EventTypes.JOB_COMPLETED ->
                    completed(
                            organization,
                            ledgers.update(
                                    organization,
                                    ledger -> Completion.completed(ledger, job, runner, now)));
            default -> throw new AssertionError("nobody takes " + event);
        }
    }

    private void completed(Organization organization, Completion completion) {
        switch (completion) {
            case Completion.End(var lease) -> {
                if (retirement.end(lease.runner()) == Retirement.GONE) {
                    send(admission.released(organization, lease.runner(), "COMPLETED", now));
                }
            }
            case Completion.Retire(var lease) -> {
                if (retirement.exists(lease.runner())
                        && retirement.retire(organization, lease.runner()) == Retirement.GONE) {
                    send(admission.released(organization, lease.runner(), "NEVER_RAN", now));
                }
            }
            case Completion.TakenOver _, Completion.Nothing _ -> {}
        }
    }

    /** What the provisioner and admission do with an event about a runner. */
    private void send(List<? extends RunnerEvent> about) {
        for (RunnerEvent event : about) {
            if (lostEvent.test(event)) {
                continue;
            }
            switch (event) {
                case RunnerEvent.Requested requested -> make(requested);
                case RunnerEvent.Released released ->
                        send(
                                admission.released(
                                        released.org(),
                                        released.runnerName(),
                                        released.reason(),
                                        now));
                case RunnerEvent.Started _, RunnerEvent.Refused _ -> {}
            }
        }
    }

    private void make(RunnerEvent.Requested requested) {
        var lease = ledgers.read(requested.org()).lease(requested.runnerName());
        if (lease.isEmpty() || lease.get().state() != LeaseState.REQUESTED) {
            return;
        }
        maker.make(requested.org(), lease.get(), POLICY.classes().getFirst(), () -> {});
        ledgers.update(
                requested.org(), ledger -> Leasing.started(ledger, requested.runnerName(), now));
    }

    /** One tick of the reconciler, by a process of its own. */
    void tick(int calls, Executor executor) {
        var cursor = new Cursor(bookmarks);
        cursor.load();
        var sweep =
                new Sweep(
                        ghes,
                        ledgers,
                        POLICY,
                        events,
                        Duration.ofSeconds(20),
                        decision -> repairs.add(decision.reason()));
        var ages =
                new JobCheck.Ages(
                        Duration.ofSeconds(45),
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(10));
        var adoptions = new Adoptions(ledgers, pods, new LiveRunners(ghes, pods));
        new Tick(
                        ledgers,
                        gates,
                        pods,
                        new Recount(
                                ledgers,
                                pods,
                                adoptions,
                                new InParallel(executor),
                                Duration.ofMinutes(1),
                                _ -> {}),
                        new Reconciliation(POLICY, Patience.STANDARD),
                        new Repairs(
                                ledgers,
                                new InMemoryLocks(() -> now),
                                gates,
                                () -> admission,
                                retirement,
                                adoptions,
                                _ -> {},
                                () -> now,
                                decision -> repairs.add(decision.reason())),
                        new JobCheck(
                                ghes,
                                ledgers,
                                events,
                                ages,
                                decision -> repairs.add(decision.reason())),
                        sweep,
                        cursor,
                        new InParallel(executor),
                        Optional.empty())
                .run(now, new CallBudget(calls), () -> false, outbox());
        cursor.save();
    }

    private Tick.Outbox outbox() {
        return new Tick.Outbox() {
            @Override
            public void runners(List<? extends RunnerEvent> found) {
                send(found);
            }

            @Override
            public void jobs(List<OutgoingEvent> found) {
                found.forEach(VirtualSite.this::take);
            }
        };
    }

    void assertLimits() {
        var cluster = ledgers.readCluster();
        assertTrue(cluster.places().size() <= POLICY.capacity(), "places of the cluster");
        for (OrgLedger ledger : ledgers.readAll()) {
            int leases = ledger.leases().size();
            assertTrue(leases <= POLICY.organizationLimit(), () -> ledger + " is over its limit");
            long own =
                    pods.pods.values().stream()
                            .filter(pod -> !pod.ended)
                            .filter(
                                    pod ->
                                            pod.spec
                                                    .organization()
                                                    .equals(ledger.organization().login()))
                            .count();
            assertTrue(own <= leases, () -> own + " pods, and leases " + ledger.leases());
        }
    }

    void assertNothingLeft() {
        assertEquals(List.of(), List.copyOf(pods.pods.keySet()), "pods");
        assertEquals(List.of(), List.copyOf(ghes.registrations.keySet()), "registrations");
        assertEquals(0, ledgers.readCluster().places().size(), "places");
        for (OrgLedger ledger : ledgers.readAll()) {
            assertTrue(ledger.isIdle(), ledger::toString);
        }
    }

    boolean isOver() {
        return ghes.jobs.values().stream().allMatch(job -> job.status == JobStatus.COMPLETED);
    }
}
