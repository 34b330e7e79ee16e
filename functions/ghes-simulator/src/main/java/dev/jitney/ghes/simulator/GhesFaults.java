package dev.jitney.ghes.simulator;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * How often things go wrong. Rates are shares from 0 to 1 of the occasions, drawn from the seed and
 * the id of what they befall.
 *
 * @param duplicateDelivery a webhook arrives twice, with the same delivery id
 * @param lateDelivery a webhook is sent up to {@code lateDeliveryMax} later
 * @param reorderedDelivery a webhook is overtaken by the next one of its job
 * @param lostDelivery a webhook is never sent
 * @param runnerSwap a runner gets another job than the oldest and the one in its name
 * @param cancelWhileQueued a job is cancelled within two virtual minutes, if it still waits then
 * @param serverError a REST call is answered 503, without effect
 * @param tooManyRequests a REST call is answered 429 with {@code Retry-After: 1}, without effect
 * @param timeoutAfterEffect a REST call takes effect, but its answer never comes
 * @param lateDeliveryMax real time
 */
public record GhesFaults(
        double duplicateDelivery,
        double lateDelivery,
        double reorderedDelivery,
        double lostDelivery,
        double runnerSwap,
        double cancelWhileQueued,
        double serverError,
        double tooManyRequests,
        double timeoutAfterEffect,
        Duration lateDeliveryMax) {

    public GhesFaults {
        boolean allRates =
                DoubleStream.of(
                                duplicateDelivery,
                                lateDelivery,
                                reorderedDelivery,
                                lostDelivery,
                                runnerSwap,
                                cancelWhileQueued,
                                serverError,
                                tooManyRequests,
                                timeoutAfterEffect)
                        .allMatch(rate -> rate >= 0 && rate <= 1);
        if (!allRates) throw new IllegalArgumentException("a rate is not within 0 to 1");
        if (lateDeliveryMax.isNegative()) throw new IllegalArgumentException("negative delay");
    }

    /** A good day. */
    public static GhesFaults none() {
        return new GhesFaults(0, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO);
    }

    /** An ordinary day. */
    public static GhesFaults light() {
        return new GhesFaults(
                0.01, 0.02, 0.01, 0, 0.05, 0.01, 0.005, 0.002, 0.002, Duration.ofSeconds(2));
    }

    /** A bad day. Nothing is lost yet: see {@link #withLostDeliveries}. */
    public static GhesFaults heavy() {
        return new GhesFaults(
                0.10, 0.10, 0.10, 0, 0.30, 0.05, 0.05, 0.02, 0.02, Duration.ofSeconds(5));
    }

    /** The preset of this name: none, light or heavy. */
    public static GhesFaults of(String preset) {
        return switch (preset.toLowerCase(Locale.ROOT)) {
            case "none" -> none();
            case "light" -> light();
            case "heavy" -> heavy();
            default -> throw new IllegalArgumentException("not none, light or heavy: " + preset);
        };
    }

    /** The same, with this share of the webhooks never sent. */
    public GhesFaults withLostDeliveries(double rate) {
        return new GhesFaults(
                duplicateDelivery,
                lateDelivery,
                reorderedDelivery,
                rate,
                runnerSwap,
                cancelWhileQueued,
                serverError,
                tooManyRequests,
                timeoutAfterEffect,
                lateDeliveryMax);
    }

    /** The same, with this share of the REST calls answered never, after their effect. */
    public GhesFaults withTimeoutsAfterEffect(double rate) {
        return new GhesFaults(
                duplicateDelivery,
                lateDelivery,
                reorderedDelivery,
                lostDelivery,
                runnerSwap,
                cancelWhileQueued,
                serverError,
                tooManyRequests,
                rate,
                lateDeliveryMax);
    }
}
