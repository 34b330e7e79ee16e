package dev.jitney.cloudevents;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jitney.classes.ClassFile;
import dev.jitney.core.Policy;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WithoutSinkTest.NoSink.class)
class WithoutSinkTest {
    public static final class NoSink implements QuarkusTestProfile {}

    @Inject Policy policy;
    @Inject ClassFile classes;

    @Test
    void isNotReady() {
        given().get("/q/health/ready")
                .then()
                .statusCode(503)
                .body(containsString("K_SINK is not set"));
        given().get("/q/health/live").then().statusCode(200);
    }

    @Test
    void letsTheBrokerTryAgain() {
        given().header("ce-id", "delivery-1")
                .header("ce-source", "/test")
                .header("ce-specversion", "1.0")
                .header("ce-type", "test.order")
                .contentType("application/json")
                .body("{\"runners\":2,\"job\":1}")
                .post("/")
                .then()
                .statusCode(503)
                .body(containsString("K_SINK"));
    }

    @Test
    void hasThePolicyOfTheSettings() {
        assertEquals(7, policy.capacity());
        assertEquals(2, policy.organizationLimit());
    }

    @Test
    void takesTheClassesAsTheyAreWritten() {
        var env = classes.entries().getFirst().written().get("env").items("variables").getFirst();

        assertEquals("${NOT_OURS}", env.get("value").text("text"));
    }
}
