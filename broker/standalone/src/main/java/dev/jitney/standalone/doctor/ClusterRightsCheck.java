package dev.jitney.standalone.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jitney.kubernetes.ClusterInspection;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * Whether we may apply what is to be applied. Whether we may give the roles their rights, nobody
 * can ask: that takes the same rights, or those of an administrator.
 */
public final class ClusterRightsCheck implements Check {
    /** What kubectl apply does. */
    private static final List<String> VERBS = List.of("get", "create", "patch");

    private final ClusterInspection cluster;
    private final SortedSet<Applied.Right> needed;

    public ClusterRightsCheck(ClusterInspection cluster, List<ObjectNode> resources) {
        this.cluster = cluster;
        this.needed = Applied.rights(resources);
    }

    @Override
    public String topic() {
        return "rights";
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        for (Applied.Right right : needed) {
            String missing =
                    VERBS.stream()
                            .filter(verb -> !may(verb, right))
                            .collect(Collectors.joining(", "));
            if (!missing.isEmpty()) {
                findings.add(
                        Finding.fail(
                                "may not " + missing + " " + right,
                                "install as somebody who may, usually a cluster-admin"));
            }
        }
        return findings.isEmpty()
                ? List.of(Finding.ok("may apply all " + needed.size() + " kinds of objects"))
                : findings;
    }

    private boolean may(String verb, Applied.Right right) {
        return cluster.may(verb, right.group(), right.resource(), right.namespace());
    }
}
