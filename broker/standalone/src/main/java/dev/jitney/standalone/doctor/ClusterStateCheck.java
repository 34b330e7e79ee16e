package dev.jitney.standalone.doctor;

import dev.jitney.kubernetes.ClusterInspection;
import java.util.ArrayList;
import java.util.List;

/** Which namespaces and Secrets are there. */
public final class ClusterStateCheck implements Check {
    private static final List<String> NEEDED =
            List.of(
                    "namespaces/jitney",
                    "namespaces/jitney-runners",
                    "namespaces/jitney-infinispan",
                    "namespaces/jitney/secrets/ghes-webhook",
                    "namespaces/jitney/secrets/ghes-credentials",
                    "namespaces/jitney/secrets/infinispan-client");

    private final ClusterInspection cluster;

    public ClusterStateCheck(ClusterInspection cluster) {
        this.cluster = cluster;
    }

    @Override
    public String topic() {
        return "installed";
    }

    @Override
    public List<Finding> look() {
        List<String> missing = new ArrayList<>();
        for (String each : NEEDED) {
            if (!cluster.exists("/api/v1/" + each)) {
                missing.add(each.substring("namespaces/".length()));
            }
        }
        return List.of(
                missing.isEmpty()
                        ? Finding.ok("namespaces and Secrets are there")
                        : Finding.warn(
                                "not there: " + String.join(", ", missing),
                                "./jitney install makes them: docs/install.md"));
    }
}
