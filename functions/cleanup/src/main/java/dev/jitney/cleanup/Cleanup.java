package dev.jitney.cleanup;

import dev.jitney.cloudevents.GithubJob;
import dev.jitney.cloudevents.InProgressElsewhere;
import dev.jitney.cloudevents.TryAgain;
import dev.jitney.core.Held;
import dev.jitney.core.Organization;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClass;
import dev.jitney.core.RunnerName;
import dev.jitney.core.event.RunnerEvent;
import dev.jitney.core.event.RunnerEvent.Requested;
import dev.jitney.core.ledger.Backoff;
import dev.jitney.core.ledger.Completion;
import dev.jitney.core.ledger.Decision;
import dev.jitney.core.ledger.Decision.Kind;
import dev.jitney.core.ledger.Lease;
import dev.jitney.core.ledger.Leasing;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.ledger.Step;
import dev.jitney.core.ledger.WaitingJob;
import dev.jitney.ledger.Locks;
import dev.jitney.runner.Retirement;
import dev.jitney.runner.RunnerRetirement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A job has ended, or a runner could not be made: takes back what is there, and only then says that
 * the place is free.
 */
final class Cleanup {
    /** Longer than taking back takes; the next attempt waits for no longer when a process died. */
    private static final Duration LOCK_LIFE = Duration.ofSeconds(40);

    private final Ledgers ledgers;
    private final Locks locks;
    private final RunnerRetirement retirement;
    private final Policy policy;
    private final InstantSource clock;
    private final Consumer<Decision> decisions;

    Cleanup(
            Ledgers ledgers,
            Locks locks,
            RunnerRetirement retirement,
            Policy policy,
            InstantSource clock,
            Consumer<Decision> decisions) {
        this.ledgers = ledgers;
        this.locks = locks;
        this.retirement = retirement;
        this.policy = policy;
        this.clock = clock;
        this.decisions = decisions;
    }

    /**
     * A job has ended. Idempotent, also when pod, registration or lease are gone already. The
     * webhook of a whole server tells of jobs that are none of ours: nothing is written about them.
     *
     * @return {@code released}, once the pod has ended; empty when no runner of ours is concerned
     * @throws TryAgain while the pod is still ending; the broker delivers again
     */
    Optional<RunnerEvent> completed(GithubJob job) {
        Instant now = clock.instant();
        Optional<RunnerClass> runnerClass = job.classIn(policy);
        WaitingJob described = job.waiting(runnerClass.orElseGet(this::anyClass));
        boolean serves = runnerClass.isPresent() && policy.admits(job.organization());
        Completion completion =
                ledgers.update(
                        job.organization(),
                        ledger ->
                                serves || ledger.knows(job.id(), job.runner())
                                        ? Completion.completed(ledger, described, job.runner(), now)
                                        : new Step<>(ledger, new Completion.Nothing()));
        return switch (completion) {
            case Completion.End(Lease lease) -> {
                decide(Kind.COMPLETED, job, lease.runner().value(), "");
                yield exclusively(
                        lease.runner(), () -> Optional.of(end(job.organization(), lease)));
            }
            case Completion.Retire(Lease lease) -> {
                decide(Kind.COMPLETED, job, lease.runner().value(), "NEVER_RAN");
                yield exclusively(lease.runner(), () -> retire(job.organization(), lease));
            }
            case Completion.TakenOver(Lease lease) -> {
                decide(Kind.COMPLETED, job, lease.runner().value(), "TAKEN_OVER");
                yield Optional.empty();
            }
            case Completion.Nothing() -> {
                decide(Kind.COMPLETED, job, "", "NO_RUNNER");
                yield Optional.empty();
            }
        };
    }

    /**
     * A job with foreign labels may have run on a runner of ours: its class does not matter then.
     */
    private RunnerClass anyClass() {
        return policy.classes().getFirst();
    }

    private RunnerEvent end(Organization organization, Lease lease) {
        if (retirement.end(lease.runner()) != Retirement.GONE) {
            throw new TryAgain("pod " + lease.runner() + " is still ending");
        }
        return released(organization, lease, "COMPLETED");
    }

    private Optional<RunnerEvent> retire(Organization organization, Lease lease) {
        return switch (retirement.retire(organization, lease.runner())) {
            case GONE -> Optional.of(released(organization, lease, "NEVER_RAN"));
            case BUSY -> {
                ledgers.update(
                        organization,
                        ledger -> Leasing.kept(ledger, lease.runner(), clock.instant()));
                yield Optional.empty();
            }
            case STILL_ENDING ->
                    throw new TryAgain("runner " + lease.runner() + " is still ending");
        };
    }

    /**
     * The retries for a runner are spent: takes back what was made of it. Idempotent.
     *
     * @return {@code refused}, so that its job is tried again later; empty when the runner works
     *     after all, or its lease has gone
     */
    Optional<RunnerEvent> givenUp(Requested request, Held reason) {
        return exclusively(request.runnerName(), () -> takeBack(request, reason));
    }

    private Optional<RunnerEvent> takeBack(Requested request, Held reason) {
        if (ledgers.read(request.org()).lease(request.runnerName()).isEmpty()) {
            return Optional.empty();
        }
        return switch (retirement.retire(request.org(), request.runnerName())) {
            case GONE -> {
                // At once, not by the event: a repeated request would make the runner again.
                ledgers.update(
                        request.org(),
                        ledger ->
                                Leasing.givenUp(
                                        ledger,
                                        request.runnerName(),
                                        reason,
                                        Backoff.STANDARD,
                                        clock.instant()));
                yield Optional.of(refused(request, reason));
            }
            case BUSY -> {
                ledgers.update(
                        request.org(),
                        ledger -> Leasing.started(ledger, request.runnerName(), clock.instant()));
                yield Optional.empty();
            }
            case STILL_ENDING -> throw new TryAgain("pod " + request.runner() + " is still ending");
        };
    }

    /** While nobody makes the runner, and so that nobody makes it again behind our back. */
    private <T> T exclusively(RunnerName runner, Supplier<T> work) {
        Optional<Locks.Lock> own = locks.take(Locks.of(runner), LOCK_LIFE);
        if (own.isEmpty()) {
            throw new InProgressElsewhere(runner + " is being made or taken back");
        }
        try (var _ = own.get()) {
            return work.get();
        }
    }

    private RunnerEvent refused(Requested request, Held reason) {
        decisions.accept(
                new Decision(
                        Kind.REFUSED,
                        request.organization(),
                        request.jobId(),
                        request.runner(),
                        "RETRIES_SPENT"));
        return new RunnerEvent.Refused(
                request.runner(),
                request.organization(),
                request.runnerClass(),
                request.jobId(),
                reason.name(),
                "retries spent");
    }

    private static RunnerEvent released(Organization organization, Lease lease, String reason) {
        return new RunnerEvent.Released(
                lease.runner().value(), organization.login(), lease.runnerClass().value(), reason);
    }

    private void decide(Kind kind, GithubJob job, String runner, String reason) {
        decisions.accept(
                new Decision(kind, job.organization().login(), job.id().value(), runner, reason));
    }
}
