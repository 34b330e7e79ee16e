package dev.jitney.ghes.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What GHES 3.14 says its bodies look like. */
final class Schemas {

    private static final JsonObject OPENAPI = resource("openapi-ghes-3.14-cut.json");
    private static final JsonObject WORKFLOW_JOB = resource("workflow_job.schema.json");

    private Schemas() {}

    /** The errors of a webhook body against the description of its action; empty if it conforms. */
    static String webhookErrors(String action, JsonObject body) {
        var schema =
                new JsonObject()
                        .put("$ref", "#/$defs/webhook-workflow-job-" + action.replace('_', '-'))
                        .put("$defs", WORKFLOW_JOB.getJsonObject("$defs"));
        return errors(schema, body);
    }

    static boolean hasOperation(String method, String path) {
        return operation(method, path) != null;
    }

    /** The errors of an answer against the description of its operation and status. */
    static String answerErrors(String method, String path, int status, Object body) {
        JsonObject response =
                Optional.ofNullable(operation(method, path))
                        .map(found -> found.getJsonObject("responses"))
                        .map(found -> found.getJsonObject(Integer.toString(status)))
                        .orElseThrow(() -> new AssertionError(path + " never answers " + status));
        return errors(withComponents(schema(response)), body);
    }

    static String requestErrors(String method, String path, JsonObject body) {
        JsonObject request =
                Optional.ofNullable(operation(method, path))
                        .map(found -> found.getJsonObject("requestBody"))
                        .orElseThrow(() -> new AssertionError(path + " takes no body"));
        return errors(withComponents(schema(request)), body);
    }

    private static @Nullable JsonObject operation(String method, String path) {
        JsonObject operations = OPENAPI.getJsonObject("paths").getJsonObject(path);
        return operations == null ? null : operations.getJsonObject(method);
    }

    private static JsonObject schema(JsonObject content) {
        return content.getJsonObject("content")
                .getJsonObject("application/json")
                .getJsonObject("schema");
    }

    private static JsonObject withComponents(JsonObject schema) {
        JsonObject root = schema.copy();
        return nullable(root.put("components", OPENAPI.getJsonObject("components").copy()));
    }

    /** OpenAPI 3.0 writes {@code nullable} where JSON Schema has the type null. */
    private static JsonObject nullable(JsonObject schema) {
        for (String key : schema.fieldNames()) {
            if (schema.getValue(key) instanceof JsonObject inner) nullable(inner);
            if (schema.getValue(key) instanceof JsonArray array) {
                array.stream()
                        .filter(JsonObject.class::isInstance)
                        .forEach(inner -> nullable((JsonObject) inner));
            }
        }
        if (Boolean.TRUE.equals(schema.getValue("nullable"))) {
            if (schema.getValue("type") instanceof String type) {
                schema.put("type", JsonArray.of(type, "null"));
            }
            if (schema.getValue("enum") instanceof JsonArray values) values.addNull();
        }
        return schema;
    }

    private static String errors(JsonObject schema, Object body) {
        var options =
                new JsonSchemaOptions()
                        .setBaseUri("https://jitney.dev/")
                        .setDraft(Draft.DRAFT202012)
                        .setOutputFormat(OutputFormat.Basic);
        OutputUnit result = Validator.create(JsonSchema.of(schema), options).validate(body);
        return Boolean.TRUE.equals(result.getValid()) ? "" : result.toJson().encodePrettily();
    }

    private static JsonObject resource(String name) {
        try (InputStream in = Schemas.class.getResourceAsStream(name)) {
            if (in == null) throw new AssertionError("not on the class path: " + name);
            return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new AssertionError(name, unreadable);
        }
    }
}
