package dev.jitney.core.event;

import dev.jitney.core.Organization;
import dev.jitney.core.RunnerName;

/** What happened to a runner, or what shall happen to it. */
public sealed interface RunnerEvent {
    String runner();

    String organization();

    /** CloudEvents type of this event. */
    String type();

    /** Last part of the event's id: {@code <runner>/<step>}, the same again on a redelivery. */
    String step();

    default RunnerName runnerName() {
        return new RunnerName(runner());
    }

    default Organization org() {
        return new Organization(organization());
    }

    /** A lease was granted: make the runner. */
    record Requested(
            String runner, String organization, String runnerClass, long jobId, String repository)
            implements RunnerEvent {
        @Override
        public String type() {
            return EventTypes.RUNNER_REQUESTED;
        }

        @Override
        public String step() {
            return "requested";
        }
    }

    /** The runner's pod exists. */
    record Started(String runner, String organization, String runnerClass, long jobId)
            implements RunnerEvent {
        @Override
        public String type() {
            return EventTypes.RUNNER_STARTED;
        }

        @Override
        public String step() {
            return "started";
        }
    }

    /**
     * The runner could not be made; nothing of it is left.
     *
     * @param reason name of a {@link dev.jitney.core.Held}
     * @param message for people; holds no secret
     */
    record Refused(
            String runner,
            String organization,
            String runnerClass,
            long jobId,
            String reason,
            String message)
            implements RunnerEvent {
        @Override
        public String type() {
            return EventTypes.RUNNER_REFUSED;
        }

        @Override
        public String step() {
            return "refused";
        }
    }

    /**
     * The runner's pod has ended and its registration is gone: its place is free.
     *
     * @param reason why, for people and counters, for example {@code COMPLETED}
     */
    record Released(String runner, String organization, String runnerClass, String reason)
            implements RunnerEvent {
        @Override
        public String type() {
            return EventTypes.RUNNER_RELEASED;
        }

        @Override
        public String step() {
            return "released";
        }
    }
}
