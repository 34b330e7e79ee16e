package dev.jitney.core.ledger;

/** How far a lease has come. Each step is stored before the next one is taken. */
public enum LeaseState {
    /** The provisioner was asked for the runner; it may be at work right now. */
    REQUESTED,
    /** The pod exists. */
    STARTED,
    /** GitHub said that the runner took a job. A just-in-time runner takes only one. */
    BUSY,
    /** Its job is over; the place is kept until the pod has ended. */
    ENDING,
    /**
     * Nobody needs it any more; the place is kept until GitHub has let go and the pod has ended.
     */
    RETIRING;

    /** The runner has not taken a job as far as we know, and may be given to another one. */
    boolean isIdle() {
        return this == REQUESTED || this == STARTED;
    }

    /** Only the end of the pod is waited for. */
    public boolean isLeaving() {
        return this == ENDING || this == RETIRING;
    }
}
