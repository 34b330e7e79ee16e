package dev.jitney.webhook;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(BrokerDownTest.NobodyListens.class)
class BrokerDownTest {
    public static final class NobodyListens implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return Map.of("K_SINK", "http://127.0.0.1:" + socket.getLocalPort() + "/x");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void fails() {
        byte[] body = Payloads.bytes(Payloads.QUEUED);

        given().header("X-GitHub-Event", "workflow_job")
                .header("X-Hub-Signature-256", Sender.signature("next-secret", body))
                .contentType("application/json")
                .body(body)
                .post("/webhook")
                .then()
                .statusCode(503)
                .body(containsString("the broker did not take the event"));
    }
}
