package dev.jitney.kubernetes.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;

/** The states of a pod as pure steps: a pod and a time give the pod in its next state. */
final class PodStatus {
    private PodStatus() {}

    /** Just created: nobody has looked at it. */
    static JsonObject created(JsonObject pod) {
        return withStatus(
                pod, new JsonObject().put("phase", "Pending").put("qosClass", "Burstable"));
    }

    static JsonObject unschedulable(JsonObject pod, String why, Instant now) {
        JsonObject status = Meta.child(pod, "status").copy();
        JsonObject condition =
                condition("PodScheduled", false, now)
                        .put("reason", "Unschedulable")
                        .put("message", why);
        return withStatus(pod, status.put("conditions", new JsonArray().add(condition)));
    }

    static JsonObject scheduled(JsonObject pod, String node, Instant now) {
        JsonObject placed = pod.copy();
        Meta.spec(placed).put("nodeName", node);
        JsonObject initializing = waiting("PodInitializing", "");
        JsonObject status =
                new JsonObject()
                        .put("phase", "Pending")
                        .put("qosClass", "Burstable")
                        .put("startTime", seconds(now))
                        .put("hostIP", "10.0.0.1")
                        .put("conditions", conditions(now, true, false, false))
                        .put("initContainerStatuses", statuses(pod, true, it -> initializing))
                        .put("containerStatuses", statuses(pod, false, it -> initializing));
        return withStatus(placed, status);
    }

    /** The image of the first container to start cannot be had. */
    static JsonObject imageMissing(JsonObject pod, String reason) {
        boolean hasInit = Meta.children(Meta.spec(pod), "initContainers").findAny().isPresent();
        String list = hasInit ? "initContainerStatuses" : "containerStatuses";
        JsonObject status = Meta.child(pod, "status").copy();
        JsonObject first = status.getJsonArray(list).getJsonObject(0);
        String message = "Back-off pulling image \"" + Meta.text(first, "image") + "\"";
        first.put("state", waiting(reason, message));
        return withStatus(pod, status);
    }

    /** Init containers have ended, sidecars run, ordinary containers wait for the reason given. */
    static JsonObject initialized(JsonObject pod, String waitReason, String message, Instant now) {
        JsonObject status = Meta.child(pod, "status").copy();
        JsonObject waiting = waiting(waitReason, message);
        status.put("conditions", conditions(now, true, true, false))
                .put(
                        "initContainerStatuses",
                        statuses(
                                pod,
                                true,
                                it ->
                                        isSidecar(it)
                                                ? running(now)
                                                : terminated(0, "Completed", now)))
                .put("containerStatuses", statuses(pod, false, it -> waiting));
        return withStatus(pod, status);
    }

    /** The container that prepares the pod has failed, and the pod with it. */
    static JsonObject initFailed(JsonObject pod, Instant now) {
        JsonObject status = Meta.child(pod, "status").copy();
        status.put("phase", "Failed")
                .put(
                        "initContainerStatuses",
                        statuses(
                                pod,
                                true,
                                it ->
                                        isSidecar(it)
                                                ? waiting("PodInitializing", "")
                                                : terminated(1, "Error", now)));
        return withStatus(pod, status);
    }

    /** Init containers have ended; the sidecar runs, and its startup probe has not succeeded. */
    static JsonObject dockerStarting(JsonObject pod, Instant now) {
        JsonObject status = Meta.child(initialized(pod, "PodInitializing", "", now), "status");
        status.put("conditions", conditions(now, true, false, false));
        for (Object each : status.getJsonArray("initContainerStatuses")) {
            if (each instanceof JsonObject one && Meta.child(one, "state").containsKey("running")) {
                one.put("started", false).put("ready", false);
            }
        }
        return withStatus(pod, status);
    }

    /** The containers are being created. */
    static JsonObject creating(JsonObject pod) {
        JsonObject status = Meta.child(pod, "status").copy();
        JsonObject creating = waiting("ContainerCreating", "");
        status.put("initContainerStatuses", statuses(pod, true, it -> creating));
        return withStatus(pod, status);
    }

