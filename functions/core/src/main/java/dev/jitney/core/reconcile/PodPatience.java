package dev.jitney.core.reconcile;

import java.time.Duration;

/**
 * How long a pod may stand still before its runner is given up, from the beginning of its stage.
 *
 * @param image an image cannot be pulled
 * @param unschedulable no node has room; longer than a cluster autoscaler needs to add one
 * @param init a container that prepares the pod has failed
 * @param docker the Docker daemon does not answer; longer than the startup probe allows it
 * @param starting its containers are being made; longer than the largest image takes to pull
 * @param finished the runner's container has ended, and the pod has not
 * @param node its node does not report
 * @param silent its node has not reported for so long that nothing on it can matter any more: it is
 *     struck out, provided that GitHub has let its runner go
 * @param terminating its deletion is overdue, counted from the end of its grace period
 */
public record PodPatience(
        Duration image,
        Duration unschedulable,
        Duration init,
        Duration docker,
        Duration starting,
        Duration finished,
        Duration node,
        Duration silent,
        Duration terminating) {
    public static final PodPatience STANDARD =
            new PodPatience(
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(20),
                    Duration.ofMinutes(3),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(30),
                    Duration.ofMinutes(1));

    /** For a stage that may last for ever, a very long time. */
    Duration of(PodStage stage) {
        return switch (stage) {
            case IMAGE_ERROR -> image;
            case UNSCHEDULABLE -> unschedulable;
            case INIT_FAILED -> init;
            case DOCKER_NOT_READY -> docker;
            case STARTING -> starting;
            case RUNNER_FINISHED -> finished;
            case NODE_LOST -> node;
            case RUNNING, ENDED -> Duration.ofDays(365);
        };
    }
}
