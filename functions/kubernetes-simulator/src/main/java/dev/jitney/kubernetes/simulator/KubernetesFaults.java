package dev.jitney.kubernetes.simulator;

import java.time.Duration;

/**
 * How often the API server and the kubelet misbehave. All rates are probabilities from 0 to 1 and
 * concern pods and Secrets only. The same seed and the same order of calls give the same faults.
 *
 * @param seed start of the sequence of faults
 * @param quotaRefusal pod creations refused with 403, exceeded quota
 * @param createError creations answered with 409, 429, 500 or 503, without effect
 * @param heldAnswer creations that take effect but whose answer never comes
 * @param otherError other calls answered with 429, 500 or 503, without effect
 * @param slowAnswer calls that are delayed, by up to {@code slowAnswerMax} of real time
 * @param imagePullFailure pods whose image cannot be pulled; they stay pending until deleted
 * @param eviction running pods that are evicted after a few seconds
 * @param heldFor real time after which a connection with a held answer is closed
 */
public record KubernetesFaults(
        long seed,
        double quotaRefusal,
        double createError,
        double heldAnswer,
        double otherError,
        double slowAnswer,
        Duration slowAnswerMax,
        double imagePullFailure,
        double eviction,
        Duration heldFor) {
    private static final Duration SLOW = Duration.ofMillis(600);
    private static final Duration HELD = Duration.ofSeconds(8);

    public KubernetesFaults {
        double[] rates = {
            quotaRefusal,
            createError,
            heldAnswer,
            otherError,
            slowAnswer,
            imagePullFailure,
            eviction
        };
        for (double rate : rates) {
            if (!(rate >= 0 && rate <= 1)) {
                throw new IllegalArgumentException("not a rate from 0 to 1: " + rate);
            }
        }
        if (quotaRefusal + createError + heldAnswer > 1) {
            throw new IllegalArgumentException("rates of a creation exceed 1 together");
        }
    }

    /** No faults. */
    public static KubernetesFaults none() {
        return new KubernetesFaults(0, 0, 0, 0, 0, 0, SLOW, 0, 0, HELD);
    }

    /** A cluster on an ordinary bad day: about one call in thirty goes wrong. */
    public static KubernetesFaults light(long seed) {
        return new KubernetesFaults(seed, 0.01, 0.02, 0.01, 0.01, 0.05, SLOW, 0, 0, HELD);
    }

    /** A cluster in serious trouble: one creation in five goes wrong. */
    public static KubernetesFaults heavy(long seed) {
        return new KubernetesFaults(seed, 0.05, 0.10, 0.05, 0.05, 0.20, SLOW, 0, 0, HELD);
    }

    /** These faults with other rates of what happens to pods rather than calls. */
    public KubernetesFaults withPodFaults(double imagePullFailureRate, double evictionRate) {
        return new KubernetesFaults(
                seed,
                quotaRefusal,
                createError,
                heldAnswer,
                otherError,
                slowAnswer,
                slowAnswerMax,
                imagePullFailureRate,
                evictionRate,
                heldFor);
    }
}
