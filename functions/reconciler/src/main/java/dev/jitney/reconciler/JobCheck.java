package dev.jitney.reconciler;

import dev.jitney.cloudevents.OutgoingEvent;
import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.ledger.Decision;
import dev.jitney.core.ledger.Lease;
import dev.jitney.core.ledger.LeaseState;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.core.ledger.WaitingJob;
import dev.jitney.core.reconcile.IdleRunner;
import dev.jitney.core.reconcile.Reason;
import dev.jitney.core.reconcile.Repair;
import dev.jitney.ghes.Ghes;
import dev.jitney.ghes.JobStatus;
import dev.jitney.ghes.WorkflowJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Asks GitHub about jobs that we believe to be waiting: their events may have been lost. */
public final class JobCheck {
    /** GitHub fails a job that nobody took for a day; it may look only once a day. */
    private static final Duration QUEUED_LONGEST = Duration.ofDays(2);

    private final Ghes ghes;
    private final Ledgers ledgers;
    private final MissedEvents missed;
    private final Ages ages;
    private final Consumer<Decision> decisions;

    /**
     * From which ages on something is wrong.
     *
     * @param doubted of a job: the events about a younger one may still be on their way
     * @param unknown of a job: GitHub answers 404 about a younger one for a moment
     * @param offline of a runner: one that GitHub has not seen by then never comes online
     * @param idle of a runner: one that GitHub sees and gives no job by then never gets one
     * @param busy of a runner's job: the event about its end may have been lost
     */
    public record Ages(
            Duration doubted, Duration unknown, Duration offline, Duration idle, Duration busy) {}

    public JobCheck(
            Ghes ghes,
            Ledgers ledgers,
            MissedEvents missed,
            Ages ages,
            Consumer<Decision> decisions) {
        this.ages = ages;
        this.ghes = ghes;
        this.ledgers = ledgers;
        this.missed = missed;
        this.decisions = decisions;
    }

    /**
     * A job to ask about.
     *
     * @param lease that waits for it, if any
     * @param gated whether it waits at a deployment gate
     */
    public record Doubt(
            Organization organization, WaitingJob job, Optional<Lease> lease, boolean gated) {

        /** It is one of the many that stand in the backlog. */
        boolean waits() {
            return lease.isEmpty() && !gated;
        }
    }

    /** The jobs worth asking about, in the order of organizations and ages. */
    public List<Doubt> doubts(List<OrgLedger> ledgers, Instant now) {
        Instant settled = now.minus(ages.doubted());
        List<Doubt> doubts = new ArrayList<>();
        for (OrgLedger ledger : ledgers) {
            Organization organization = ledger.organization();
            for (WaitingJob job : ledger.backlog()) {
                if (job.createdAt().isBefore(settled)) {
                    doubts.add(new Doubt(organization, job, Optional.empty(), false));
                }
            }
            for (WaitingJob job : ledger.gated().values()) {
                doubts.add(new Doubt(organization, job, Optional.empty(), true));
            }
            for (Lease lease : ledger.leases().values()) {
                if (isDoubted(lease, now)) {
                    doubts.add(new Doubt(organization, lease.job(), Optional.of(lease), false));
                }
            }
        }
        return doubts;
    }

    private boolean isDoubted(Lease lease, Instant now) {
        return switch (lease.state()) {
            case STARTED -> lease.since().isBefore(now.minus(ages.doubted()));
            case BUSY -> lease.since().isBefore(now.minus(ages.busy()));
            case REQUESTED, ENDING, RETIRING -> false;
        };
    }

    /**
     * What is to be done about a doubt.
     *
     * @param event that was missed
     * @param repair of a runner that its job has waited for long enough
     */
    public record Answer(Optional<OutgoingEvent> event, Optional<Repair> repair) {
        static final Answer AS_BELIEVED = new Answer(Optional.empty(), Optional.empty());

        static Answer missed(Optional<OutgoingEvent> event) {
            return new Answer(event, Optional.empty());
        }
    }

    /**
     * Asks about one job, with one call to GitHub that the caller has taken.
     *
     * @param budget is charged for a second one, about what seems to be gone or idle
     */
    public Answer ask(Doubt doubt, CallBudget budget, Instant now) {
        JobId id = doubt.job().id();
        Optional<WorkflowJob> found = ghes.job(doubt.job().repository(), id.value());
        if (found.isEmpty()) {
            return unknown(doubt, budget, now);
        }
        WorkflowJob job = found.get();
        boolean gated = ledgers.read(doubt.organization()).gated().containsKey(id);
        if (isAsBelieved(doubt, job.status(), gated)) {
            return job.status() == JobStatus.QUEUED
                    ? new Answer(Optional.empty(), giveUpIfIdle(doubt, budget, now))
                    : Answer.AS_BELIEVED;
        }
        reason(job.status()).ifPresent(reason -> decisions.accept(decision(doubt, reason)));
        return Answer.missed(missed.of(doubt.organization(), doubt.job().repository(), job, now));
    }

