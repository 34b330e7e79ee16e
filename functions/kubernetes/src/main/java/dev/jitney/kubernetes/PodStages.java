package dev.jitney.kubernetes;

import dev.jitney.core.reconcile.NodeSeen;
import dev.jitney.core.reconcile.PodCourse;
import dev.jitney.core.reconcile.PodStage;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads from a pod's status how far it has come, and since when. */
final class PodStages {
    private static final String DOCKER = "dind";
    private static final String RUNNER = "runner";
    private static final String NODE_LOST = "NodeLost";
    private static final Set<String> IMAGE_PROBLEMS =
            Set.of(
                    "ErrImagePull",
                    "ImagePullBackOff",
                    "InvalidImageName",
                    "ErrImageNeverPull",
                    "ImageInspectError",
                    "RegistryUnavailable",
                    "SignatureValidationFailed");

    private final PodStatus status;
    private final Instant created;

    private PodStages(Pod pod) {
        this.status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
        this.created = Instant.parse(pod.getMetadata().getCreationTimestamp());
    }

    private record Stage(PodStage name, Instant since) {}

    static PodCourse of(Pod pod) {
        PodStages stages = new PodStages(pod);
        Stage stage = stages.stage();
        return new PodCourse(
                stage.name(),
                stage.since(),
                time(pod.getMetadata().getDeletionTimestamp()),
                NodeSeen.UNKNOWN);
    }

    /** A pod that is being deleted and whose containers have all ended: something else holds it. */
    static boolean hasStopped(Pod pod) {
        PodStatus status = pod.getStatus();
        if (pod.getMetadata().getDeletionTimestamp() == null || status == null) {
            return false;
        }
        List<ContainerStatus> all =
                Stream.concat(
                                status.getInitContainerStatuses().stream(),
                                status.getContainerStatuses().stream())
                        .toList();
        return !all.isEmpty() && all.stream().allMatch(each -> terminated(each) != null);
    }

    private Stage stage() {
        PodPhase phase = PodPhase.of(status.getPhase());
        if (phase.isTerminal()) {
            boolean unprepared = failedToPrepare().isPresent() && !hasRunnerStarted();
            return new Stage(unprepared ? PodStage.INIT_FAILED : PodStage.ENDED, created);
        }
        return lost(phase)
                .or(this::unplaced)
                .or(this::imageProblem)
                .or(this::preparation)
                .orElseGet(this::runner);
    }

    private Optional<Stage> lost(PodPhase phase) {
        Optional<PodCondition> ready = condition("Ready");
        boolean lost =
                phase == PodPhase.UNKNOWN
                        || NODE_LOST.equals(status.getReason())
                        || ready.filter(each -> NODE_LOST.equals(each.getReason())).isPresent();
        return lost
                ? Optional.of(new Stage(PodStage.NODE_LOST, ready.map(this::at).orElse(created)))
                : Optional.empty();
    }

    private Optional<Stage> unplaced() {
        return condition("PodScheduled")
                .filter(each -> "False".equals(each.getStatus()))
                .map(each -> new Stage(PodStage.UNSCHEDULABLE, at(each)));
    }

    private Optional<Stage> imageProblem() {
        return all().filter(each -> IMAGE_PROBLEMS.contains(waitingFor(each)))
                .findFirst()
                .map(_ -> new Stage(PodStage.IMAGE_ERROR, placed()));
    }

    private Optional<Stage> preparation() {
        Optional<Stage> failed =
                failedToPrepare().map(_ -> new Stage(PodStage.INIT_FAILED, placed()));
        return failed.or(this::docker);
    }

    /** A daemon that is restarted all the time never answers either. */
    private Optional<Stage> docker() {
        return status.getInitContainerStatuses().stream()
                .filter(each -> DOCKER.equals(each.getName()))
                .filter(each -> !Boolean.TRUE.equals(each.getStarted()))
                .filter(each -> isRunning(each) || isRestarted(each))
                .findFirst()
                .map(each -> new Stage(PodStage.DOCKER_NOT_READY, initialStart(each)));
    }

    private Instant initialStart(ContainerStatus container) {
        return isRestarted(container) || container.getState().getRunning() == null
                ? placed()
                : time(container.getState().getRunning().getStartedAt()).orElse(placed());
    }

    private Stage runner() {
        Optional<ContainerStatus> runner =
                status.getContainerStatuses().stream()
                        .filter(each -> RUNNER.equals(each.getName()))
                        .findFirst();
        var ended = runner.map(PodStages::terminated);
        if (ended.isPresent()) {
            Instant when = time(ended.get().getFinishedAt()).orElse(placed());
            return new Stage(PodStage.RUNNER_FINISHED, when);
        }
        boolean runs = runner.filter(PodStages::isRunning).isPresent();
        return new Stage(runs ? PodStage.RUNNING : PodStage.STARTING, placed());
    }

    /** An init container that failed. The daemon is none: it is stopped after every job. */
    private Optional<ContainerStatus> failedToPrepare() {
        return status.getInitContainerStatuses().stream()
                .filter(each -> !DOCKER.equals(each.getName()))
                .filter(
                        each -> {
                            var ended = terminated(each);
                            Integer exit = ended == null ? null : ended.getExitCode();
                            return (exit != null && exit != 0)
                                    || "CrashLoopBackOff".equals(waitingFor(each));
                        })
                .findFirst();
    }

    private boolean hasRunnerStarted() {
        return status.getContainerStatuses().stream()
                .filter(each -> RUNNER.equals(each.getName()))
                .map(PodStages::terminated)
                .anyMatch(ended -> ended != null && ended.getStartedAt() != null);
    }

    private Stream<ContainerStatus> all() {
        return Stream.concat(
                status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream());
    }

    private Optional<PodCondition> condition(String type) {
        return status.getConditions().stream()
                .filter(each -> type.equals(each.getType()))
                .findFirst();
    }

    /** When it got its node; when it was made, if it has none yet. */
    private Instant placed() {
        return condition("PodScheduled").map(this::at).orElse(created);
    }

    private Instant at(PodCondition condition) {
        return time(condition.getLastTransitionTime()).orElse(created);
    }

    private static boolean isRunning(ContainerStatus container) {
        return container.getState() != null && container.getState().getRunning() != null;
    }

    private static boolean isRestarted(ContainerStatus container) {
        return container.getRestartCount() != null && container.getRestartCount() > 0;
    }

    private static String waitingFor(ContainerStatus container) {
        ContainerState state = container.getState();
        boolean says =
                state != null
                        && state.getWaiting() != null
                        && state.getWaiting().getReason() != null;
        return says ? state.getWaiting().getReason() : "";
    }

    private static @Nullable ContainerStateTerminated terminated(ContainerStatus container) {
        return container.getState() == null ? null : container.getState().getTerminated();
    }

    private static Optional<Instant> time(@Nullable String text) {
        return text == null ? Optional.empty() : Optional.of(Instant.parse(text));
    }
}
