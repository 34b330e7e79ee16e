package dev.jitney.cloudevents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a SinkBinding tells a function to send its events.
 *
 * @param uri {@code K_SINK}
 * @param overrides extensions that every event gets: {@code K_CE_OVERRIDES}
 * @see <a href="https://knative.dev/docs/eventing/custom-event-source/sinkbinding/">SinkBinding</a>
 */
record SinkAddress(URI uri, Map<String, String> overrides) {

    /**
     * @param overrides the JSON of {@code K_CE_OVERRIDES}, or empty
     * @throws ConfigurationException if either cannot be read
     */
    static SinkAddress parse(String address, String overrides, ObjectMapper mapper) {
        URI uri;
        try {
            uri = URI.create(address.strip());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("K_SINK is not a URL", e);
        }
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!http || uri.getHost() == null) {
            throw new ConfigurationException("K_SINK must be a http or https URL with a host");
        }
        return new SinkAddress(uri, parseOverrides(overrides, mapper));
    }

    private static Map<String, String> parseOverrides(String overrides, ObjectMapper mapper) {
        Map<String, String> extensions = new TreeMap<>();
        if (overrides.isBlank()) {
            return extensions;
        }
        try {
            JsonNode node = mapper.readTree(overrides).path("extensions");
            node.properties()
                    .forEach(each -> extensions.put(each.getKey(), each.getValue().asText()));
        } catch (JsonProcessingException e) {
            throw new ConfigurationException(
                    "K_CE_OVERRIDES is not JSON like {\"extensions\": {\"name\": \"value\"}}", e);
        }
        return extensions;
    }

    boolean isTls() {
        return "https".equals(uri.getScheme());
    }

    int port() {
        if (uri.getPort() > 0) {
            return uri.getPort();
        }
        return isTls() ? 443 : 80;
    }

    String path() {
        String path = uri.getRawPath();
        String base = path == null || path.isEmpty() ? "/" : path;
        return uri.getRawQuery() == null ? base : base + "?" + uri.getRawQuery();
    }
}
