package dev.jitney.kubernetes.simulator;

import java.util.Optional;

/** The kinds of objects the simulated API server keeps; all in API version v1. */
enum Kind {
    NAMESPACE("namespaces", "Namespace", "ns", false),
    NODE("nodes", "Node", "no", false),
    POD("pods", "Pod", "po", true),
    RESOURCE_QUOTA("resourcequotas", "ResourceQuota", "quota", true),
    SECRET("secrets", "Secret", "", true);

    private final String plural;
    private final String singular;
    private final String shortName;
    private final boolean namespaced;

    Kind(String plural, String singular, String shortName, boolean namespaced) {
        this.plural = plural;
        this.singular = singular;
        this.shortName = shortName;
        this.namespaced = namespaced;
    }

    static Optional<Kind> ofPlural(String plural) {
        for (Kind kind : values()) {
            if (kind.plural.equals(plural)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** Name in paths, and in details of a Status. */
    String plural() {
        return plural;
    }

    /** Name in field {@code kind}. */
    String singular() {
        return singular;
    }

    String shortName() {
        return shortName;
    }

    boolean isNamespaced() {
        return namespaced;
    }
}
