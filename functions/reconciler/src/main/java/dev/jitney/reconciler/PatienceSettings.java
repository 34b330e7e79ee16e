package dev.jitney.reconciler;

import dev.jitney.core.reconcile.Patience;
import dev.jitney.core.reconcile.PodPatience;
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

    /** Time a runner may take to come online; then it is given up. */
    @WithDefault("10m")
    Duration offline();

    /** Time a runner may be online without a job while its job waits; then it is given up. */
    @WithDefault("10m")
    Duration idle();

    /** Time a runner may be busy; from then on GitHub is asked whether its job is over. */
    @WithDefault("10m")
    Duration busy();

    /** See {@link PodPatience#image()}. */
    @WithDefault("2m")
    Duration image();

    /** See {@link PodPatience#unschedulable()}. */
    @WithDefault("10m")
    Duration unschedulable();

    /** See {@link PodPatience#init()}. */
    @WithDefault("20s")
    Duration init();

    /** See {@link PodPatience#docker()}. */
    @WithDefault("3m")
    Duration docker();

    /** See {@link PodPatience#starting()}. */
    @WithDefault("10m")
    Duration starting();

    /** See {@link PodPatience#finished()}. */
    @WithDefault("1m")
    Duration finished();

    /** See {@link PodPatience#node()}. */
    @WithDefault("5m")
    Duration node();

    /** See {@link PodPatience#silent()}. */
    @WithDefault("30m")
    Duration silent();

    /** See {@link PodPatience#terminating()}. */
    @WithDefault("1m")
    Duration terminating();

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
        return new JobCheck.Ages(
                from.doubted(), from.unknown(), from.offline(), from.idle(), from.busy());
    }

    /** What pods are given up by. */
    static PodPatience ofPods(PatienceSettings from) {
        return new PodPatience(
                from.image(),
                from.unschedulable(),
                from.init(),
                from.docker(),
                from.starting(),
                from.finished(),
                from.node(),
                from.silent(),
                from.terminating());
    }
}
