package dev.jitney.kubernetes.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SchedulerTest {
    private static final JsonObject ANYWHERE = new JsonObject("{\"spec\":{}}");
    private static final JsonObject GPU =
            new JsonObject("{\"spec\":{\"nodeSelector\":{\"pool\":\"gpu\"}}}");

    @Test
    void takesTheEmptiestNodeAndOfEqualOnesTheFirst() {
        var nodes = List.of(node("a", 2, ""), node("b", 2, ""));

        var scheduler = Scheduler.of(nodes, List.of());

        assertEquals(Optional.of("a"), scheduler.place(ANYWHERE));
        assertEquals(Optional.of("b"), scheduler.plus("a").place(ANYWHERE));
        assertEquals(Optional.of("a"), scheduler.plus("a").plus("b").place(ANYWHERE));
    }

    @Test
    void countsOnlyPodsThatHaveNotEnded() {
        var nodes = List.of(node("a", 1, ""));

        var full = Scheduler.of(nodes, List.of(pod("a", "Running")));
        var free = Scheduler.of(nodes, List.of(pod("a", "Succeeded"), pod("a", "Failed")));

        assertEquals(Optional.empty(), full.place(ANYWHERE));
        assertEquals("0/1 nodes are available: 1 Too many pods.", full.whyNot(ANYWHERE));
        assertEquals(Optional.of("a"), free.place(ANYWHERE));
    }

    @Test
    void heedsTheNodeSelector() {
        var nodes = List.of(node("a", 9, ""), node("b", 1, "gpu"));

        assertEquals(Optional.of("b"), Scheduler.of(nodes, List.of()).place(GPU));
        assertEquals(
                "0/2 nodes are available: 1 Too many pods."
                        + " 1 node(s) didn't match Pod's node affinity/selector.",
                Scheduler.of(nodes, List.of(pod("b", "Pending"))).whyNot(GPU));
    }

    private static JsonObject node(String name, int pods, String pool) {
        return new JsonObject(
                """
                {"metadata": {"name": "%s", "labels": {"pool": "%s"}},
                 "status": {"allocatable": {"pods": "%d"}}}
                """
                        .formatted(name, pool, pods));
    }

    private static JsonObject pod(String node, String phase) {
        return new JsonObject(
                "{\"spec\":{\"nodeName\":\"%s\"},\"status\":{\"phase\":\"%s\"}}"
                        .formatted(node, phase));
    }
}
