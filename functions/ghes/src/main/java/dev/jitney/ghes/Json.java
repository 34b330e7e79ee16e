package dev.jitney.ghes;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads GitHub's objects from JSON trees, tolerant of fields that older and newer servers leave out
 * or add. A tree costs less at a cold start than data binding.
 */
final class Json {

    private Json() {}

    static Runner runner(JsonNode node) {
        return new Runner(
                id(node, "id"),
                node.path("name").asText(""),
                node.path("status").asText("").equals("online"),
                node.path("busy").asBoolean(false),
                list(node.path("labels"), label -> label.path("name").asText("")));
    }

    static boolean tellsOfJobs(JsonNode hook) {
        return list(hook.path("events"), JsonNode::asText).stream()
                .anyMatch(event -> event.equals("workflow_job") || event.equals("*"));
    }

    static HookDelivery delivery(JsonNode node) {
        return new HookDelivery(
                id(node, "id"),
                node.path("guid").asText(""),
                instant(node, "delivered_at").orElse(Instant.EPOCH),
                node.path("redelivery").asBoolean(false),
                node.path("status_code").asInt(0),
                node.path("event").asText(""));
    }

    static Installation installation(JsonNode node) {
        JsonNode account = node.path("account");
        return new Installation(
                id(node, "id"),
                account.path("login").asText(""),
                account.path("type").asText("").equals("Organization"),
                text(node, "suspended_at").isPresent(),
                texts(node.path("permissions")));
    }

    /** The texts of an object by their names. */
    static SortedMap<String, String> texts(JsonNode object) {
        var texts = new TreeMap<String, String>();
        object.properties().forEach(each -> texts.put(each.getKey(), each.getValue().asText("")));
        return texts;
    }

    static JitRunner jitRunner(JsonNode node) {
        JsonNode runner = node.path("runner");
        return new JitRunner(
                id(runner, "id"),
                runner.path("name").asText(""),
                required(node, "encoded_jit_config"));
    }

    static WorkflowJob job(JsonNode node) {
        long runner = node.path("runner_id").asLong(0);
        return new WorkflowJob(
                id(node, "id"),
                id(node, "run_id"),
                node.path("name").asText(""),
                JobStatus.of(node.path("status").asText("")),
                text(node, "conclusion"),
                list(node.path("labels"), JsonNode::asText),
                runner == 0 ? OptionalLong.empty() : OptionalLong.of(runner),
                text(node, "runner_name"),
                // Older servers have no created_at; a queued job started, in their words, then.
                instant(node, "created_at")
                        .or(() -> instant(node, "started_at"))
                        .orElseThrow(() -> missing("created_at")));
    }

    static WorkflowRun run(JsonNode node) {
        return new WorkflowRun(
                id(node, "id"),
                node.path("status").asText(""),
                instant(node, "created_at").orElseThrow(() -> missing("created_at")));
    }

    static Repository repository(JsonNode node) {
        return new Repository(
                required(node, "full_name"),
                node.path("archived").asBoolean(false),
                instant(node, "pushed_at"));
    }

    static RunnerGroup runnerGroup(JsonNode node) {
        return new RunnerGroup(
                id(node, "id"),
                node.path("name").asText(""),
                node.path("default").asBoolean(false));
    }

    static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
        var values = new ArrayList<T>(array.size());
        for (JsonNode element : array) {
            if (!element.isNull()) values.add(read.apply(element));
        }
        return values;
    }

    static long id(JsonNode node, String field) {
        JsonNode id = node.path(field);
        if (!id.isNumber()) throw missing(field);
        return id.asLong();
    }

    static String required(JsonNode node, String field) {
        return text(node, field).orElseThrow(() -> missing(field));
    }

    /** Absent, null and empty are the same. */
    static Optional<String> text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() && !value.asText().isEmpty()
                ? Optional.of(value.asText())
                : Optional.empty();
    }

    static Optional<Instant> instant(JsonNode node, String field) {
        try {
            return text(node, field).map(Instant::parse);
        } catch (DateTimeException malformed) {
            throw missing(field);
        }
    }

    static GhesUnavailable missing(String field) {
        return new GhesUnavailable("the answer has no valid " + field, Optional.empty());
    }
}
