package dev.jitney.core.reconcile;

import dev.jitney.core.Held;
import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.RunnerName;
import dev.jitney.core.ledger.Lease;
import dev.jitney.core.ledger.LeaseState;
import dev.jitney.core.ledger.Place;
import dev.jitney.core.ledger.WaitingJob;
import java.time.Duration;
import java.time.Instant;

/**
 * A pod that has not ended and that no ledger may know of: what is needed to take it in.
 *
 * @param job the job it was made for, by its labels
 * @param generation how many runner names that job had used up before
 * @param repository of the job, {@code owner/name}; empty if somebody removed the annotation
 * @param createdAt of the job where GitHub or the pod's annotation tells it, else of the pod
 * @param madeAt when the pod was created: later names may have been used up since
 * @param progress how far it has come
 */
public record LiveRunner(
        RunnerName runner,
        Organization organization,
        RunnerClassName runnerClass,
        JobId job,
        int generation,
        String repository,
        Instant createdAt,
        Instant madeAt,
        Progress progress) {

    /** What pod and GitHub say of a runner. */
    public enum Progress {
        /** Its JIT configuration was never handed over: it has to be asked for again. */
        UNMADE,
        /** It runs the job it was made for. */
        RUNS_ITS_JOB,
        /** Its job still waits, or nobody could say: it may take a job at any moment. */
        MAY_TAKE_ONE,
        /**
         * Its own job has ended or runs elsewhere, or its pod is being deleted. If it took another
         * job, GitHub will not let it go, and the lease is kept.
         */
        UNNEEDED
    }

    /** The lease that should have been there. */
    public Lease lease(Instant now) {
        WaitingJob own = waitingJob().afterNames(Duration.between(madeAt, now));
        return new Lease(runner, own, state(), now);
    }

    /** The place that should have been there. */
    public Place place(Instant now) {
        return Place.of(organization, lease(now), now);
    }

    private LeaseState state() {
        return switch (progress) {
            case UNMADE -> LeaseState.REQUESTED;
            case MAY_TAKE_ONE -> LeaseState.STARTED;
            case RUNS_ITS_JOB -> LeaseState.BUSY;
            case UNNEEDED -> LeaseState.RETIRING;
        };
    }

    private WaitingJob waitingJob() {
        return new WaitingJob(
                job, runnerClass, repository, createdAt, generation, 0, Instant.EPOCH, Held.NONE);
    }
}
