package dev.jitney.broker.activator;

import java.util.Map;
import java.util.Optional;

/** Where the values of {@code secretKeyRef} come from on a laptop. */
@FunctionalInterface
public interface Secrets {

    /**
     * The data of a Secret, decoded. Asked whenever an instance starts.
     *
     * @return empty when there is no such Secret
     */
    Optional<Map<String, String>> secret(String namespace, String name);
}
