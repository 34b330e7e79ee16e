package dev.jitney.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gives every overlay to a real API server, where the directory {@code KUBEBUILDER_ASSETS} has one
 * (etcd, kube-apiserver and kubectl): each resource is taken, with no field that is not known and
 * without a warning. Kinds of Knative and of operators need their definitions, YAML files in the
 * directory that the property {@code jitney.crds} names; without them they are left out, and it
 * says so. knative/manifests/README.md says where all this comes from.
 */
class ApiServerIT {
    @TempDir private static Path temporary = Path.of("");
    private static final List<AutoCloseable> OPEN = new ArrayList<>();
    private static final List<StrictClient> CLIENT = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        String assets = System.getenv().getOrDefault("KUBEBUILDER_ASSETS", "");
        boolean there = !assets.isEmpty() && Files.exists(Path.of(assets, "kube-apiserver"));
        if (!there) {
            System.err.println("SKIPPED ApiServerIT: KUBEBUILDER_ASSETS names no kube-apiserver");
        }
        assumeTrue(there);
        Path layout = Files.createDirectories(temporary.resolve("k8s"));
        Files.createSymbolicLink(layout.resolve("1.0.0-linux-" + architecture()), Path.of(assets));
        var server =
                new KubeAPIServer(
                        KubeAPIServerConfigBuilder.anAPIServerConfig()
                                .withTestDir(temporary.toString())
                                .withOfflineMode(true)
                                .withUpdateKubeConfig(false)
                                .build());
        server.start();
        OPEN.add(server::stop);
        var client = new StrictClient(Config.fromKubeconfig(server.getKubeConfigYaml()));
        OPEN.addFirst(client);
        CLIENT.add(client);
        define(client.client());
    }

    private static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }

    private static void define(KubernetesClient client) throws IOException {
        String directory = System.getProperty("jitney.crds", "");
        if (directory.isEmpty()) {
            System.err.println("ApiServerIT leaves Knative out: jitney.crds names no directory");
            return;
        }
        try (Stream<Path> files = Files.list(Path.of(directory))) {
            for (Path file : files.sorted().toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    client.load(in).serverSideApply();
                }
            }
        }
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .resources()
                .forEach(
                        each ->
                                each.waitUntilCondition(
                                        ApiServerIT::isEstablished, 30, TimeUnit.SECONDS));
    }

    /** Before that the API server answers 404, as if nobody had defined the kind. */
    private static boolean isEstablished(@Nullable CustomResourceDefinition definition) {
        return definition != null
                && definition.getStatus() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(
                                each ->
                                        each.getType().equals("Established")
                                                && each.getStatus().equals("True"));
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable each : OPEN) {
            each.close();
        }
    }

    static List<Path> overlays() {
        return Overlays.all();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void takesEveryResourceWithoutAWarning(Path overlay) {
        StrictClient client = CLIENT.getFirst();
        Set<String> refused = new TreeSet<>();
        Set<String> unknown = new TreeSet<>();
        for (ObjectNode resource : Rendering.of(overlay)) {
            try {
                client.apply(resource)
                        .forEach(warning -> refused.add(Rendering.id(resource) + ": " + warning));
            } catch (KubernetesClientException e) {
                boolean noSuchKind = e.getCode() == 404 && isDefinedElsewhere(resource);
                (noSuchKind ? unknown : refused)
                        .add(Rendering.id(resource) + ": " + e.getMessage());
            }
        }
        if (!unknown.isEmpty()) {
            System.err.println("ApiServerIT left out of " + overlay + ": " + unknown.size());
        }
        assertEquals(Set.of(), refused);
    }

    private static boolean isDefinedElsewhere(ObjectNode resource) {
        String group = Overlays.groupOf(resource);
        return group.endsWith("knative.dev")
                || group.equals("infinispan.org")
                || group.equals("monitoring.coreos.com");
    }
}
