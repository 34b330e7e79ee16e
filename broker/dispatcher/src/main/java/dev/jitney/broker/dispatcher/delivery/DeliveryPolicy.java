package dev.jitney.broker.dispatcher.delivery;

import dev.jitney.broker.dispatcher.RetryRules;
import dev.jitney.broker.dispatcher.RetryRules.Growth;
import dev.jitney.broker.dispatcher.Target;
import dev.jitney.broker.dispatcher.manifest.References;
import io.fabric8.knative.duck.v1.DeliverySpec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one Trigger delivers.
 *
 * @param retries attempts after the first
 * @param growth how the wait grows
 * @param delay base of the wait; null leaves it to the rules of the broker
 * @param timeout of one attempt
 * @param deadLetterSink takes what the subscriber did not; null drops it
 */
record DeliveryPolicy(
        int retries,
        Growth growth,
        @Nullable Duration delay,
        Duration timeout,
        @Nullable Target deadLetterSink) {

    /** What the Kafka broker waits when nothing is said. */
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    /** The policy of a checked {@code delivery}; without one, one attempt and no sink. */
    static DeliveryPolicy of(@Nullable DeliverySpec spec, String namespace, References references) {
        if (spec == null) {
            return new DeliveryPolicy(0, Growth.EXPONENTIAL, null, TIMEOUT, null);
        }
        return new DeliveryPolicy(
                spec.getRetry() == null ? 0 : spec.getRetry(),
                "linear".equals(spec.getBackoffPolicy()) ? Growth.LINEAR : Growth.EXPONENTIAL,
                spec.getBackoffDelay() == null ? null : Duration.parse(spec.getBackoffDelay()),
                spec.getTimeout() == null ? TIMEOUT : Duration.parse(spec.getTimeout()),
                spec.getDeadLetterSink() == null
                        ? null
                        : references.resolve(spec.getDeadLetterSink(), namespace));
    }

    /** The wait before the given retry, 1 for the first. */
    Duration wait(RetryRules rules, int retry) {
        return rules.wait(growth, delay == null ? rules.delayByDefault() : delay, retry);
    }
}
