package dev.jitney.broker.dispatcher.manifest;

import dev.jitney.broker.dispatcher.manifest.Loaded.Report;
import io.fabric8.knative.duck.v1.DeliverySpec;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks of {@code delivery}. */
final class DeliveryChecks {
    private DeliveryChecks() {}

    static void check(
            @Nullable DeliverySpec delivery,
            String namespace,
            References references,
            Report report) {
        if (delivery == null) {
            return;
        }
        if (delivery.getDeadLetterSink() != null) {
            references.check(delivery.getDeadLetterSink(), namespace, report.at("deadLetterSink"));
        }
        if (delivery.getRetry() != null && delivery.getRetry() < 0) {
            report.at("retry").add("is negative: " + delivery.getRetry());
        }
        String policy = delivery.getBackoffPolicy();
        if (policy != null && !List.of("linear", "exponential").contains(policy)) {
            report.at("backoffPolicy").add("is " + policy + ": use linear or exponential");
        }
        if (delivery.getRetryAfterMax() != null) {
            report.at("retryAfterMax")
                    .add(
                            "needs the alpha feature delivery-retryafter and is not portable: remove it");
        }
        String format = delivery.getFormat();
        if (format != null && !List.of("json", "binary").contains(format)) {
            report.at("format").add("is " + format + ": use json or binary");
        }
        checkDuration(delivery.getBackoffDelay(), true, report.at("backoffDelay"));
        checkDuration(delivery.getTimeout(), false, report.at("timeout"));
    }

    private static void checkDuration(@Nullable String text, boolean zeroAllowed, Report report) {
        if (text == null) {
            return;
        }
        try {
            Duration duration = Duration.parse(text);
            if (duration.isNegative() || (duration.isZero() && !zeroAllowed)) {
                report.add("is " + text + ": must be longer than nothing");
            }
        } catch (DateTimeParseException wrong) {
            report.add("is no ISO 8601 duration: " + text + "; write one like PT0.2S or PT30S");
        }
    }
}
