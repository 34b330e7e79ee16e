package dev.jitney.reconciler;

import dev.jitney.core.reconcile.Patience;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * How long an odd state may last before it is repaired, {@code JITNEY_PATIENCE_*}: durations such
 * as {@code 45s}, {@code 10m} or {@code PT0.5S}. The defaults suit real time and events that may
 * need a minute; whoever runs in compressed time shortens them.
 */
@ConfigMapping(prefix = "jitney.patience")
public interface PatienceSettings {
    /** See {@link Patience#unmade()}. */
    @WithDefault("45s")
    Duration unmade();

    /** See {@link Patience#unconfirmed()}. */
    @WithDefault("10s")
    Duration unconfirmed();

    /** See {@link Patience#ended()}. */
    @WithDefault("20s")
    Duration ended();

    /** See {@link Patience#leaving()}. */
    @WithDefault("20s")
    Duration leaving();

    /**
     * See {@link Patience#fenced()}. Longer than all calls of one delivery to the provisioner
     * together: a shorter one frees places whose runners are still being made.
     */
    @WithDefault("60s")
    Duration fenced();

    /** See {@link Patience#stray()}. */
    @WithDefault("60s")
    Duration stray();

    /** Age of a job, or of a runner without one, from which GitHub is asked about it. */
    @WithDefault("45s")
    Duration doubted();

    /** Age of a job from which GitHub's 404 means that it is gone, not that it is new. */
    @WithDefault("10m")
    Duration unknown();

    /** Time a runner may take to take its job; then it is given up. */
    @WithDefault("10m")
    Duration offline();

    /** Age of a queued job from which its webhook counts as lost. */
    @WithDefault("20s")
    Duration untold();

    /** What ledgers, pods and counters are compared by. */
    static Patience ofLedgers(PatienceSettings from) {
        return new Patience(
                from.unmade(),
                from.unconfirmed(),
                from.ended(),
                from.leaving(),
                from.fenced(),
                from.stray());
    }

    /** What GitHub is asked about jobs by. */
    static JobCheck.Ages ofJobs(PatienceSettings from) {
        return new JobCheck.Ages(from.doubted(), from.unknown(), from.offline());
    }
}
