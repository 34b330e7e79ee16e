package dev.jitney.broker.activator;

import dev.jitney.broker.dispatcher.manifest.Manifests;
import java.util.Map;
import java.util.Optional;

/** What the Secrets and ConfigMaps hold that the Services name. */
final class Configuration {
    private final Manifests manifests;
    private final Secrets secrets;

    Configuration(Manifests manifests, Secrets secrets) {
        this.manifests = manifests;
        this.secrets = secrets;
    }

    /**
     * The data of a ConfigMap; empty if it is optional and missing.
     *
     * @throws IllegalStateException naming it if it is missing
     */
    Map<String, String> configMap(String namespace, String name, boolean optional) {
        Optional<Map<String, String>> data =
                manifests
                        .configMap(namespace, name)
                        .map(
                                map ->
                                        map.getData() == null
                                                ? Map.<String, String>of()
                                                : map.getData())
                        .or(() -> secrets.configMap(namespace, name));
        return present(data, "ConfigMap " + namespace + "/" + name, optional);
    }

    /** The same of a Secret. */
    Map<String, String> secret(String namespace, String name, boolean optional) {
        return present(
                secrets.secret(namespace, name), "Secret " + namespace + "/" + name, optional);
    }

    private static Map<String, String> present(
            Optional<Map<String, String>> data, String holder, boolean optional) {
        if (data.isEmpty() && !optional) {
            throw new IllegalStateException(holder + " is missing");
        }
        return data.orElse(Map.of());
    }
}
