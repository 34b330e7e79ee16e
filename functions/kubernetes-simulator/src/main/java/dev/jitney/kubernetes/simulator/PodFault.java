package dev.jitney.kubernetes.simulator;

/** What keeps a pod from going its way. Takes hold of pods that are placed while it is set. */
public enum PodFault {
    NONE,
    /** An image cannot be pulled. */
    IMAGE_ERROR,
    /** The container that prepares the pod fails, and so does the pod. */
    INIT_FAILS,
    /** The Docker daemon runs and its startup probe never succeeds. */
    DOCKER_NEVER_READY,
    /** The containers are being created for ever. */
    NEVER_STARTS,
    /** The runner's container runs and its process never calls GitHub. */
    RUNNER_SILENT,
    /** The runner's container ends at once, and the pod does not. */
    OUTLIVES_ITS_RUNNER,
    /** The node stops reporting when the pod runs; a deleted pod stays until it is struck out. */
    NODE_LOST,
    /** A deleted pod goes only when it is killed, with a grace of a second. */
    TERMINATES_ONLY_WHEN_KILLED
}
