package dev.jitney.reconciler;

import static io.restassured.RestAssured.given;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A Broker waits for its dead letter sink, and a SinkBinding for the Broker: nobody comes first.
 */
@QuarkusTest
@TestProfile(WithoutSinkTest.NoSink.class)
class WithoutSinkTest {
    /** Port 1 is reserved and nobody's. */
    public static final class NoSink implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "jitney.infinispan", "127.0.0.1:1",
                    "jitney.ghes-url", "http://127.0.0.1:1",
                    "jitney.ghes-credentials", "src/test/resources/ghes",
                    "KUBERNETES_MASTER", "http://127.0.0.1:1");
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    @Test
    void isReadyForTheBrokersDeadLetters() {
        given().get("/q/health/ready").then().statusCode(200);
    }
}