    /** The ordinary containers have ended; the sidecars, and with them the pod, have not. */
    static JsonObject runnerEnded(JsonObject pod, Instant now) {
        JsonObject status = Meta.child(pod, "status").copy();
        status.put(
                "containerStatuses", statuses(pod, false, it -> terminated(0, "Completed", now)));
        return withStatus(pod, status);
    }

    /** Nobody reports of the pod any more. */
    static JsonObject nodeLost(JsonObject pod, Instant now) {
        JsonObject status = Meta.child(pod, "status").copy();
        JsonArray conditions = conditions(now, true, true, false);
        conditions.getJsonObject(conditions.size() - 1).put("reason", "NodeLost");
        return withStatus(pod, status.put("conditions", conditions).put("reason", "NodeLost"));
    }

    static JsonObject running(JsonObject pod, Instant now) {
        JsonObject status = Meta.child(pod, "status").copy();
        status.put("phase", "Running")
                .put("conditions", conditions(now, true, true, true))
                .put("containerStatuses", statuses(pod, false, it -> running(now)));
        return withStatus(pod, status);
    }

    /**
     * The pod has ended.
     *
     * @param exitCode of its ordinary containers; 0 makes the pod succeed
     * @param reason why the pod was ended from outside; empty if it ended by itself
     */
    static JsonObject ended(
            JsonObject pod, int exitCode, String reason, String message, Instant now) {
        JsonObject status = Meta.child(pod, "status").copy();
        JsonObject terminated = terminated(exitCode, exitCode == 0 ? "Completed" : "Error", now);
        status.put("phase", exitCode == 0 ? "Succeeded" : "Failed")
                .put("conditions", conditions(now, true, true, false))
                .put(
                        "initContainerStatuses",
                        statuses(pod, true, it -> terminated(0, "Completed", now)))
                .put("containerStatuses", statuses(pod, false, it -> terminated));
        if (!reason.isEmpty()) {
            status.put("reason", reason).put("message", message);
        }
        return withStatus(pod, status);
    }

    private static JsonObject withStatus(JsonObject pod, JsonObject status) {
        return pod.copy().put("status", status);
    }

    private static JsonArray statuses(
            JsonObject pod, boolean init, Function<JsonObject, JsonObject> state) {
        JsonArray statuses = new JsonArray();
        Meta.children(Meta.spec(pod), init ? "initContainers" : "containers")
                .forEach(container -> statuses.add(status(container, state.apply(container))));
        return statuses;
    }

    private static JsonObject status(JsonObject container, JsonObject state) {
        boolean runs = state.containsKey("running");
        return new JsonObject()
                .put("name", Meta.text(container, "name"))
                .put("image", Meta.text(container, "image"))
                .put("imageID", "")
                .put("ready", runs)
                .put("started", runs)
                .put("restartCount", 0)
                .put("state", state.copy());
    }

    private static boolean isSidecar(JsonObject container) {
        return Meta.text(container, "restartPolicy").equals("Always");
    }

    private static JsonObject waiting(String reason, String message) {
        JsonObject waiting = new JsonObject().put("reason", reason);
        return new JsonObject()
                .put("waiting", message.isEmpty() ? waiting : waiting.put("message", message));
    }

    private static JsonObject running(Instant now) {
        return new JsonObject().put("running", new JsonObject().put("startedAt", seconds(now)));
    }

    private static JsonObject terminated(int exitCode, String reason, Instant now) {
        return new JsonObject()
                .put(
                        "terminated",
                        new JsonObject()
                                .put("exitCode", exitCode)
                                .put("reason", reason)
                                .put("finishedAt", seconds(now)));
    }

    private static JsonArray conditions(
            Instant now, boolean scheduled, boolean initialized, boolean ready) {
        return new JsonArray()
                .add(condition("PodScheduled", scheduled, now))
                .add(condition("Initialized", initialized, now))
                .add(condition("ContainersReady", ready, now))
                .add(condition("Ready", ready, now));
    }

    private static JsonObject condition(String type, boolean status, Instant now) {
        return new JsonObject()
                .put("type", type)
                .put("status", status ? "True" : "False")
                .put("lastTransitionTime", seconds(now));
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
