package dev.jitney.kubernetes.simulator;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** The number of pods a ResourceQuota allows; ended pods do not count. */
final class Quota {
    private Quota() {}

    /** The refusal of one more pod, if a quota of its namespace is used up. */
    static Optional<ApiRefusal> refusal(
            String pod, List<JsonObject> quotas, List<JsonObject> podsOfNamespace) {
        int used = used(podsOfNamespace);
        return quotas.stream()
                .filter(quota -> used >= hard(quota))
                .findFirst()
                .map(quota -> Statuses.exceededQuota(pod, Meta.name(quota), used, hard(quota)));
    }

    /** The quota with its usage filled in, as a reader sees it. */
    static JsonObject withUsage(JsonObject quota, List<JsonObject> podsOfNamespace) {
        JsonObject hard = Meta.child(Meta.spec(quota), "hard").copy();
        JsonObject used = new JsonObject().put("pods", Integer.toString(used(podsOfNamespace)));
        return quota.copy().put("status", new JsonObject().put("hard", hard).put("used", used));
    }

    private static int used(List<JsonObject> pods) {
        return (int) pods.stream().filter(pod -> !Meta.isTerminal(pod)).count();
    }

    private static int hard(JsonObject quota) {
        String pods = Meta.text(Meta.child(Meta.spec(quota), "hard"), "pods");
        return pods.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(pods);
    }
}
