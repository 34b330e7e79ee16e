package dev.jitney.standalone.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jitney.kubernetes.ClusterInspection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether what was applied is ready, by what it says of itself; and if not, why. */
public final class ClusterReadyCheck implements Check {
    /** Kinds that say so, with the condition that does, and what to look at otherwise. */
    private static final Map<String, Readiness> KINDS =
            Map.of(
                    "Infinispan",
                    new Readiness("WellFormed", "kubectl -n jitney-infinispan get pods"),
                    "Broker",
                    new Readiness("Ready", "kubectl -n jitney describe broker events"),
                    "Service",
                    new Readiness("Ready", "docs/install.md, troubleshooting"),
                    "SinkBinding",
                    new Readiness("Ready", "it waits for the broker; mend that first"),
                    "Trigger",
                    new Readiness("Ready", "it waits for broker and function; mend those first"),
                    "PingSource",
                    new Readiness("Ready", "it waits for its function; mend that first"));

    private final ClusterInspection cluster;
    private final List<ObjectNode> resources;

    private record Readiness(String condition, String todo) {}

    /**
     * @param resources what was applied, or will be
     */
    public ClusterReadyCheck(ClusterInspection cluster, List<ObjectNode> resources) {
        this.cluster = cluster;
        this.resources =
                resources.stream()
                        .filter(each -> KINDS.containsKey(each.path("kind").asText()))
                        .filter(each -> each.path("apiVersion").asText().contains("/"))
                        .toList();
    }

    @Override
    public String topic() {
        return "ready";
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        int ready = 0;
        int absent = 0;
        for (ObjectNode each : resources) {
            Optional<JsonNode> found = cluster.find(Applied.path(each));
            if (found.isEmpty()) {
                absent++;
            } else {
                Optional<Finding> wrong = judge(found.get(), each);
                wrong.ifPresent(findings::add);
                ready += wrong.isEmpty() ? 1 : 0;
            }
        }
        findings.addFirst(count(ready, absent));
        return findings;
    }

    private Finding count(int ready, int absent) {
        String what = ready + " of " + resources.size() + " are ready";
        return absent == 0
                ? Finding.ok(what)
                : Finding.warn(
                        what + "; " + absent + " are not there",
                        "kubectl apply -k the directory of ./jitney install");
    }

    /** Empty if it is ready. */
    private static Optional<Finding> judge(JsonNode found, ObjectNode applied) {
        String kind = applied.path("kind").asText();
        Readiness readiness = KINDS.getOrDefault(kind, new Readiness("Ready", ""));
        String name = kind + " " + applied.at("/metadata/name").asText();
        for (JsonNode each : found.at("/status/conditions")) {
            if (each.path("type").asText().equals(readiness.condition())) {
                return each.path("status").asText().equalsIgnoreCase("true")
                        ? Optional.empty()
                        : Optional.of(
                                Finding.fail(
                                        "%s is not ready: %s %s"
                                                .formatted(
                                                        name,
                                                        each.path("reason").asText(),
                                                        each.path("message").asText())
                                                .strip(),
                                        readiness.todo()));
            }
        }
        return Optional.of(
                Finding.fail(
                        name + " does not say yet whether it is ready",
                        "wait a minute; if it stays so, its controller does not run"));
    }
}
