package dev.jitney.kubernetes.simulator;

import static dev.jitney.kubernetes.simulator.Simulated.NAMESPACE;
import static dev.jitney.kubernetes.simulator.Simulated.fast;
import static dev.jitney.kubernetes.simulator.Simulated.spec;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.classes.ClassFile;
import dev.jitney.kubernetes.Creation;
import dev.jitney.kubernetes.Deletion;
import dev.jitney.kubernetes.Fabric8RunnerPods;
import dev.jitney.kubernetes.KubernetesConnection;
import dev.jitney.kubernetes.KubernetesRefused;
import dev.jitney.kubernetes.KubernetesUnavailable;
import dev.jitney.kubernetes.NodeReserve;
import dev.jitney.kubernetes.PodState;
import dev.jitney.kubernetes.RunnerPodSpec;
import dev.jitney.kubernetes.RunnerPodTemplates;
import dev.jitney.kubernetes.RunnerPods;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code RunnerPods} by Fabric8 over HTTP, every call and every failure. */
final class RunnerPodsIT {
    private static final String NO_GHES = "http://127.0.0.1:9";

    @Test
    void countsHowManyRunnersTheNodesCanHold() throws IOException {
        try (var simulated = new Simulated(fast(NO_GHES))) {
            var cpus = Simulated.templates(NAMESPACE, ", resources: {requests: {cpu: 15}}");
            RunnerPods pods = simulated.pods(cpus);
            int nodes = simulated.client.nodes().list().getItems().size();
            int each = pods.room(NodeReserve.of("")) / nodes;
            assertTrue(each > 0 && each <= 4, each + " runners of 15 cores on 64 cores");
            assertEquals(nodes * each, pods.room(NodeReserve.of("")));
            assertEquals(0, pods.room(NodeReserve.of("cpu=60")));

            simulated
                    .client
                    .nodes()
                    .withName("node-1")
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"spec\":{\"unschedulable\":true}}");
            assertEquals((nodes - 1) * each, pods.room(NodeReserve.of("")));
            pods.close();
        }
    }

    @Test
    void createsAPodOnceAndFindsItAgain() throws IOException {
        try (var simulated = new Simulated(fast(NO_GHES))) {
            Creation first = simulated.pods.create(spec("acme", 1));
            Creation second = simulated.pods.create(spec("acme", 1));

            assertFalse(first.existed());
            assertEquals(new Creation(first.uid(), true), second);
            PodState found = simulated.pods.find("code-linux-1").orElseThrow();
            assertEquals("acme", found.organization());
            assertEquals("code-linux", found.runnerClass());
            assertEquals(1, found.jobId());
            assertEquals(7001, found.runnerId());
            assertEquals(first.uid(), found.uid());
            assertFalse(found.terminal() || found.deleting());
            assertTrue(Duration.between(found.createdAt(), Instant.now()).toSeconds() < 20);
            assertEquals(Optional.empty(), simulated.pods.find("code-linux-2"));
        }
    }

    @Test
    void reachesAnApiServerByItsUrlAlone() throws IOException {
        try (var simulated = new Simulated(fast(NO_GHES));
                var pods =
                        new Fabric8RunnerPods(
                                KubernetesConnection.fromEnvironment(
                                        Map.of("KUBERNETES_MASTER", simulated.cluster.url())),
                                Simulated.templates(Simulated.NAMESPACE, ""))) {
            pods.create(spec("acme", 1));

            assertEquals(1, simulated.pods.list().size());
        }
    }

    @Test
    void followsANewRegistrationOfAnExistingPod() throws IOException {
        try (var simulated = new Simulated(fast(NO_GHES))) {
            RunnerPodSpec spec = spec("acme", 1);
            simulated.pods.create(spec);

            var again =
                    new RunnerPodSpec(
                            spec.runner(), "acme", "code-linux", 1, spec.repository(), 8888);
            assertTrue(simulated.pods.create(again).existed());

            assertEquals(8888, simulated.pods.find(spec.runner()).orElseThrow().runnerId());
        }
    }

    @Test
    void handsOverAndReplacesTheConfigurationInASecretThePodOwns() throws IOException {
        try (var simulated = new Simulated(fast(NO_GHES))) {
            String runner = "code-linux-1";
            String uid = simulated.pods.create(spec("acme", 1)).uid();
            assertFalse(simulated.pods.hasSecret(runner));

            simulated.pods.handOver(runner, uid, "first");
            simulated.pods.handOver(runner, uid, "second");

            assertTrue(simulated.pods.hasSecret(runner));
            var secret = simulated.client.secrets().inNamespace(NAMESPACE).withName(runner).get();
            byte[] data = Base64.getDecoder().decode(secret.getData().get("jitconfig"));
            assertEquals("second", new String(data, UTF_8));
            assertEquals(uid, secret.getMetadata().getOwnerReferences().getFirst().getUid());

            simulated.pods.delete(runner);
            Eventually.is("secret collected", () -> !simulated.pods.hasSecret(runner));
        }
    }

    @Test
    void losesASecretWhoseOwnerIsGone() throws IOException {
        try (var simulated = new Simulated(fast(NO_GHES))) {
            simulated.pods.handOver("code-linux-1", "no-such-uid", "config");

            Eventually.is("secret collected", () -> !simulated.pods.hasSecret("code-linux-1"));
        }
    }

    @Test
    void deletesAsOftenAsAsked() throws IOException {
        try (var simulated = new Simulated(fast(NO_GHES).withSpeed(4))) {
            simulated.pods.create(spec("acme", 1));
            Eventually.is("pod on a node", () -> !nodeOf(simulated, "code-linux-1").isEmpty());

            assertEquals(Deletion.TERMINATING, simulated.pods.delete("code-linux-1"));
            assertTrue(simulated.pods.find("code-linux-1").orElseThrow().deleting());
            assertEquals(Deletion.TERMINATING, simulated.pods.delete("code-linux-1"));
            Eventually.is("pod gone", () -> simulated.pods.find("code-linux-1").isEmpty());
            assertEquals(Deletion.GONE, simulated.pods.delete("code-linux-1"));
        }
    }

    @Test
    void doesNotTakeAPodThatIsBeingDeletedForItsOwn() throws IOException {
        try (var simulated = new Simulated(fast(NO_GHES).withSpeed(4))) {
            String first = simulated.pods.create(spec("acme", 1)).uid();
            Eventually.is("pod on a node", () -> !nodeOf(simulated, "code-linux-1").isEmpty());
            simulated.pods.delete("code-linux-1");

            assertThrows(KubernetesUnavailable.class, () -> simulated.pods.create(spec("acme", 1)));

            Eventually.is("pod gone", () -> simulated.pods.find("code-linux-1").isEmpty());
            Creation second = simulated.pods.create(spec("acme", 1));
            assertFalse(second.existed());
            assertFalse(second.uid().equals(first));
        }
    }

    @Test
    void deletesAPodThatHasNoPlaceAtOnce() throws IOException {
        try (var simulated = new Simulated(fast(NO_GHES).withNodes(0, 0))) {
            simulated.pods.create(spec("acme", 1));

            assertEquals(Deletion.GONE, simulated.pods.delete("code-linux-1"));
        }
    }

    @Test
    void listsOnlyOurPodsAcrossPages() throws IOException {
        try (var simulated = new Simulated(fast(NO_GHES).withNodes(0, 0))) {
            for (int job = 1000; job < 1601; job++) {
                simulated.pods.create(spec("org-" + job % 7, job));
            }
            createForeignPod(simulated);

            List<PodState> pods = simulated.pods.list();

            assertEquals(601, pods.size());
            assertEquals("code-linux-1000", pods.getFirst().runner());
            assertEquals("code-linux-1600", pods.getLast().runner());
            assertEquals(601, pods.stream().map(PodState::uid).distinct().count());
        }
    }

    @Test
    void tellsAQuotaFromOtherRefusals() throws IOException {
        try (var simulated = new Simulated(fast(NO_GHES).withPodQuota(1))) {
            simulated.pods.create(spec("acme", 1));

            var refused =
                    assertThrows(
                            KubernetesRefused.class, () -> simulated.pods.create(spec("acme", 2)));

            assertEquals(KubernetesRefused.Reason.QUOTA_EXCEEDED, refused.reason());
            assertTrue(refused.isRetryableLater());
            assertTrue(simulated.pods.create(spec("acme", 1)).existed());
        }
    }

    @Test
    void isRefusedWithoutTheNamespace() throws IOException {
        try (var simulated = new Simulated(fast(NO_GHES))) {
            var templates = Simulated.templates("nowhere", "");
            try (var elsewhere = simulated.pods(templates)) {
                var refused =
                        assertThrows(
                                KubernetesRefused.class, () -> elsewhere.create(spec("acme", 1)));

                assertEquals(KubernetesRefused.Reason.NO_NAMESPACE, refused.reason());
                assertEquals(List.of(), elsewhere.list());
            }
        }
    }

    @Test
    void isUnavailableWhenNobodyListens() throws IOException {
        var simulated = new Simulated(fast(NO_GHES));
        simulated.cluster.close();
        try (simulated.pods;
                simulated.client) {
            Instant start = Instant.now();

            assertThrows(KubernetesUnavailable.class, () -> simulated.pods.create(spec("acme", 1)));
            assertThrows(KubernetesUnavailable.class, simulated.pods::list);

            assertTrue(Duration.between(start, Instant.now()).toSeconds() < 5);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void isUnavailableOnErrorsOfTheServerAndItsConflicts(long seed) throws IOException {
        var faults = faults(seed, 0, 1, 0, 1);
        try (var simulated = new Simulated(fast(NO_GHES).withFaults(faults))) {
            for (int attempt = 0; attempt < 10; attempt++) {
                assertThrows(
                        KubernetesUnavailable.class, () -> simulated.pods.create(spec("acme", 1)));
                assertThrows(
                        KubernetesUnavailable.class,
                        () -> simulated.pods.handOver("code-linux-1", "uid", "config"));
                assertThrows(
                        KubernetesUnavailable.class, () -> simulated.pods.find("code-linux-1"));
                assertThrows(
                        KubernetesUnavailable.class, () -> simulated.pods.delete("code-linux-1"));
            }
            assertEquals(0, simulated.state().getInteger("created"));
            assertTrue(simulated.state().getJsonObject("faults").size() >= 3);
        }
    }

    @Test
    void isRefusedByAnInjectedQuota() throws IOException {
        try (var simulated = new Simulated(fast(NO_GHES).withFaults(faults(1, 1, 0, 0, 0)))) {
            var refused =
                    assertThrows(
                            KubernetesRefused.class, () -> simulated.pods.create(spec("acme", 1)));

            assertTrue(refused.isRetryableLater());
        }
    }

    @Test
    void findsThePodOfACreationWhoseAnswerWasLost() throws IOException {
        try (var simulated = new Simulated(fast(NO_GHES).withFaults(faults(1, 0, 0, 1, 0)))) {
            assertThrows(KubernetesUnavailable.class, () -> simulated.pods.create(spec("acme", 1)));

            PodState pod = simulated.pods.find("code-linux-1").orElseThrow();
            assertEquals(7001, pod.runnerId());
            assertEquals(1, simulated.state().getInteger("created"));
        }
    }

    @Test
    void takesAPodOfALostAnswerForExisting() throws IOException {
        try (var simulated = new Simulated(fast(NO_GHES).withFaults(faults(1, 0, 0, 0.5, 0)))) {
            int lost = 0;
            // Half of the answers are lost: ask until one gets through that follows a lost one.
            for (long job = 1; job <= 20; job++) {
                Optional<Creation> creation = Optional.empty();
                int lostOfThis = 0;
                while (creation.isEmpty()) {
                    try {
                        creation = Optional.of(simulated.pods.create(spec("acme", job)));
                    } catch (KubernetesUnavailable e) {
                        lostOfThis++;
                    }
                }
                assertEquals(lostOfThis > 0, creation.get().existed());
                lost += lostOfThis;
                if (lost > 0) {
                    break;
                }
            }
            assertTrue(lost > 0);
        }
    }

    private static KubernetesFaults faults(
            long seed, double quota, double createError, double held, double otherError) {
        Duration slow = Duration.ofMillis(1);
        return new KubernetesFaults(
                seed, quota, createError, held, otherError, 0, slow, 0, 0, Duration.ofSeconds(3));
    }

    private static String nodeOf(Simulated simulated, String name) {
        var pod = simulated.client.pods().inNamespace(NAMESPACE).withName(name).get();
        return pod == null || pod.getSpec().getNodeName() == null
                ? ""
                : pod.getSpec().getNodeName();
    }

    private static void createForeignPod(Simulated simulated) {
        var foreign =
                new PodBuilder()
                        .withNewMetadata()
                        .withName("foreign")
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("c")
                        .withImage("i")
                        .endContainer()
                        .endSpec()
                        .build();
        simulated.client.pods().inNamespace(NAMESPACE).resource(foreign).create();
    }

    @Test
    void takesThePodsOfTheExamples() throws IOException {
        Path examples =
                Path.of(Objects.requireNonNull(System.getProperty("jitney.root")))
                        .resolve("docs/examples/runner-classes.yaml");
        var classes = ClassFile.read("classes", Files.readString(examples));
        try (var simulated = new Simulated(fast(NO_GHES));
                var pods = simulated.pods(new RunnerPodTemplates(Simulated.NAMESPACE, classes))) {
            for (var each : classes.classes()) {
                String name = each.name().value();
                pods.create(new RunnerPodSpec(name + "-7", "acme", name, 7, "acme/rocket", 7007));
            }

            assertEquals(7, pods.list().size());
        }
    }

    /** The hooks of a runner that was killed delete nothing, and nobody owns what they made. */
    @Test
    void takesThePodOfItsJobAway_withContainerHooks() throws IOException {
        var hooks = Simulated.templates(Simulated.NAMESPACE, ", mode: kubernetes");
        try (var simulated = new Simulated(fast(NO_GHES));
                var pods = simulated.pods(hooks)) {
            pods.create(spec("acme", 1));
            String uid = pods.create(spec("acme", 2)).uid();
            jobPod(simulated, "code-linux-1");
            jobPod(simulated, "code-linux-2");

            pods.delete("code-linux-1");

            assertEquals(List.of("code-linux-2-workflow"), jobPods(simulated));
            pods.kill("code-linux-2", "uid of an earlier one");
            assertEquals(List.of("code-linux-2-workflow"), jobPods(simulated));
            pods.kill("code-linux-2", uid);
            assertEquals(List.of(), jobPods(simulated));
        }
    }

    private static void jobPod(Simulated simulated, String runner) {
        simulated
                .client
                .pods()
                .inNamespace(Simulated.NAMESPACE)
                .resource(
                        new PodBuilder()
                                .withNewMetadata()
                                .withName(runner + "-workflow")
                                .addToLabels("runner-pod", runner)
                                .endMetadata()
                                .withNewSpec()
                                .addNewContainer()
                                .withName("job")
                                .withImage("job:1")
                                .endContainer()
                                .endSpec()
                                .build())
                .create();
    }

    private static List<String> jobPods(Simulated simulated) {
        return simulated
                .client
                .pods()
                .inNamespace(Simulated.NAMESPACE)
                .withLabel("runner-pod")
                .list()
                .getItems()
                .stream()
                .filter(each -> each.getMetadata().getDeletionTimestamp() == null)
                .map(each -> each.getMetadata().getName())
                .toList();
    }
}
