package dev.jitney.core.reconcile;

/** How far a runner pod has come, and what keeps it there. */
public enum PodStage {
    /** No node has room for it. */
    UNSCHEDULABLE,
    /** It has its node, or waits for one; its containers are being made. */
    STARTING,
    /** An image cannot be pulled. */
    IMAGE_ERROR,
    /** A container that prepares the pod failed, or fails again and again. */
    INIT_FAILED,
    /** The Docker daemon runs and does not answer yet. */
    DOCKER_NOT_READY,
    /** The runner's container runs. */
    RUNNING,
    /** The runner's container has ended, and the pod has not. */
    RUNNER_FINISHED,
    /** Its node does not report any more. */
    NODE_LOST,
    /** The pod has ended. */
    ENDED
}
