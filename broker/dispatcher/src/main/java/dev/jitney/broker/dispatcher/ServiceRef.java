package dev.jitney.broker.dispatcher;

/**
 * The name of a Knative Service.
 *
 * @param namespace its namespace
 * @param name its name, unique in the namespace
 */
public record ServiceRef(String namespace, String name) {
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
