package dev.jitney.broker.activator;

import java.util.Map;
import java.util.Optional;

/** Where Secrets come from on a laptop. */
@FunctionalInterface
public interface Secrets {

    /**
     * The data of a Secret, decoded. Asked whenever an instance starts, and every second while an
     * instance has it as a volume.
     *
     * @return empty when there is no such Secret
     */
    Optional<Map<String, String>> secret(String namespace, String name);

    /** The same of a ConfigMap that is not in the manifests. */
    default Optional<Map<String, String>> configMap(String namespace, String name) {
        return Optional.empty();
    }
}
