package dev.jitney.simulation.check;

import dev.jitney.simulation.engine.Nanos;
import dev.jitney.simulation.engine.Timeline;
import dev.jitney.simulation.engine.Trace;
import org.jspecify.annotations.Nullable;

/** Makes violations, and counts what was checked. */
public final class Reporter {
    private static final int TAIL = 60;

    private final Timeline timeline;
    private final Trace trace;

    public Reporter(Timeline timeline, Trace trace) {
        this.timeline = timeline;
        this.trace = trace;
    }

    /**
     * @param organization empty for all
     * @param subject the job or runner concerned; null for all of the organization
     */
    public Violation violation(
            Invariant invariant, String organization, @Nullable String subject, String message) {
        return new Violation(
                invariant,
                Nanos.text(timeline.now()),
                organization.isEmpty() ? message : organization + ": " + message,
                trace.tail(organization, subject, TAIL));
    }

    public long now() {
        return timeline.now();
    }
}
