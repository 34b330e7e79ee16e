package dev.jitney.simulation.check;

import dev.jitney.simulation.engine.Killed;
import dev.jitney.simulation.engine.Nanos;
import dev.jitney.simulation.engine.Timeline;
import dev.jitney.simulation.engine.Trace;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Makes violations, and counts what was checked. */
public final class Reporter {
    private static final int TAIL = 60;

    private final Timeline timeline;
    private final Trace trace;
    private IntSupplier arrived = () -> 0;

    public Reporter(Timeline timeline, Trace trace) {
        this.timeline = timeline;
        this.trace = trace;
    }

    /**
     * Ends the run with a violation, whatever code is between here and there.
     *
     * @param organization empty for all
     * @param subject the job or runner concerned; null for all of the organization
     */
    public Killed violation(
            Invariant invariant, String organization, @Nullable String subject, String message) {
        return timeline.fail(made(invariant, organization, subject, message));
    }

    /** The violation itself. */
    public Violation made(
            Invariant invariant, String organization, @Nullable String subject, String message) {
        return new Violation(
                invariant,
                Nanos.text(timeline.now()),
                arrived.getAsInt(),
                organization.isEmpty() ? message : organization + ": " + message,
                trace.tail(organization, subject, TAIL));
    }

    void arrivedBy(IntSupplier count) {
        arrived = count;
    }

    public long now() {
        return timeline.now();
    }
}
