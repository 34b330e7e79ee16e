package dev.jitney.core.reconcile;

import dev.jitney.core.Organization;
import dev.jitney.core.ledger.Lease;
import dev.jitney.core.ledger.LeaseState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is odd about one lease and its pod, if anything is. */
final class LeaseReview {
    private final Patience patience;
    private final PodPatience pods;
    private final Instant now;

    LeaseReview(Patience patience, PodPatience pods, Instant now) {
        this.patience = patience;
        this.pods = pods;
        this.now = now;
    }

    Optional<Repair> repair(Organization organization, Lease lease, @Nullable PodSeen pod) {
        Duration age = Duration.between(lease.since(), now);
        return switch (lease.state()) {
            // Its request may be at work, so its place must not be freed: ask again instead.
            case REQUESTED ->
                    when(
                            longer(age, patience.unmade()),
                            new Repair.RequestAgain(organization, lease));
            case STARTED -> overdue(pod).or(() -> started(organization, lease, pod, age));
            case BUSY -> overdue(pod).or(() -> busy(organization, lease, pod, age));
            case ENDING -> overdue(pod).or(() -> leaving(organization, lease, pod, age));
            case RETIRING -> overdue(pod).or(() -> leaving(organization, lease, pod, age));
        };
    }

    /** A pod that does not go although it was deleted, or cannot go because its node is gone. */
    Optional<Repair> overdue(@Nullable PodSeen pod) {
        if (pod == null || pod.ended()) {
            return Optional.empty();
        }
        PodCourse course = pod.course();
        boolean late =
                course.deletionDue()
                        .filter(due -> longer(Duration.between(due, now), pods.terminating()))
                        .isPresent();
        boolean lost =
                course.stage() == PodStage.NODE_LOST
                        && longer(Duration.between(course.since(), now), pods.node());
        if ((late || lost) && course.node() == NodeSeen.GONE) {
            return Optional.of(new Repair.RemovePod(pod, Reason.NODE_LOST, true));
        }
        boolean silent =
                course.stage() == PodStage.NODE_LOST
                        && longer(Duration.between(course.since(), now), pods.silent());
        if (silent) {
            return Optional.of(new Repair.RemovePod(pod, Reason.NODE_LOST, true));
        }
        // A node that does not report may still run it: GitHub would hear of it, for a while.
        return when(
                late && course.stage() != PodStage.NODE_LOST,
                new Repair.RemovePod(pod, Reason.STUCK_TERMINATING, false));
    }

    private Optional<Repair> started(
            Organization organization, Lease lease, @Nullable PodSeen pod, Duration age) {
        if (pod == null) {
            return when(
                    longer(age, patience.ended()),
                    new Repair.TakeBack(organization, lease, Reason.POD_GONE));
        }
        PodCourse course = pod.course();
        if (pod.ended()) {
            Reason why =
                    course.stage() == PodStage.INIT_FAILED ? Reason.INIT_FAILED : Reason.POD_ENDED;
            return when(longer(age, patience.ended()), new Repair.GiveUp(organization, lease, why));
        }
        return stuck(pod).map(why -> new Repair.GiveUp(organization, lease, why));
    }

    private Optional<Repair> busy(
            Organization organization, Lease lease, @Nullable PodSeen pod, Duration age) {
        if (pod == null || pod.ended()) {
            return when(longer(age, patience.ended()), takeBack(organization, lease, pod));
        }
        // Of a lost node GitHub says first that the job is over.
        return stuck(pod)
                .filter(why -> why == Reason.RUNNER_FINISHED)
                .map(why -> new Repair.TakeBack(organization, lease, why));
    }

    private Optional<Repair> leaving(
            Organization organization, Lease lease, @Nullable PodSeen pod, Duration age) {
        boolean retiring = lease.state() == LeaseState.RETIRING;
        Duration gone = retiring ? patience.fenced() : patience.ended();
        Duration there = pod != null && pod.ended() && !retiring ? gone : patience.leaving();
        return when(longer(age, pod == null ? gone : there), takeBack(organization, lease, pod));
    }

    private Optional<Reason> stuck(PodSeen pod) {
        PodCourse course = pod.course();
        Duration lasted = Duration.between(course.since(), now);
        return longer(lasted, pods.of(course.stage())) ? reason(course.stage()) : Optional.empty();
    }

    private static Optional<Reason> reason(PodStage stage) {
        return switch (stage) {
            case UNSCHEDULABLE -> Optional.of(Reason.UNSCHEDULABLE);
            case STARTING -> Optional.of(Reason.NOT_STARTING);
            case IMAGE_ERROR -> Optional.of(Reason.IMAGE_ERROR);
            case INIT_FAILED -> Optional.of(Reason.INIT_FAILED);
            case DOCKER_NOT_READY -> Optional.of(Reason.DOCKER_NOT_READY);
            case RUNNER_FINISHED -> Optional.of(Reason.RUNNER_FINISHED);
            case NODE_LOST -> Optional.of(Reason.NODE_LOST);
            case RUNNING, ENDED -> Optional.empty();
        };
    }

    private static Repair takeBack(Organization organization, Lease lease, @Nullable PodSeen pod) {
        Reason why =
                pod == null
                        ? Reason.POD_GONE
                        : pod.ended() ? Reason.POD_ENDED : Reason.STILL_LEAVING;
        return new Repair.TakeBack(organization, lease, why);
    }

    static Optional<Repair> when(boolean odd, Repair repair) {
        return odd ? Optional.of(repair) : Optional.empty();
    }

    static boolean longer(Duration age, Duration patience) {
        return age.compareTo(patience) > 0;
    }
}
