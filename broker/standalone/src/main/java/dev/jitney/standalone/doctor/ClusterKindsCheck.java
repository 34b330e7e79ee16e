package dev.jitney.standalone.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jitney.kubernetes.ClusterInspection;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Whether the cluster knows all kinds of what is to be applied, in the versions we use. */
public final class ClusterKindsCheck implements Check {
    private static final String KAFKA = "internal.kafka.eventing.knative.dev";

    private final ClusterInspection cluster;
    private final SortedMap<String, SortedSet<String>> needed;
    private final boolean kafka;

    /**
     * @param resources what is to be applied
     * @param kafka whether the broker is that for Apache Kafka, of which no resource of ours tells
     */
    public ClusterKindsCheck(ClusterInspection cluster, List<ObjectNode> resources, boolean kafka) {
        this.cluster = cluster;
        this.needed = Applied.kinds(resources);
        this.kafka = kafka;
    }

    @Override
    public String topic() {
        return "APIs";
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        needed.forEach((version, kinds) -> findings.add(judge(version, kinds, served(version))));
        if (kafka) {
            findings.add(
                    cluster.exists("/apis/" + KAFKA)
                            ? Finding.ok("Knative Broker for Apache Kafka is there")
                            : Finding.fail(
                                    "API " + KAFKA + " is not there",
                                    "install the Knative Broker for Apache Kafka, of the version of"
                                            + " your Knative Eventing; or choose another"
                                            + " --broker"));
        }
        return findings;
    }

    private SortedSet<String> served(String version) {
        return cluster.kinds(version);
    }

    static Finding judge(String version, SortedSet<String> needed, SortedSet<String> served) {
        SortedSet<String> missing = new TreeSet<>(needed);
        missing.removeAll(served);
        if (missing.isEmpty()) {
            return Finding.ok(version + " has " + String.join(", ", needed));
        }
        String what =
                served.isEmpty()
                        ? "API " + version + " is not served"
                        : version + " lacks " + String.join(", ", missing);
        return Finding.fail(what, todo(version, missing));
    }

    private static String todo(String version, SortedSet<String> missing) {
        if (missing.contains("RabbitmqBrokerConfig")) {
            return "install the Knative Broker for RabbitMQ, of the version of your Knative"
                    + " Eventing; or choose another --broker";
        }
        if (version.startsWith("infinispan.org")) {
            return "install the Infinispan Operator, 2.5; or try --broker mt, which needs none";
        }
        return version.startsWith("serving.")
                ? "install Knative Serving, 1.17 or newer"
                : "install Knative Eventing, 1.17 or newer";
    }
}
