package dev.jitney.standalone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jitney.manifests.Rendering;
import dev.jitney.standalone.install.BrokerKind;
import dev.jitney.standalone.install.RabbitmqName;
import java.util.ArrayList;
import java.util.List;

/**
 * What a cluster is to be given.
 *
 * @param resources the Infinispan cluster, if there is one, and the overlay
 */
record Planned(BrokerKind broker, List<ObjectNode> resources) {

    static Planned of(Project project, BrokerKind broker) {
        List<ObjectNode> resources = new ArrayList<>();
        if (broker.hasInfinispanCluster()) {
            resources.addAll(Rendering.of(project.root().resolve("infinispan/operator")));
        }
        resources.addAll(Rendering.of(project.root().resolve(broker.overlay())));
        return new Planned(broker, List.copyOf(resources));
    }

    /** A setting of the functions, as it will be. */
    String setting(String key) {
        return resources.stream()
                .map(each -> each.path("data").path(key).asText())
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** The same with another value of a setting that there is. */
    Planned with(String key, String value) {
        List<ObjectNode> changed = new ArrayList<>();
        for (ObjectNode each : resources) {
            ObjectNode copy = each.deepCopy();
            if (copy.path("data") instanceof ObjectNode data && data.has(key)) {
                data.put(key, value);
            }
            changed.add(copy);
        }
        return new Planned(broker, List.copyOf(changed));
    }

    /** The same with another RabbitmqCluster. */
    Planned with(RabbitmqName rabbitmq) {
        List<ObjectNode> changed = new ArrayList<>();
        for (ObjectNode each : resources) {
            ObjectNode copy = each.deepCopy();
            if (copy.at("/spec/rabbitmqClusterReference") instanceof ObjectNode reference) {
                reference.put("namespace", rabbitmq.namespace()).put("name", rabbitmq.name());
            }
            changed.add(copy);
        }
        return new Planned(broker, List.copyOf(changed));
    }

    /** The same, and more. */
    Planned and(List<ObjectNode> more) {
        List<ObjectNode> all = new ArrayList<>(resources);
        all.addAll(more);
        return new Planned(broker, List.copyOf(all));
    }
}