    /**
     * GitHub answers 404 about a job that was deleted, and about one that our credentials may not
     * read any more: so a runner at work is left at work while it is registered, and a job that
     * waits keeps waiting for as long as GitHub itself lets it.
     */
    private Answer unknown(Doubt doubt, CallBudget budget, Instant now) {
        if (!doubt.job().createdAt().isBefore(now.minus(ages.unknown()))) {
            return Answer.AS_BELIEVED;
        }
        if (isGone(doubt, budget, now)) {
            return Answer.missed(
                    missed.of(doubt.organization(), doubt.job().repository(), gone(doubt), now));
        }
        decisions.accept(decision(doubt, Reason.JOB_UNREADABLE));
        return new Answer(Optional.empty(), giveUpIfIdle(doubt, budget, now));
    }

    private boolean isGone(Doubt doubt, CallBudget budget, Instant now) {
        Optional<Lease> busy = doubt.lease().filter(each -> each.state() == LeaseState.BUSY);
        if (busy.isPresent()) {
            return registration(doubt, busy.get(), budget) == IdleRunner.Registration.ABSENT;
        }
        boolean expired = doubt.job().createdAt().isBefore(now.minus(QUEUED_LONGEST));
        return expired || isShown(doubt, budget);
    }

    private boolean isShown(Doubt doubt, CallBudget budget) {
        budget.charge(1);
        return ghes.shows(doubt.job().repository());
    }

    private static boolean isAsBelieved(Doubt doubt, JobStatus status, boolean gated) {
        boolean busy = doubt.lease().filter(lease -> lease.state() == LeaseState.BUSY).isPresent();
        return switch (status) {
            case QUEUED -> !gated;
            case WAITING -> gated;
            case IN_PROGRESS -> busy;
            case COMPLETED, REQUESTED, PENDING, UNKNOWN -> false;
        };
    }

    private static Optional<Reason> reason(JobStatus status) {
        return switch (status) {
            case QUEUED -> Optional.of(Reason.MISSED_QUEUED);
            case WAITING -> Optional.of(Reason.MISSED_WAITING);
            case IN_PROGRESS -> Optional.of(Reason.MISSED_IN_PROGRESS);
            case COMPLETED -> Optional.of(Reason.MISSED_COMPLETED);
            case REQUESTED, PENDING, UNKNOWN -> Optional.empty();
        };
    }

    /** One more call, about a runner that has had time enough. */
    private Optional<Repair> giveUpIfIdle(Doubt doubt, CallBudget budget, Instant now) {
        Optional<Lease> started = doubt.lease().filter(each -> each.state() == LeaseState.STARTED);
        if (started.isEmpty()) {
            return Optional.empty();
        }
        Lease lease = started.get();
        Duration age = Duration.between(lease.since(), now);
        if (age.compareTo(ages.offline()) <= 0 && age.compareTo(ages.idle()) <= 0) {
            return Optional.empty();
        }
        return IdleRunner.giveUp(
                        registration(doubt, lease, budget), age, ages.offline(), ages.idle())
                .map(reason -> new Repair.GiveUp(doubt.organization(), lease, reason));
    }

    private IdleRunner.Registration registration(Doubt doubt, Lease lease, CallBudget budget) {
        budget.charge(1);
        return ghes.runnerNamed(doubt.organization().login(), lease.runner().value())
                .map(
                        runner -> {
                            if (runner.busy()) {
                                return IdleRunner.Registration.BUSY;
                            }
                            return runner.online()
                                    ? IdleRunner.Registration.ONLINE
                                    : IdleRunner.Registration.OFFLINE;
                        })
                .orElse(IdleRunner.Registration.ABSENT);
    }

    private static Decision decision(Doubt doubt, Reason reason) {
        String runner = doubt.lease().map(lease -> lease.runner().value()).orElse("");
        return Found.of(reason, doubt.organization(), doubt.job().id().value(), runner);
    }

    /** GitHub does not know the job any more: as good as cancelled. */
    private static WorkflowJob gone(Doubt doubt) {
        return new WorkflowJob(
                doubt.job().id().value(),
                0,
                "",
                JobStatus.COMPLETED,
                Optional.of("cancelled"),
                List.of(),
                OptionalLong.empty(),
                Optional.empty(),
                doubt.job().createdAt());
    }
}
