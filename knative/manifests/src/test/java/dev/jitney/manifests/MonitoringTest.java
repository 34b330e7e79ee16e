package dev.jitney.manifests;

import static dev.jitney.manifests.Overlays.nameOf;
import static dev.jitney.manifests.Overlays.one;
import static dev.jitney.manifests.Overlays.valuesOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Prometheus reaches the functions that count, and the alerts are about numbers that there are. */
class MonitoringTest {
    private static final List<ObjectNode> EVERYTHING = Rendering.of(Overlays.EVERYTHING);

    private static String text(String file) throws IOException {
        return Files.readString(Overlays.ROOT.resolve(file));
    }

    private static Set<String> found(String text, String pattern) {
        Set<String> found = new TreeSet<>();
        Pattern.compile(pattern).matcher(text).results().forEach(each -> found.add(each.group(1)));
        return found;
    }

    private static List<JsonNode> alerts() {
        return valuesOf(one(EVERYTHING, "PrometheusRule", "jitney"), "rules")
                .getFirst()
                .valueStream()
                .toList();
    }

    @Test
    void theFunctionsThatCountAreAsked_andNoOther() throws IOException {
        Set<String> counting = new TreeSet<>();
        for (ObjectNode service : Overlays.ofKind(Rendering.of(Overlays.BASE), "Service")) {
            Path pom = Path.of("functions", nameOf(service), "pom.xml");
            if (text(pom.toString()).contains("quarkus-micrometer-registry-prometheus")) {
                counting.add(nameOf(service));
            }
        }
        Set<String> asked = new TreeSet<>();
        one(EVERYTHING, "PodMonitor", "functions")
                .at("/spec/selector/matchExpressions/0/values")
                .forEach(each -> asked.add(each.asText()));

        assertEquals(counting, asked);
    }

    @Test
    void theNetworkLetsPrometheusInWhereFunctionsListen() {
        ObjectNode policy = one(EVERYTHING, "NetworkPolicy", "from-prometheus");
        JsonNode from = policy.at("/spec/ingress/0/from");

        assertEquals("8080", policy.at("/spec/ingress/0/ports/0/port").asText());
        assertEquals(1, from.size());
        assertTrue(from.get(0).has("namespaceSelector") && from.get(0).has("podSelector"));
        assertFalse(valuesOf(policy, "egress").iterator().hasNext());
    }

    @Test
    void everyAlertIsAboutANumberOfTheDocs() throws IOException {
        Set<String> known = found(text("docs/limits.md"), "`(jitney_[a-z_]+)`");
        for (JsonNode alert : alerts()) {
            Set<String> asked = found(alert.path("expr").asText(), "(jitney_[a-z_]+)");
            assertFalse(asked.isEmpty(), alert.path("alert").asText());
            assertTrue(known.containsAll(asked), asked.toString());
        }
    }

    @Test
    void everyReasonOfAnAlertIsInTheRunbook() throws IOException {
        Set<String> known = found(text("docs/runbooks/reconciler.md"), "<a id=\"([A-Z_]+)\">");
        Set<String> reasons = new TreeSet<>();
        for (JsonNode alert : alerts()) {
            for (String each : found(alert.path("expr").asText(), "reason=~?\"([^\"]+)\"")) {
                reasons.addAll(List.of(each.split("\\|", -1)));
            }
        }

        assertTrue(reasons.size() > 1);
        assertTrue(known.containsAll(reasons), reasons.toString());
    }

    @Test
    void everyAlertNamesAPageThatIsThere() throws IOException {
        for (JsonNode alert : alerts()) {
            String[] page = alert.at("/annotations/runbook").asText().split("#", 2);
            String text = text(page[0]);
            assertTrue(
                    page.length == 1
                            || text.contains("<a id=\"" + page[1] + "\">")
                            || text.toLowerCase(Locale.ROOT).contains("\n## " + page[1] + "\n"),
                    alert.path("alert").asText());
        }
    }
}
