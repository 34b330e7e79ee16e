package dev.jitney.standalone.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jitney.kubernetes.ClusterInspection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the webhook has an address that GHES can know: Knative's usual one is of the cluster. */
public final class ClusterAddressCheck implements Check {
    private static final String OF_THE_CLUSTER = ".svc.cluster.local";
    private static final String TODO = "give it a name and a certificate: docs/install.md, step 5";

    private final ClusterInspection cluster;

    public ClusterAddressCheck(ClusterInspection cluster) {
        this.cluster = cluster;
    }

    @Override
    public String topic() {
        return "address";
    }

    @Override
    public List<Finding> look() {
        List<String> addresses = new ArrayList<>();
        cluster.find("/apis/serving.knative.dev/v1beta1/namespaces/jitney/domainmappings")
                .ifPresent(list -> list.path("items").forEach(each -> mapped(each, addresses)));
        if (addresses.isEmpty()) {
            cluster.find("/apis/serving.knative.dev/v1/namespaces/jitney/services/webhook")
                    .map(each -> each.at("/status/url").asText())
                    .filter(url -> !url.isEmpty())
                    .ifPresent(addresses::add);
        }
        return addresses.isEmpty()
                ? List.of(judgeDomains(domains()))
                : addresses.stream().map(ClusterAddressCheck::judge).toList();
    }

    private static void mapped(JsonNode mapping, List<String> addresses) {
        if (mapping.at("/spec/ref/name").asText().equals("webhook")) {
            String url = mapping.at("/status/url").asText();
            String host = mapping.at("/metadata/name").asText();
            addresses.add(url.isEmpty() ? "http://" + host : url);
        }
    }

    /** The domains that Knative gives Services, apart from its example. */
    private List<String> domains() {
        Optional<JsonNode> config =
                cluster.find("/api/v1/namespaces/knative-serving/configmaps/config-domain");
        List<String> domains = new ArrayList<>();
        config.ifPresent(
                each ->
                        each.path("data")
                                .fieldNames()
                                .forEachRemaining(
                                        name -> {
                                            if (!name.startsWith("_")) {
                                                domains.add(name);
                                            }
                                        }));
        return domains;
    }

    static Finding judgeDomains(List<String> domains) {
        boolean isOutside = domains.stream().anyMatch(each -> !each.endsWith("cluster.local"));
        return isOutside
                ? Finding.ok("Knative gives Services names in " + String.join(", ", domains))
                : Finding.warn(
                        "Knative gives Services names in svc.cluster.local, which GHES cannot reach",
                        TODO);
    }

    static Finding judge(String url) {
        if (url.endsWith(OF_THE_CLUSTER)) {
            return Finding.fail(url + " of the webhook is an address in the cluster only", TODO);
        }
        return url.startsWith("https://")
                ? Finding.ok("the webhook is at " + url)
                : Finding.warn("the webhook is at " + url + ", without TLS", TODO);
    }
}
