package dev.jitney.standalone.install;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What is made of the files that were given. Contents are never shown.
 *
 * @param webhook one secret a line, as the Secret {@code ghes-webhook} holds them
 * @param ghes how functions prove to GHES who they are
 * @param ghesCa certificates of a private authority
 * @param password of the user {@code jitney} of Infinispan
 * @param infinispan certificate and key of the Infinispan cluster; empty without one
 * @param pull who may pull the images of the functions; empty if everybody may
 */
public record SiteSecrets(
        String webhook,
        Credentials ghes,
        Optional<String> ghesCa,
        String password,
        Optional<Tls> infinispan,
        Optional<PullSecret> pull) {
    /** Name of the ConfigMaps with the authority of GHES, for functions and for runners. */
    static final String AUTHORITY = "ghes-ca";

    private static final String NAMESPACE = "jitney";
    private static final String RUNNERS = "jitney-runners";
    private static final String INFINISPAN = "jitney-infinispan";

    /** A GitHub App, or a personal access token. */
    public sealed interface Credentials {
        /** A GitHub App. */
        record App(String id, String privateKey) implements Credentials {
            /** Leaves the key out. */
            @Override
            public String toString() {
                return "App[" + id + "]";
            }
        }

        /** A personal access token. */
        record Token(String token) implements Credentials {
            /** Leaves the token out. */
            @Override
            public String toString() {
                return "Token";
            }
        }
    }

    /**
     * TLS of Infinispan.
     *
     * @param authority what clients trust
     * @param own what the servers show; empty if somebody else makes that Secret
     */
    public record Tls(String authority, Optional<Pair> own) {}

    /** A certificate and its key. */
    public record Pair(String certificate, String key) {
        /** Leaves the key out. */
        @Override
        public String toString() {
            return "Pair";
        }
    }

    /** Leaves everything out. */
    @Override
    public String toString() {
        return "SiteSecrets";
    }

    /** The Secret {@code ghes-credentials}: files as the functions find them. */
    public SortedMap<String, String> ghesFiles() {
        return credentials().content();
    }

    /** What goes beside the functions. */
    List<MadeObject> ofFunctions() {
        List<MadeObject> made = new ArrayList<>();
        made.add(MadeObject.secret(NAMESPACE, "ghes-webhook").with("secrets", webhook));
        made.add(credentials());
        made.add(client());
        if (infinispan.isEmpty()) {
            made.add(named(MadeObject.secret(INFINISPAN, "infinispan-server")));
        }
        pull.map(SiteSecrets::registry).ifPresent(made::add);
        for (String namespace : List.of(NAMESPACE, RUNNERS)) {
            ghesCa.map(text -> MadeObject.configMap(namespace, AUTHORITY).with("ca.crt", text))
                    .ifPresent(made::add);
        }
        return made;
    }

    private static MadeObject registry(PullSecret pull) {
        return MadeObject.secret(NAMESPACE, PullSecret.NAME, "kubernetes.io/dockerconfigjson")
                .with(".dockerconfigjson", pull.text());
    }

    /** The ConfigMaps that are made, without what is in them. */
    public List<ObjectNode> configMaps() {
        return ofFunctions().stream()
                .filter(each -> !each.isSecret())
                .map(MadeObject::reference)
                .toList();
    }

    private MadeObject credentials() {
        MadeObject secret = MadeObject.secret(NAMESPACE, "ghes-credentials");
        return switch (ghes) {
            case Credentials.App(String id, String key) ->
                    secret.with("app-id", id).with("private-key", key);
            case Credentials.Token(String token) -> secret.with("token", token);
        };
    }

    private MadeObject client() {
        MadeObject client = named(MadeObject.secret(NAMESPACE, "infinispan-client"));
        return infinispan.map(tls -> client.with("ca.crt", tls.authority())).orElse(client);
    }

    private MadeObject named(MadeObject secret) {
        return secret.with("username", "jitney").with("password", password);
    }

    /** What goes beside the Infinispan cluster; empty without one. */
    List<MadeObject> ofInfinispan() {
        if (infinispan.isEmpty()) {
            return List.of();
        }
        List<MadeObject> made = new ArrayList<>();
        made.add(
                MadeObject.secret(INFINISPAN, "infinispan-identities")
                        .with(
                                "identities.yaml",
                                "credentials:\n- username: jitney\n  password: %s\n"
                                        .formatted(Json.encode(password))));
        infinispan.get().own().map(SiteSecrets::tls).ifPresent(made::add);
        return made;
    }

    private static MadeObject tls(Pair pair) {
        return MadeObject.secret(INFINISPAN, "infinispan-tls", "kubernetes.io/tls")
                .with("tls.crt", pair.certificate())
                .with("tls.key", pair.key());
    }
}
