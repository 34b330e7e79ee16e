package dev.jitney.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** What clusters are given says what infinispan/caches, counters and transport say. */
class InfinispanFilesTest {
    private static final Path INFINISPAN = Overlays.ROOT.resolve("infinispan");
    private static final List<ObjectNode> OPERATOR = Rendering.of(INFINISPAN.resolve("operator"));
    private static final Element SINGLE =
            parsed(
                    configuration(
                            Rendering.of(Overlays.ROOT.resolve("knative/overlays/mt")),
                            "infinispan.xml"));
    private static final Element CONFIGURED =
            parsed(configuration(OPERATOR, "infinispan-config.xml"));

    @Test
    void everyCacheIsAResourceOfItsOwn() throws Exception {
        Set<String> resources = new TreeSet<>();
        for (ObjectNode cache : Overlays.ofKind(OPERATOR, "Cache")) {
            String name = cache.at("/spec/name").asText();
            resources.add(name);
            assertEquals(
                    written(file("caches/" + name + ".xml")),
                    written(parsed(cache.at("/spec/template").asText())));
            assertEquals(name, Overlays.nameOf(cache));
            assertEquals(
                    Overlays.nameOf(Overlays.ofKind(OPERATOR, "Infinispan").getFirst()),
                    cache.at("/spec/clusterName").asText());
        }
        assertEquals(caches(), resources);
    }

    @Test
    void theSingleServerHasTheSameCaches() throws Exception {
        List<String> expected = new ArrayList<>();
        for (String name : caches()) {
            expected.add(written(file("caches/" + name + ".xml")));
        }
        List<String> actual = new ArrayList<>();
        for (Element cache : children(only(SINGLE, "cache-container"), "distributed-cache")) {
            actual.add(written(cache));
        }
        assertEquals(expected, actual.stream().sorted().toList());
    }

    @Test
    void countersAndTransportAreTheSame() throws Exception {
        Element container = only(file("counters/counters.xml"), "cache-container");
        String counters = written(only(container, "counters"));
        Element transport = file("transport/jgroups.xml");

        assertEquals(counters, written(only(only(CONFIGURED, "cache-container"), "counters")));
        assertEquals(counters, written(only(only(SINGLE, "cache-container"), "counters")));
        assertEquals(written(only(transport, "jgroups")), written(only(CONFIGURED, "jgroups")));
        assertEquals(
                written(only(only(transport, "cache-container"), "transport")),
                written(only(only(CONFIGURED, "cache-container"), "transport")));
    }

    @Test
    void functionsLookForTheServersWhereTheyAre() {
        String address =
                Overlays.one(Rendering.of(Overlays.BASE), "ConfigMap", "jitney")
                        .at("/data/JITNEY_INFINISPAN")
                        .asText();
        ObjectNode cluster = Overlays.ofKind(OPERATOR, "Infinispan").getFirst();

        assertEquals(
                "%s.%s.svc.cluster.local:11222"
                        .formatted(Overlays.nameOf(cluster), Overlays.namespaceOf(cluster)),
                address);
    }

    private static Set<String> caches() throws Exception {
        try (Stream<Path> files = Files.list(INFINISPAN.resolve("caches"))) {
            Set<String> names = new TreeSet<>();
            files.forEach(
                    file -> names.add(String.valueOf(file.getFileName()).replace(".xml", "")));
            return names;
        }
    }

    private static String configuration(List<ObjectNode> resources, String key) {
        return Overlays.one(resources, "ConfigMap", "infinispan-config")
                .path("data")
                .path(key)
                .asText();
    }

    private static Element file(String name) throws Exception {
        return parsed(Files.readString(INFINISPAN.resolve(name)));
    }

    private static Element parsed(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)))
                    .getDocumentElement();
        } catch (Exception e) {
            throw new IllegalArgumentException("no XML: " + xml, e);
        }
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && name.equals(element.getLocalName())) {
                children.add(element);
            }
        }
        return children;
    }

    private static Element only(Element parent, String name) {
        List<Element> children = children(parent, name);
        assertEquals(1, children.size(), name);
        return children.getFirst();
    }

    /** Elements with namespace and sorted attributes; neither comments nor space. */
    private static String written(Element element) {
        TreeMap<String, String> attributes = new TreeMap<>();
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Node attribute = element.getAttributes().item(i);
            if (!attribute.getNodeName().equals("xmlns")) {
                attributes.put(attribute.getNodeName(), attribute.getNodeValue());
            }
        }
        StringBuilder text =
                new StringBuilder(
                        element.getLocalName()
                                + "{"
                                + element.getNamespaceURI()
                                + "}"
                                + attributes);
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                text.append('(').append(written(child)).append(')');
            }
        }
        return text.toString();
    }
}
