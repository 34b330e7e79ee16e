package dev.jitney.simulation.store;

import dev.jitney.simulation.engine.Chaos;
import dev.jitney.simulation.engine.Fault;
import dev.jitney.simulation.engine.Nanos;
import dev.jitney.simulation.engine.Timeline;

/** Whether a server of the store is being lost right now. */
public final class Outage {
    private static final double WORSE = 60;

    private final Timeline timeline;
    private final Chaos chaos;
    private long end;

    public Outage(Timeline timeline, Chaos chaos) {
        this.timeline = timeline;
        this.chaos = chaos;
        chaos.hourly(Fault.STORE_NODE_LOST, this::begin);
    }

    private void begin() {
        end =
                timeline.now()
                        + chaos.dice(Fault.STORE_NODE_LOST)
                                .between(2 * Nanos.SECOND, 10 * Nanos.SECOND);
    }

    /** How much more often than usual an outcome is unknown. */
    double factor() {
        return timeline.now() < end ? WORSE : 1;
    }
}
