package dev.jitney.broker.dispatcher;

/**
 * The name of a Broker; also the path of its ingress, {@code /<namespace>/<name>}.
 *
 * @param namespace its namespace
 * @param name its name, unique in the namespace
 */
public record BrokerRef(String namespace, String name) {
    /** The path of the Broker below the URL of the ingress. */
    public String path() {
        return "/" + namespace + "/" + name;
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
