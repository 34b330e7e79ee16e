package dev.jitney.standalone.install;

import io.vertx.core.json.Json;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kustomizations of a site, as text. Same site, same text. */
final class Kustomizations {
    /** First line of what is written here, by which it is known again. */
    static final String MARK =
            "# Made by ./jitney install, which writes it anew: own changes go into own/.";

    /** Where the Infinispan cluster is in the project. */
    static final String INFINISPAN = "infinispan/operator";

    private static final List<String> FUNCTIONS =
            List.of("webhook", "admission", "provisioner", "cleanup", "reconciler");

    private Kustomizations() {}

    /**
     * The functions, and all they need but the Infinispan cluster.
     *
     * @param project where {@code knative/} is, as seen from the kustomization
     * @param hasOwn whether there is a component {@code own/} beside it
     * @param counters a patch, if counters of Infinispan are to be others and are here
     */
    static String ofFunctions(
            Site site,
            Path project,
            Collection<MadeObject> made,
            boolean hasOwn,
            Optional<String> counters) {
        StringBuilder text = new StringBuilder(head(project.resolve(site.broker().overlay())));
        text.append(components(componentsOf(site, project, hasOwn)));
        text.append(generators(made)).append("images:\n");
        for (String function : FUNCTIONS) {
            text.append("  - name: jitney/%s\n".formatted(function))
                    .append("    newName: %s/%s\n".formatted(site.registry(), function))
                    .append("    newTag: %s\n".formatted(Json.encode(site.tag())));
        }
        SitePatches patches = SitePatches.of(site);
        if (made.stream().anyMatch(each -> each.name().equals(PullSecret.NAME))) {
            patches.pullWith(PullSecret.NAME);
        }
        return text.append("patches:\n")
                .append(patches.text())
                .append(counters.orElse(""))
                .toString();
    }

    /**
     * The Infinispan cluster of the operator.
     *
     * @param counters a patch, if counters are to be others
     */
    static String ofInfinispan(
            Path project, Collection<MadeObject> made, boolean hasOwn, Optional<String> counters) {
        return head(project.resolve(INFINISPAN))
                + components(hasOwn ? List.of("own") : List.of())
                + generators(made)
                + counters.map(patch -> "patches:\n" + patch).orElse("");
    }

    private static String components(List<String> paths) {
        return paths.isEmpty()
                ? ""
                : paths.stream()
                        .map(each -> "  - " + Json.encode(each) + "\n")
                        .collect(Collectors.joining("", "components:\n", ""));
    }

    private static String head(Path resource) {
        return """
        %s
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources:
          - %s
        """
                .formatted(MARK, Json.encode(resource.toString()));
    }

    private static List<String> componentsOf(Site site, Path project, boolean hasOwn) {
        String auto = project.resolve("knative/components/capacity-auto").toString();
        return List.of(site.capacity().isEmpty() ? auto : "", hasOwn ? "own" : "").stream()
                .filter(each -> !each.isEmpty())
                .toList();
    }

    private static String generators(Collection<MadeObject> made) {
        return generators("secretGenerator", made.stream().filter(MadeObject::isSecret).toList())
                + generators(
                        "configMapGenerator",
                        made.stream().filter(each -> !each.isSecret()).toList());
    }

    private static String generators(String field, List<MadeObject> made) {
        return made.isEmpty()
                ? ""
                : field
                        + ":\n"
                        + made.stream()
                                .map(Kustomizations::generator)
                                .collect(Collectors.joining());
    }

    private static String generator(MadeObject made) {
        StringBuilder text = new StringBuilder();
        text.append("  - name: %s\n".formatted(made.name()))
                .append("    namespace: %s\n".formatted(made.namespace()));
        if (made.isSecret()) {
            text.append("    type: %s\n".formatted(made.type()));
        }
        text.append("    files:\n");
        made.content().keySet().forEach(key -> text.append("      - " + made.file(key) + "\n"));
        return text.append("    options: {disableNameSuffixHash: true}\n").toString();
    }
}
