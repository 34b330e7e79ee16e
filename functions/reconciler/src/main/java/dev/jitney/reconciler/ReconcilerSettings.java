package dev.jitney.reconciler;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much one tick may do, {@code JITNEY_RECONCILER_*}. */
@ConfigMapping(prefix = "jitney.reconciler")
public interface ReconcilerSettings {
    /** Most calls to GitHub in one tick, for whatever it looks at. */
    @WithDefault("400")
    int callsPerTick();
}
