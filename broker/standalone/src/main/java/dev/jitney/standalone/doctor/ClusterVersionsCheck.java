package dev.jitney.standalone.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jitney.kubernetes.ClusterInspection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which versions of Knative there are, by a label of their definitions. */
public final class ClusterVersionsCheck implements Check {
    private static final int MINOR_MIN = 17;
    private static final Pattern VERSION = Pattern.compile("v?1\\.(\\d+)\\b.*");

    /** A definition of each part. */
    private static final Map<String, String> PARTS =
            new TreeMap<>(
                    Map.of(
                            "Knative Serving", "services.serving.knative.dev",
                            "Knative Eventing", "brokers.eventing.knative.dev"));

    private final ClusterInspection cluster;

    public ClusterVersionsCheck(ClusterInspection cluster) {
        this.cluster = cluster;
    }

    @Override
    public String topic() {
        return "versions";
    }

    @Override
    public List<Finding> look() {
        return PARTS.entrySet().stream()
                .map(part -> judge(part.getKey(), version(part.getValue())))
                .toList();
    }

    private String version(String definition) {
        Optional<JsonNode> found =
                cluster.find(
                        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + definition);
        return found.map(each -> each.at("/metadata/labels/app.kubernetes.io~1version").asText())
                .orElse("");
    }

    static Finding judge(String part, String version) {
        Matcher parts = VERSION.matcher(version);
        if (!parts.matches()) {
            return Finding.warn(
                    part + " does not say its version",
                    "it has to be 1.17 or newer: kubectl get deploy -A | grep knative");
        }
        return Integer.parseInt(parts.group(1)) < MINOR_MIN
                ? Finding.fail(part + " " + version + " is older than 1.17", "upgrade it")
                : Finding.ok(part + " " + version);
    }
}
