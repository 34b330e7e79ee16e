package dev.jitney.kubernetes.simulator;

import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;

/**
 * A variable of a container that takes its value from a Secret.
 *
 * @param variable name of the variable
 * @param secret name of the Secret in the pod's namespace
 * @param key key in the Secret
 */
record SecretUse(String variable, String secret, String key) {
    /** The uses of one container that it cannot start without. */
    static Stream<SecretUse> of(JsonObject container) {
        return Meta.children(container, "env")
                .filter(env -> Meta.child(env, "valueFrom").containsKey("secretKeyRef"))
                .filter(env -> !Boolean.TRUE.equals(reference(env).getValue("optional")))
                .map(
                        env ->
                                new SecretUse(
                                        Meta.text(env, "name"),
                                        Meta.text(reference(env), "name"),
                                        Meta.text(reference(env), "key")));
    }

    /** The uses of all ordinary containers of a pod. */
    static Stream<SecretUse> ofPod(JsonObject pod) {
        return Meta.children(Meta.spec(pod), "containers").flatMap(SecretUse::of);
    }

    private static JsonObject reference(JsonObject env) {
        return Meta.child(Meta.child(env, "valueFrom"), "secretKeyRef");
    }
}
