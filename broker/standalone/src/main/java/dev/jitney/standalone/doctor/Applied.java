package dev.jitney.standalone.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What resources ask of the cluster that they are applied to. */
final class Applied {
    private static final Set<String> BUILT_IN = Set.of("", "apps", "batch", "policy");

    private Applied() {}

    /**
     * Something that has to be allowed.
     *
     * @param group of the API; empty for the core
     * @param resource its plural
     * @param namespace empty for what has none
     */
    record Right(String group, String resource, String namespace) implements Comparable<Right> {
        @Override
        public int compareTo(Right other) {
            return toString().compareTo(other.toString());
        }

        /** As kubectl writes it. */
        @Override
        public String toString() {
            String name = group.isEmpty() ? resource : resource + "." + group;
            return namespace.isEmpty() ? name : name + " in " + namespace;
        }
    }

    /** The kinds that Kubernetes does not have by itself, by version of their API. */
    static SortedMap<String, SortedSet<String>> kinds(List<ObjectNode> resources) {
        SortedMap<String, SortedSet<String>> kinds = new TreeMap<>();
        for (ObjectNode each : resources) {
            String group = group(each);
            if (!BUILT_IN.contains(group) && !group.endsWith(".k8s.io")) {
                kinds.computeIfAbsent(each.path("apiVersion").asText(), _ -> new TreeSet<>())
                        .add(each.path("kind").asText());
            }
        }
        return kinds;
    }

    /** What has to be made and changed, each once; with the Secrets, which no overlay holds. */
    static SortedSet<Right> rights(List<ObjectNode> resources) {
        SortedSet<Right> rights = new TreeSet<>();
        rights.add(new Right("", "secrets", "jitney"));
        rights.add(new Right("", "secrets", "jitney-infinispan"));
        for (ObjectNode each : resources) {
            String namespace = each.at("/metadata/namespace").asText();
            rights.add(new Right(group(each), plural(each.path("kind").asText()), namespace));
        }
        return rights;
    }

    /**
     * Where the API server has an object of a group; what has no namespace has none in its path.
     */
    static String path(ObjectNode resource) {
        String namespace = resource.at("/metadata/namespace").asText();
        return "/apis/%s/%s%s/%s"
                .formatted(
                        resource.path("apiVersion").asText(),
                        namespace.isEmpty() ? "" : "namespaces/" + namespace + "/",
                        plural(resource.path("kind").asText()),
                        resource.at("/metadata/name").asText());
    }

    private static String group(ObjectNode resource) {
        String version = resource.path("apiVersion").asText();
        return version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
    }

    /** True of every kind that we apply. */
    private static String plural(String kind) {
        String name = kind.toLowerCase(Locale.ROOT);
        return name.endsWith("y") ? name.substring(0, name.length() - 1) + "ies" : name + "s";
    }
}
