package dev.jitney.cloudevents;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SinkServer.class)
class FunqyGuardTest {

    private static RequestSpecification event(String type) {
        return given().header("ce-id", "event-1")
                .header("ce-source", "/test")
                .header("ce-specversion", "1.0")
                .header("ce-type", type)
                .contentType("application/json");
    }

    private static ValidatableResponse isRefused(ValidatableResponse response, int status) {
        String body =
                response.statusCode(status)
                        .contentType(startsWith("text/plain"))
                        .header("ce-id", nullValue())
                        .header("ce-type", nullValue())
                        .extract()
                        .asString();
        assertEquals(1, body.lines().count(), body);
        return response;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/plain", "/order"})
    void letsAnEventThroughOnEveryPathOfFunqy(String path) {
        event("test.plain").body("{\"runners\":1}").post(path).then().statusCode(204);
    }

    @Test
    void acceptsVersion03() {
        given().header("ce-id", "1")
                .header("ce-source", "/test")
                .header("ce-specversion", "0.3")
                .header("ce-type", "test.plain")
                .contentType("application/json; charset=utf-8")
                .body("{\"runners\":1}")
                .post("/")
                .then()
                .statusCode(204);
    }

    @ParameterizedTest
    @CsvSource({"ce-id", "ce-source", "ce-type", "ce-specversion"})
    void refusesAnEventWithoutARequiredAttribute(String missing) {
        var request = given().contentType("application/json").body("{\"runners\":1}");
        for (String name : new String[] {"ce-id", "ce-source", "ce-type", "ce-specversion"}) {
            if (!name.equals(missing)) {
                request.header(name, name.equals("ce-specversion") ? "1.0" : "test.plain");
            }
        }

        isRefused(request.post("/").then(), 400).body(containsString(missing));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0", "9.9", "0.2", "1"})
    void refusesAnotherVersion(String version) {
        var request =
                given().header("ce-id", "1")
                        .header("ce-source", "/test")
                        .header("ce-specversion", version)
                        .header("ce-type", "test.plain")
                        .contentType("application/json")
                        .body("{\"runners\":1}");

        isRefused(request.post("/").then(), 400).body(containsString("specversion"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/plain"})
    void refusesACallThatIsNoCloudEvent(String path) {
        isRefused(
                given().contentType("application/json").body("{\"runners\":1}").post(path).then(),
                400);
        isRefused(given().get(path + "?runners=1").then(), 405).header("allow", "POST");
        isRefused(given().options(path).then(), 405).header("allow", "POST");
        isRefused(event("test.plain").body("{\"runners\":1}").put(path).then(), 405);
    }

    @Test
    void refusesABatch() {
        isRefused(
                given().header("content-type", "application/cloudevents-batch+json")
                        .body("[]".getBytes(UTF_8))
                        .post("/")
                        .then(),
                400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/jsonx"})
    void refusesDataThatIsNotJson(String contentType) {
        var request =
                given().header("ce-id", "1")
                        .header("ce-source", "/test")
                        .header("ce-specversion", "1.0")
                        .header("ce-type", "test.plain")
                        .header("content-type", contentType)
                        .body("{\"runners\":1}".getBytes(UTF_8));

        isRefused(request.post("/").then(), 415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1,2", "{\"runners\":\"many-secret\"}", "null", " null "})
    void refusesForGoodWhatNobodyCanRead(String body) {
        for (String type : new String[] {"test.plain", "test.order"}) {
            isRefused(event(type).body(body).post("/").then(), 400)
                    .body(not(containsString("secret")));
        }
    }

    @Test
    void refusesAnEventWithoutData() {
        isRefused(event("test.plain").post("/").then(), 400).body(containsString("no data"));
    }

    @Test
    void namesTheFieldThatDoesNotFit() {
        isRefused(event("test.plain").body("{\"runners\":[]}").post("/").then(), 400)
                .body(equalTo("data does not fit at runners"));
    }

    @Test
    void refusesATypeThatNoFunctionTakes() {
        isRefused(event("test.unknown").body("{}").post("/").then(), 422);
    }

    @ParameterizedTest
    @CsvSource({
        "try-again,           503, the store does not answer",
        "try-again-later,     503, rate limit",
        "permanent,           422, no such organization ce-id: evil",
        "elsewhere,           409, another tick runs",
        "ledger,              503, no answer",
        "mapped,              503, overloaded",
        "wrapped,             503, deep down",
        "something,           400, unknown kind: something",
        "bug,                 500, 'internal error, see the log'",
        "bug-on-bad-argument, 500, 'internal error, see the log'",
        "io,                  500, 'internal error, see the log'",
    })
    void answersAFailureWithWhatTheBrokerShallDo(String kind, int status, String line) {
        isRefused(
                        event("test.trouble").body("{\"kind\":\"" + kind + "\"}").post("/").then(),
                        status)
                .body(equalTo(line));
    }

    @ParameterizedTest
    @CsvSource({"try-again-later, 30", "mapped, 2"})
    void saysHowLongToWaitWhereItKnows(String kind, String seconds) {
        event("test.trouble")
                .body("{\"kind\":\"" + kind + "\"}")
                .post("/")
                .then()
                .header("retry-after", seconds);
    }

    @Test
    void acceptsStructuredMode() {
        structured(
                        "{'specversion':'1.0','id':'1','source':'/t','type':'test.plain',"
                                + "'datacontenttype':'application/json','data':{'runners':1}}")
                .statusCode(204);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    {                                                                    | 400
                    []                                                                   | 400
                    {'specversion':'1.0','id':'1','source':'/t','data':{}}               | 400
                    {'specversion':'1.0','id':'1','type':'test.plain','data':{}}         | 400
                    {'specversion':'1.0','source':'/t','type':'test.plain','data':{}}    | 400
                    {'id':'1','source':'/t','type':'test.plain','data':{}}               | 400
                    {'specversion':'1.0','id':'1','source':'/t','type':'test.plain'}     | 400
                    {'specversion':'1.0','id':'1','source':'/t','type':'test.x','data':{}}| 422
                    {'specversion':'1.0','id':'1','source':'/t','type':'test.plain','datacontenttype':'text/xml','data':'x'} | 415
                    """)
    void refusesABadStructuredEvent(String body, int status) {
        isRefused(structured(body), status);
    }

    private static ValidatableResponse structured(String body) {
        return given().header("content-type", "application/cloudevents+json")
                .body(body.replace('\'', '"').getBytes(UTF_8))
                .post("/")
                .then();
    }

    @Test
    void refusesAnEventInBothModes() {
        isRefused(
                event("test.plain")
                        .header("content-type", "application/cloudevents+json")
                        .body("{}".getBytes(UTF_8))
                        .post("/")
                        .then(),
                400);
    }

    @Test
    void leavesHealthAlone() {
        given().get("/q/health/ready").then().statusCode(200).body(containsString("sink"));
    }
}
