package dev.jitney.standalone.install;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jitney.classes.ClassFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The counters in the configuration of Infinispan: one of the cluster, and one for each runner
 * class. Their bound is a ceiling, which costs nothing, and a new one restarts servers: so it grows
 * in large steps.
 */
final class SiteCounters {
    private static final String CONFIG = "infinispan-config";
    private static final List<Integer> BOUNDS = List.of(200, 1_000, 10_000, 1_000_000);
    private static final int BOUND_OF_AUTO = 10_000;
    private static final Pattern COUNTERS =
            Pattern.compile(
                    "([ \\t]*)<strong-counter [^>]*/>\\s*?\\n(\\s*<strong-counter [^>]*/>\\s*?\\n)*");

    private final int bound;
    private final List<String> names;

    private SiteCounters(int bound, List<String> names) {
        this.bound = bound;
        this.names = names;
    }

    static SiteCounters of(Site site, String usualClasses) {
        int capacity = site.capacity().orElse(BOUND_OF_AUTO);
        int bound = BOUNDS.stream().filter(each -> each >= capacity).findFirst().orElse(capacity);
        List<String> names = new ArrayList<>(List.of("cluster"));
        String classes = site.runners().classes().orElse(usualClasses);
        ClassFile.read("classes", classes)
                .classes()
                .forEach(each -> names.add("class/" + each.name()));
        return new SiteCounters(bound, names);
    }

    /**
     * A patch of a kustomization for the ConfigMap with the configuration.
     *
     * @param resources the resources that the kustomization takes
     * @return empty if there is none, or nothing is to be changed in it
     */
    Optional<String> patch(List<ObjectNode> resources) {
        return resources.stream()
                .filter(each -> each.path("kind").asText().equals("ConfigMap"))
                .filter(each -> each.at("/metadata/name").asText().equals(CONFIG))
                .findFirst()
                .flatMap(this::patch);
    }

    private Optional<String> patch(ObjectNode config) {
        var file = config.path("data").properties().iterator().next();
        String xml = file.getValue().asText();
        String counted = in(xml);
        return counted.equals(xml)
                ? Optional.empty()
                : Optional.of(
                        new SitePatches()
                                .target(
                                        "ConfigMap",
                                        CONFIG,
                                        config.at("/metadata/namespace").asText())
                                .replace("/data/" + file.getKey(), counted)
                                .text());
    }

    /** The configuration with these counters in place of its own. */
    String in(String xml) {
        Matcher counters = COUNTERS.matcher(xml);
        if (!counters.find()) {
            throw new IllegalStateException("no counters in " + CONFIG);
        }
        StringBuilder lines = new StringBuilder();
        for (String name : names) {
            lines.append(
                    ("%s<strong-counter name=\"%s\" initial-value=\"0\" lower-bound=\"0\""
                                    + " upper-bound=\"%d\" storage=\"PERSISTENT\"/>\n")
                            .formatted(counters.group(1), name, bound));
        }
        return counters.replaceFirst(Matcher.quoteReplacement(lines.toString()));
    }
}
