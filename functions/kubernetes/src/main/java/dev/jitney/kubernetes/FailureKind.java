package dev.jitney.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Sorts the failures of the client into refusals and unavailability. */
final class FailureKind {
    private FailureKind() {}

    /**
     * @param call what was tried, for people, without credentials
     */
    static KubernetesFailure of(String call, KubernetesClientException e) {
        return classify(call + ": " + text(e), e, e);
    }

    /** Like {@link #of}, without the server's words, which might repeat what was sent. */
    static KubernetesFailure ofSecret(String call, KubernetesClientException e) {
        return classify(call + ": " + e.getCode() + " " + reason(e), e, null);
    }

    static boolean isAlreadyExists(KubernetesClientException e) {
        return e.getCode() == 409 && reason(e).equals("AlreadyExists");
    }

    private static KubernetesFailure classify(
            String message, KubernetesClientException e, @Nullable Throwable cause) {
        int code = e.getCode();
        return switch (code) {
            case 403 -> refused(forbidden(e), message, code, cause);
            case 404 -> refused(KubernetesRefused.Reason.NO_NAMESPACE, message, code, cause);
            // 401: the credentials are not accepted now, which says nothing about this runner.
            // 408, 409, 410: another writer or an expired list; the next attempt looks again.
            case 401, 408, 409, 410, 429 -> unavailable(message, e, cause);
            default ->
                    code >= 400 && code < 500
                            ? refused(KubernetesRefused.Reason.INVALID, message, code, cause)
                            : unavailable(message, e, cause);
        };
    }

    private static KubernetesRefused.Reason forbidden(KubernetesClientException e) {
        return text(e).toLowerCase(Locale.ROOT).contains("exceeded quota")
                ? KubernetesRefused.Reason.QUOTA_EXCEEDED
                : KubernetesRefused.Reason.FORBIDDEN;
    }

    private static KubernetesRefused refused(
            KubernetesRefused.Reason reason, String message, int code, @Nullable Throwable cause) {
        return new KubernetesRefused(reason, message, code, cause);
    }

    private static KubernetesUnavailable unavailable(
            String message, KubernetesClientException e, @Nullable Throwable cause) {
        Status status = e.getStatus();
        Integer seconds =
                status == null || status.getDetails() == null
                        ? null
                        : status.getDetails().getRetryAfterSeconds();
        Duration retryAfter = seconds == null ? null : Duration.ofSeconds(seconds);
        return new KubernetesUnavailable(message, e.getCode(), retryAfter, cause);
    }

    private static String reason(KubernetesClientException e) {
        Status status = e.getStatus();
        return status == null || status.getReason() == null ? "" : status.getReason();
    }

    private static String text(KubernetesClientException e) {
        Status status = e.getStatus();
        if (status != null && status.getMessage() != null) {
            return status.getMessage();
        }
        return e.getMessage() == null ? "no message" : e.getMessage();
    }
}
