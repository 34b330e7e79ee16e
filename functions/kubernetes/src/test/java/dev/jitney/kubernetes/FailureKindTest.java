package dev.jitney.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.kubernetes.KubernetesRefused.Reason;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FailureKindTest {
    @ParameterizedTest
    @CsvSource({
        "403, exceeded quota: runner-pods, QUOTA_EXCEEDED, true",
        "403, violates PodSecurity, FORBIDDEN, false",
        "422, spec.containers: Required value, INVALID, false",
        "400, bad request, INVALID, false",
        "404, namespaces not found, NO_NAMESPACE, false",
    })
    void refusesForGood(int code, String message, Reason reason, boolean later) {
        var refused =
                assertInstanceOf(
                        KubernetesRefused.class, FailureKind.of("create", answer(code, message)));

        assertEquals(reason, refused.reason());
        assertEquals(code, refused.status());
        assertEquals(later, refused.isRetryableLater());
        assertEquals("create: " + message, refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 401, 408, 409, 410, 429, 500, 503, 504})
    void isUnavailable(int code) {
        var unavailable =
                assertInstanceOf(
                        KubernetesUnavailable.class, FailureKind.of("x", answer(code, "later")));

        assertEquals(code, unavailable.status());
        assertEquals(Optional.of(Duration.ofSeconds(3)), unavailable.retryAfter());
    }

    @Test
    void keepsTheServersWordsAboutASecretToItself() {
        var failure = FailureKind.ofSecret("hand over", answer(422, "Invalid value: e30="));

        assertFalse(String.valueOf(failure.getMessage()).contains("e30="));
        assertNull(failure.getCause());
        assertTrue(String.valueOf(failure.getMessage()).contains("422"));
    }

    private static KubernetesClientException answer(int code, String message) {
        var status =
                new StatusBuilder()
                        .withCode(code)
                        .withMessage(message)
                        .withNewDetails()
                        .withRetryAfterSeconds(3)
                        .endDetails()
                        .build();
        return new KubernetesClientException(message, code, status);
    }
}
