package dev.jitney.standalone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jitney.manifests.Rendering;
import dev.jitney.standalone.install.BrokerKind;
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

    /** The same with another capacity: a number, or auto. */
    Planned withCapacity(String capacity) {
        List<ObjectNode> changed = new ArrayList<>();
        for (ObjectNode each : resources) {
            ObjectNode copy = each.deepCopy();
            if (copy.path("data") instanceof ObjectNode data && data.has("JITNEY_CAPACITY")) {
                data.put("JITNEY_CAPACITY", capacity);
            }
            changed.add(copy);
        }
        return new Planned(broker, changed);
    }
}
