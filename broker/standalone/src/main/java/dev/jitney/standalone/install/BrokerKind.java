package dev.jitney.standalone.install;

/** Which broker carries the events, and so which overlay is taken. */
public enum BrokerKind {
    /** The Knative Broker for Apache Kafka; for production. */
    KAFKA("production"),
    /** The Knative Broker for RabbitMQ. */
    RABBITMQ("rabbitmq"),
    /** The broker in memory, and one Infinispan server; for trials. */
    MT("mt");

    private final String overlay;

    BrokerKind(String overlay) {
        this.overlay = overlay;
    }

    /** Path of the overlay in the project. */
    public String overlay() {
        return "knative/overlays/" + overlay;
    }

    /** Whether Infinispan is a cluster that the operator makes, with TLS. */
    public boolean hasInfinispanCluster() {
        return this != MT;
    }
}
