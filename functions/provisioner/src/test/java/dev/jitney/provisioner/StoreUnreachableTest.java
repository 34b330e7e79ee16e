package dev.jitney.provisioner;

import static io.restassured.RestAssured.given;

import dev.jitney.core.event.EventTypes;
import dev.jitney.core.event.RunnerEvent.Requested;
import dev.jitney.testing.Events;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nobody listens where the store should be, and nobody anywhere else may be asked then. */
@QuarkusTest
@TestProfile(StoreUnreachableTest.Nowhere.class)
class StoreUnreachableTest {
    /** Port 1 is reserved and nobody's. */
    public static final class Nowhere implements QuarkusTestProfile {
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
    void asksTheBrokerToComeAgain() {
        var requested = new Requested("code-linux-1", "octo", "code-linux", 1, "octo/app");

        given().header("ce-specversion", "1.0")
                .header("ce-id", "code-linux-1/requested")
                .header("ce-source", "/jitney/admission")
                .header("ce-type", EventTypes.RUNNER_REQUESTED)
                .contentType("application/json")
                .body(Events.requested(requested))
                .post("/")
                .then()
                .statusCode(503);
    }
}
