package dev.jitney.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class DeliveryTest {

    /** The example of "Validating webhook deliveries" in GitHub's documentation. */
    @Test
    void signsAsGitHubDoes() {
        byte[] body = "Hello, World!".getBytes(StandardCharsets.UTF_8);

        assertEquals(
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
                Delivery.signature("It's a Secret to Everybody", body));
    }
}
