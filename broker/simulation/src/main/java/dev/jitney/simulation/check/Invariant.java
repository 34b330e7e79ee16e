package dev.jitney.simulation.check;

/** The invariants of the system, in the exact words that are checked. */
public enum Invariant {
    /** An organization's ledger never holds more leases than its limit. */
    LEASES_WITHIN_LIMIT,
    /**
     * The cluster's ledger never holds more places than the capacity, nor more of one organization
     * than its limit.
     */
    PLACES_WITHIN_LIMIT,
    /**
     * At every instant, runners of an organization are at most its limit, and all runners at most
     * the capacity. A runner is a name that has a pod that has not ended, or a registration whose
     * program is connected. (A registration without a program can never take a job. It counts, too,
     * when the store is not lost, GitHub's lists are never stale and it never forbids: else nobody
     * can know of it.)
     */
    RUNNERS_WITHIN_LIMIT,
    /**
     * Every runner has a place: none begins without one, and no place is given back while its
     * runner is there, see {@link #RUNNERS_WITHIN_LIMIT}.
     */
    RUNNER_HAS_PLACE,
    /**
     * A job is in at most one of backlog, gated, finished, and leases that serve it. (The lease of
     * a runner that GitHub would not let go of names the job it was made for until GitHub says
     * which one it runs; that does not count.)
     */
    ONE_PLACE,
    /**
     * No write of an organization's ledger loses a job: one that was in the backlog, gated, or had
     * a lease that had not begun to work on it, is in one of backlog, gated, finished, and leases
     * that serve it.
     */
    NOT_FORGOTTEN,
    /**
     * At every replace that grants places, no job that stood in line before it is left there that
     * is older than a granted one and might have had its place. An organization's backlog is in the
     * order of age: {@code created_at}, then id.
     */
    ORDER,
    /**
     * What stands in line for an organization is never replaced by an older reading of its ledger.
     */
    NEWEST_STANDS,
    /** After every replace of the cluster's ledger, nobody stands in line who may have a place. */
    LINE_SERVED,
    /**
     * While there is free capacity, no job that an organization's ledger holds as due, and has room
     * for, is out of line for longer than the bound.
     */
    WORK_CONSERVING,
    /**
     * When the store was lost, nothing is granted until the cluster's ledger is made again, and
     * then every runner that is there has its place in it. (In between {@link #RUNNER_HAS_PLACE}
     * says nothing.)
     */
    REBUILT,
    /**
     * A lease that has not begun to work serves a job of its runner's class, or the runner would
     * never get it.
     */
    CLASS_FITS,
    /** Every job is run by at most one runner. */
    RUN_ONCE,
    /** No function deletes a pod whose runner is at work. */
    NO_JOB_KILLED,
    /**
     * While no fault strikes but those that events put up with, the reconciler finds nothing to
     * repair but counters and what an event on its way is about to say.
     */
    NOTHING_REPAIRED,
    /** When faults have stopped and time has passed, every job has ended. */
    EVERY_JOB_ENDS,
    /**
     * In the end no lease, place, pod, Secret, registration or lock is left, and every counter is
     * zero.
     */
    NOTHING_LEFT,
    /** No function fails in a way that nobody meant. */
    NO_BUG
}
