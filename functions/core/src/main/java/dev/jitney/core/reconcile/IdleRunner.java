package dev.jitney.core.reconcile;

import java.time.Duration;
import java.util.Optional;

/** Whether to give up a runner that has not taken its job, though the job still waits. */
public final class IdleRunner {
    private IdleRunner() {}

    /** A registration as GitHub shows it. */
    public enum Registration {
        /** GitHub does not have it, or not any more. */
        ABSENT,
        OFFLINE,
        /** Listening for a job. */
        ONLINE,
        BUSY
    }

    /**
     * Why to give it up; empty to let it be.
     *
     * @param age how long its pod has been there
     * @param offline how long it may take to come online
     * @param idle how long it may be online without a job, while its job waits
     */
    public static Optional<Reason> giveUp(
            Registration registration, Duration age, Duration offline, Duration idle) {
        return switch (registration) {
            case ABSENT, OFFLINE -> reason(Reason.NEVER_ONLINE, age, offline);
            case ONLINE -> reason(Reason.IDLE_TOO_LONG, age, idle);
            // It took a job, and the event that says which one is late or lost.
            case BUSY -> Optional.empty();
        };
    }

    private static Optional<Reason> reason(Reason why, Duration age, Duration patience) {
        return age.compareTo(patience) > 0 ? Optional.of(why) : Optional.empty();
    }
}
