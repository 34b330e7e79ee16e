package dev.jitney.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why a pod does not run, or how it ended, if not in the ordinary way. {@code
 * CreateContainerConfigError} is ordinary for a moment: the Secret comes after the pod.
 *
 * @param reason one word of Kubernetes, for example {@code Unschedulable}, {@code
 *     ImagePullBackOff}, {@code Evicted}, {@code DeadlineExceeded}, {@code OOMKilled}
 * @param message text for people; may be empty
 */
public record Trouble(String reason, String message) {
    private static final Set<String> ON_THE_WAY = Set.of("PodInitializing", "ContainerCreating");

    /** The first trouble found: the pod as a whole, its place, its containers in order of start. */
    static Optional<Trouble> of(Pod pod) {
        PodStatus status = pod.getStatus();
        if (status == null) {
            return Optional.empty();
        }
        if (status.getReason() != null) {
            return Optional.of(trouble(status.getReason(), status.getMessage()));
        }
        return Stream.of(
                        status.getConditions().stream().flatMap(Trouble::ofCondition),
                        ofContainers(status.getInitContainerStatuses()),
                        ofContainers(status.getContainerStatuses()))
                .flatMap(troubles -> troubles)
                .findFirst();
    }

    private static Stream<Trouble> ofCondition(PodCondition condition) {
        boolean unplaced =
                "PodScheduled".equals(condition.getType()) && "False".equals(condition.getStatus());
        return unplaced
                ? Stream.of(trouble(condition.getReason(), condition.getMessage()))
                : Stream.empty();
    }

    private static Stream<Trouble> ofContainers(List<ContainerStatus> statuses) {
        return statuses.stream().flatMap(Trouble::ofContainer);
    }

    private static Stream<Trouble> ofContainer(ContainerStatus status) {
        ContainerState state = status.getState();
        if (state == null) {
            return Stream.empty();
        }
        if (state.getWaiting() != null) {
            String reason = state.getWaiting().getReason();
            return reason == null || ON_THE_WAY.contains(reason)
                    ? Stream.empty()
                    : Stream.of(trouble(reason, state.getWaiting().getMessage()));
        }
        // The daemon is stopped by a signal after every job: its exit code says nothing.
        if (state.getTerminated() == null || status.getName().equals("dind")) {
            return Stream.empty();
        }
        Integer exitCode = state.getTerminated().getExitCode();
        return exitCode == null || exitCode == 0
                ? Stream.empty()
                : Stream.of(trouble(state.getTerminated().getReason(), "exit code " + exitCode));
    }

    private static Trouble trouble(@Nullable String reason, @Nullable String message) {
        return new Trouble(reason == null ? "Error" : reason, message == null ? "" : message);
    }
}
