package dev.jitney.reconciler;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much one tick may do, {@code JITNEY_RECONCILER_*}. */
@ConfigMapping(prefix = "jitney.reconciler")
public interface ReconcilerSettings {
    /** Most calls to GitHub in one tick about jobs we know. */
    @WithDefault("100")
    int checksMax();

    /** Most calls to GitHub in one tick to find what we do not know. */
    @WithDefault("300")
    int sweepCallsMax();
}
