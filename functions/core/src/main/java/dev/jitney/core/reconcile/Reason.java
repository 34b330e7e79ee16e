package dev.jitney.core.reconcile;

/**
 * Why something was repaired: the word in logs, metrics and released runners, and a heading of
 * docs/runbooks/reconciler.md.
 */
public enum Reason {
    /** A lease has no pod yet: its runner was asked for again. */
    NOT_MADE,
    /** A place was reserved and its lease not written. */
    PLACE_WITHOUT_LEASE,
    /** A lease was written and its place is gone. */
    LEASE_WITHOUT_PLACE,
    /** An organization does not stand in line as its ledger says. */
    NOT_IN_LINE,
    /** A job stands first in line, there is room for it, and nobody has served it. */
    LINE_NOT_SERVED,
    /** A counter differs from the ledgers. */
    COUNTER_DIFFERS,
    /** A lease's pod is gone, and no event said so. */
    POD_GONE,
    /** A lease's pod has ended, and no event said so. */
    POD_ENDED,
    /** A runner that was to leave is still there. */
    STILL_LEAVING,
    /** A pod stands for no lease. */
    POD_WITHOUT_LEASE,
    /** An image of the pod cannot be pulled. */
    IMAGE_ERROR,
    /** No node has room for the pod. */
    UNSCHEDULABLE,
    /** A container that prepares the pod failed. */
    INIT_FAILED,
    /** The Docker daemon of the pod never answered. */
    DOCKER_NOT_READY,
    /** The pod has its node, and its containers are never made. */
    NOT_STARTING,
    /** The runner's container has ended, and the pod goes on. */
    RUNNER_FINISHED,
    /** The pod's node does not report any more, or is gone. */
    NODE_LOST,
    /** A pod that was deleted does not go. */
    STUCK_TERMINATING,
    /** The runner runs and GitHub never saw it. */
    NEVER_ONLINE,
    /** GitHub sees the runner and gives it no job, while its job waits. */
    IDLE_TOO_LONG,
    /** GitHub does not show us the repository of a job: nothing is concluded from that. */
    JOB_UNREADABLE,
    /** The webhook about a queued job was lost. */
    MISSED_QUEUED,
    /** The webhook about a job that went behind a gate was lost. */
    MISSED_WAITING,
    /** The webhook about a job that a runner took was lost. */
    MISSED_IN_PROGRESS,
    /** The webhook about the end of a job was lost. */
    MISSED_COMPLETED,
    /** GitHub recorded a webhook as failed: it was asked to deliver it again. */
    REDELIVERED,
    /** A registration on GitHub stands for no lease. */
    GHOST_REGISTRATION,
    /** The store lost everything: nothing is granted until it is known what lives. */
    REBUILD_BEGUN,
    /** A runner that lives was written down again after the store lost everything. */
    COUNTED,
    /** All that lives is written down: places are granted again. */
    REBUILD_DONE
}
