package dev.jitney.standalone.install;

import io.vertx.core.json.Json;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What is different at a site from the overlay that it takes, as patches of a kustomization. */
final class SitePatches {
    private static final String RUNNERS = "jitney-runners";
    private static final String FUNCTIONS = "jitney";

    private final StringBuilder text = new StringBuilder();

    static SitePatches of(Site site) {
        var patches = new SitePatches();
        patches.settings(site);
        patches.quota(site.capacity());
        patches.broker(site);
        patches.network(site.runners());
        return patches;
    }

    /** Lets the functions pull with the credentials of a Secret, and Serving ask for digests. */
    SitePatches pullWith(String secret) {
        target("ServiceAccount", ".*", FUNCTIONS);
        return add("/imagePullSecrets", List.of(Map.of("name", secret)));
    }

    /** Entries of the list {@code patches} of a kustomization. */
    String text() {
        return text.toString();
    }

    private void settings(Site site) {
        target("ConfigMap", "jitney", FUNCTIONS);
        replace("/data/JITNEY_GHES_URL", site.ghesUrl());
        if (site.capacity().isPresent()) {
            replace("/data/JITNEY_CAPACITY", site.capacityText());
        }
        add("/data/JITNEY_HOOK", site.hookText());
        site.runners().classes().ifPresent(classes -> replace("/data/JITNEY_CLASSES", classes));
    }

    private void quota(OptionalInt capacity) {
        if (capacity.isPresent()) {
            target("ResourceQuota", "runners", RUNNERS);
            replace("/spec/hard/pods", Integer.toString(capacity.getAsInt()));
        }
    }

    private void broker(Site site) {
        site.kafka()
                .ifPresent(
                        servers -> {
                            target("ConfigMap", "events-kafka", FUNCTIONS);
                            replace("/data/bootstrap.servers", servers);
                        });
        site.rabbitmq().ifPresent(this::rabbitmq);
    }

    private void rabbitmq(RabbitmqName cluster) {
        target("RabbitmqBrokerConfig", "events-rabbitmq", FUNCTIONS);
        replace("/spec/rabbitmqClusterReference/name", cluster.name());
        replace("/spec/rabbitmqClusterReference/namespace", cluster.namespace());
        target("NetworkPolicy", "rabbitmq-broker", FUNCTIONS);
        replace(
                "/spec/egress/0/to/0/namespaceSelector/matchLabels/kubernetes.io~1metadata.name",
                cluster.namespace());
    }

    private void network(SiteRunners runners) {
        if (runners.closed().isEmpty() && runners.ports().isEmpty()) {
            return;
        }
        target("NetworkPolicy", "web", RUNNERS);
        for (AddressRange range : runners.closed()) {
            String block = "/spec/egress/0/to/" + (range.isVersion6() ? 1 : 0);
            add(block + "/ipBlock/except/-", range.text());
        }
        for (int port : runners.ports()) {
            add("/spec/egress/0/ports/-", Map.of("protocol", "TCP", "port", port));
        }
    }

    SitePatches target(String kind, String name, String namespace) {
        text.append(
                "  - target: {kind: %s, name: %s, namespace: %s}\n    patch: |\n"
                        .formatted(kind, name, namespace));
        return this;
    }

    SitePatches replace(String path, Object value) {
        return operation("replace", path, value);
    }

    SitePatches add(String path, Object value) {
        return operation("add", path, value);
    }

    private SitePatches operation(String operation, String path, Object value) {
        text.append(
                "      - {op: %s, path: %s, value: %s}\n"
                        .formatted(operation, path, Json.encode(value)));
        return this;
    }
}
