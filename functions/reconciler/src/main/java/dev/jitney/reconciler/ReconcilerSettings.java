package dev.jitney.reconciler;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much one tick may do, {@code JITNEY_RECONCILER_*}. */
@ConfigMapping(prefix = "jitney.reconciler")
public interface ReconcilerSettings {
    /** Most calls to GitHub in one tick, for whatever it looks at. */
    @WithDefault("400")
    int callsPerTick();

    /** Most calls to GitHub in one minute, by all ticks of it together. */
    @WithDefault("400")
    int callsPerMinute();

    /** How long ago a repository was pushed to at most, to be looked at first. */
    @WithDefault("2h")
    Duration recently();
}
