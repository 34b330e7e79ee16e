package dev.jitney.standalone.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jitney.kubernetes.ClusterInspection;
import java.lang.module.ModuleDescriptor.Version;
import java.util.List;

/**
 * Whether the servers of Infinispan keep what they are told: some versions lose records when all of
 * them are restarted, see {@code docs/operate-infinispan.md}.
 */
public final class InfinispanVersionCheck implements Check {
    /**
     * Mended in these: <a href="https://github.com/infinispan/infinispan/issues/17314">17314</a>.
     */
    private static final Version OLDEST = Version.parse("16.0.11");

    private static final Version OLDEST_OF_NEXT_LINE = Version.parse("16.1.4");
    private static final Version NEXT_LINE = Version.parse("16.1.0");

    private final ClusterInspection cluster;
    private final List<ObjectNode> applied;

    /**
     * @param resources what was applied
     */
    public InfinispanVersionCheck(ClusterInspection cluster, List<ObjectNode> resources) {
        this.cluster = cluster;
        this.applied =
                resources.stream()
                        .filter(each -> each.path("kind").asText().equals("Infinispan"))
                        .toList();
    }

    @Override
    public String topic() {
        return "Infinispan";
    }

    @Override
    public List<Finding> look() {
        return applied.stream()
                .flatMap(each -> cluster.find(Applied.path(each)).stream())
                .map(found -> judge(version(found)))
                .toList();
    }

    /** As the operator says it, who chooses one if nobody else did. */
    private static String version(JsonNode found) {
        return found.at("/status/operand/version").asText();
    }

    static Finding judge(String version) {
        if (!version.matches("\\d+\\.\\d+\\.\\d+.*")) {
            return Finding.warn(
                    "the operator does not say which version of Infinispan runs",
                    "it has to be 16.0.11 or newer, of 16.1 at least 16.1.4");
        }
        return loses(Version.parse(version))
                ? Finding.fail(
                        "Infinispan " + version + " may lose records in a restart of all servers",
                        "set spec.version of the Infinispan to a newer one that your operator"
                                + " offers: docs/operate-infinispan.md")
                : Finding.ok("Infinispan " + version);
    }

    private static boolean loses(Version version) {
        boolean isOfNextLine = version.compareTo(NEXT_LINE) >= 0;
        return version.compareTo(isOfNextLine ? OLDEST_OF_NEXT_LINE : OLDEST) < 0;
    }
}
