package dev.jitney.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.classes.ClassFile;
import dev.jitney.classes.ClassesRefused;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RunnerPodTemplatesTest {
    /** Line 4 is the first of what a test says of the class. */
    private static final String BEGINNING =
            """
            classes:
              - name: a
                labels: [a]
            """;

    private static final String DISK = "ephemeral-storage";

    private static final String DEFAULTS =
            """
            defaults:
              maxMinutes: 30
              image: own/runner:1.0
              env: [{name: A, value: "1"}, {name: B, value: "1"}]
              dind: {registryMirrors: ["https://mirror.example.com"]}
              kubernetes: {work: {storage: 1Gi}}
              template:
                metadata: {labels: {team: x}}
                spec:
                  nodeSelector: {pool: ci}
                  tolerations: [{key: ci, operator: Exists}]
                  initContainers:
                    - name: dind
                      env: [{name: HTTPS_PROXY, value: "http://proxy:3128"}]
                    - {name: warm, image: "own/warm:1"}
            """;

    private static RunnerPodTemplates templates(String file) {
        return new RunnerPodTemplates("runners", ClassFile.read("classes.yaml", file));
    }

    private static PodSpec pod(String file) {
        return templates(file).of("a").pod().getSpec();
    }

    private static String indented(String text) {
        return text.indent(4);
    }

    private static Container init(PodSpec pod, String name) {
        return pod.getInitContainers().stream()
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Container runner(PodSpec pod) {
        return pod.getContainers().getFirst();
    }

    private static String value(Container container, String variable) {
        return container.getEnv().stream()
                .filter(each -> each.getName().equals(variable))
                .map(EnvVar::getValue)
                .findFirst()
                .orElse("none");
    }

    @Test
    void aClassHasWhatTheDefaultsSay() {
        PodSpec pod = pod(DEFAULTS + BEGINNING);

        assertEquals(1800, pod.getActiveDeadlineSeconds());
        assertEquals("own/runner:1.0", runner(pod).getImage());
        assertEquals("own/runner:1.0", init(pod, "init-dind-externals").getImage());
        assertEquals("ci", pod.getNodeSelector().get("pool"));
        assertEquals("http://proxy:3128", value(init(pod, "dind"), "HTTPS_PROXY"));
        assertEquals("123", value(init(pod, "dind"), "DOCKER_GROUP_GID"));
        assertTrue(
                init(pod, "dind")
                        .getArgs()
                        .contains("--registry-mirror=https://mirror.example.com"));
        assertEquals(
                List.of("init-dind-externals", "dind", "warm"),
                pod.getInitContainers().stream().map(Container::getName).toList());
    }

    @Test
    void aClassSaysOtherwise() {
        PodSpec pod =
                pod(
                        DEFAULTS
                                + BEGINNING
                                + indented(
                                        """
                                        maxMinutes: 60
                                        image:
                                        env: [{name: B, value: "2"}]
                                        dind: {registryMirrors: []}
                                        template:
                                          spec:
                                            nodeSelector: {zone: z}
                                            tolerations: [{key: gpu, operator: Exists}]
                                            initContainers: [{name: dind, image: "own/dind:2"}]
                                            terminationGracePeriodSeconds: 10
                                        """));

        assertEquals(3600, pod.getActiveDeadlineSeconds());
        assertEquals(PodBase.RUNNER_IMAGE, runner(pod).getImage());
        assertEquals("1", value(runner(pod), "A"));
        assertEquals("2", value(runner(pod), "B"));
        assertEquals("ci", pod.getNodeSelector().get("pool"));
        assertEquals("z", pod.getNodeSelector().get("zone"));
        assertEquals(1, pod.getTolerations().size());
        assertEquals("own/dind:2", init(pod, "dind").getImage());
        assertTrue(init(pod, "dind").getSecurityContext().getPrivileged());
        assertFalse(String.join(" ", init(pod, "dind").getArgs()).contains("mirror"));
        assertEquals(10, pod.getTerminationGracePeriodSeconds());
    }

    /** The runner makes a network of its own for each container job. */
    @Test
    void allNetworksOfDockerCarryPacketsOfTheSameSize() {
        List<String> args = init(pod(BEGINNING + indented("dind: {mtu: 1450}")), "dind").getArgs();

        assertTrue(args.contains("--mtu=1450"));
        assertTrue(
                args.contains("--default-network-opt=bridge=com.docker.network.driver.mtu=1450"));
        assertFalse(String.join(" ", init(pod(BEGINNING), "dind").getArgs()).contains("mtu"));
    }

    /** All containers share the disk of their node with those of other runners. */
    @Test
    void aRunnerTakesOnlySoMuchOfItsNodesDisk() {
        PodSpec pod = pod(BEGINNING + indented("dind: {disk: 200Gi, workDisk: 30Gi}"));

        assertEquals("200Gi", sizeOf(pod, "docker-data"));
        assertEquals("30Gi", sizeOf(pod, "work"));
        assertEquals(
                List.of("/var/lib/docker"),
                init(pod, "dind").getVolumeMounts().stream()
                        .filter(each -> each.getName().equals("docker-data"))
                        .map(VolumeMount::getMountPath)
                        .toList());
        assertEquals(new Quantity("200Gi"), init(pod, "dind").getResources().getLimits().get(DISK));
        assertEquals(new Quantity("30Gi"), runner(pod).getResources().getLimits().get(DISK));
        assertEquals(new Quantity("0"), runner(pod).getResources().getRequests().get(DISK));
    }

    private static String sizeOf(PodSpec pod, String volume) {
        return pod.getVolumes().stream()
                .filter(each -> each.getName().equals(volume))
                .map(each -> each.getEmptyDir().getSizeLimit().toString())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void dockerMayHaveADiskOfItsOwn() {
        String template =
                """
                template:
                  spec:
                    volumes:
                      - name: docker-data
                        ephemeral:
                          volumeClaimTemplate:
                            spec: {resources: {requests: {storage: 200Gi}}}
                """;

        var volumes =
                pod(BEGINNING + indented(template)).getVolumes().stream()
                        .filter(each -> each.getName().equals("docker-data"))
                        .toList();

        assertEquals(1, volumes.size());
        assertEquals(null, volumes.getFirst().getEmptyDir());
        assertTrue(volumes.getFirst().getEphemeral() != null);
    }

    @Test
    void whatAClassSaysOfItsDiskIsKept() {
        PodSpec pod =
                pod(
                        BEGINNING
                                + indented(
                                        """
                                        resources: {limits: {ephemeral-storage: 7Gi}}
                                        dind: {resources: {requests: {ephemeral-storage: 5Gi}}}
                                        """));

        assertEquals(new Quantity("7Gi"), runner(pod).getResources().getLimits().get(DISK));
        assertFalse(runner(pod).getResources().getRequests().containsKey(DISK));
        assertEquals(new Quantity("5Gi"), init(pod, "dind").getResources().getRequests().get(DISK));
        assertEquals(new Quantity("50Gi"), init(pod, "dind").getResources().getLimits().get(DISK));
    }

    @Test
    void theTemplateHasTheLastWord() {
        PodSpec pod =
                pod(
                        BEGINNING
                                + indented(
                                        """
                                        image: own/runner:1.0
                                        resources: {requests: {cpu: 1}, limits: {memory: 2Gi}}
                                        template:
                                          spec:
                                            automountServiceAccountToken: true
                                            containers:
                                              - name: runner
                                                image: own/runner:2.0
                                                resources: {requests: {cpu: 3}}
                                                volumeMounts: [{name: work, mountPath: /w}]
                                            volumes:
                                              - {name: work, hostPath: {path: /nvme}}
                                        """));

        assertEquals("own/runner:2.0", runner(pod).getImage());
        assertEquals("own/runner:2.0", init(pod, "init-dind-externals").getImage());
        assertEquals(Map.of("cpu", new Quantity("3")), runner(pod).getResources().getRequests());
        assertTrue(runner(pod).getResources().getLimits().isEmpty(), "resources are whole");
        assertEquals(3, runner(pod).getVolumeMounts().size());
        assertEquals("/nvme", pod.getVolumes().getFirst().getHostPath().getPath());
        assertEquals(null, pod.getVolumes().getFirst().getEmptyDir());
        assertTrue(pod.getAutomountServiceAccountToken());
    }

    @Test
    void aNullTakesAway() {
        PodSpec pod =
                pod(
                        DEFAULTS
                                + BEGINNING
                                + indented(
                                        """
                                        template:
                                          spec:
                                            enableServiceLinks: null
                                            nodeSelector: null
                                        """));

        assertEquals(null, pod.getEnableServiceLinks());
        assertTrue(pod.getNodeSelector() == null || pod.getNodeSelector().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "template:",
                "template: {spec: , metadata: }",
                "template: {spec: {containers: }}",
                "template: {metadata: {labels: , annotations: }}",
                "{mode: , maxMinutes: , image: , resources: , env: , mounts: , ca: , dind: }",
            })
    void nothingIsNothing(String text) {
        String file =
                text.startsWith("{")
                        ? "defaults: " + text + "\n" + BEGINNING
                        : BEGINNING + indented(text);
        var spec = new RunnerPodSpec("a-1", "acme", "a", 1, "acme/rocket", 1);

        assertEquals(templates(BEGINNING).yaml(spec), templates(file).yaml(spec));
    }

    @Test
    void whatTheDefaultsSayOfDockerIsNotForTheOtherMode() {
        PodSpec pod = pod(DEFAULTS + BEGINNING + indented("mode: kubernetes"));

        assertEquals(
                List.of("warm"), pod.getInitContainers().stream().map(Container::getName).toList());
        assertEquals(
                Map.of("storage", new Quantity("1Gi")),
                pod.getVolumes()
                        .getFirst()
                        .getEphemeral()
                        .getVolumeClaimTemplate()
                        .getSpec()
                        .getResources()
                        .getRequests());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "mode: docker | 4: 'mode' must be one of dind, kubernetes",
                "maxMinutes: 0 | 4: '0' is not a whole number from 1 to 7200",
                "maxMinutes: 6h | 4: 'maxMinutes' must be a whole number",
                "image: own/runner | 4: image is not pinned to a version: own/runner",
                "image: ghcr.io/actions/actions-runner:2.317.0 | 4: runner is older than 2.332.0:"
                        + " ghcr.io/actions/actions-runner:2.317.0",
                "resources: {request: {cpu: 1}} | 4: 'request' is not known; did you mean"
                        + " requests?",
                "resources: {requests: {cpu: 3}, limits: {cpu: 2}} | 2: class 'a': container"
                        + " 'runner' requests more cpu than its limit: 3 and 2",
                "resources: {limits: {memory: 4GB}} | 2: class 'a': container 'runner': '4GB' is no"
                        + " quantity of memory; write one such as 500m, 2 or 8Gi",
                "env: {A: b} | 4: 'env' must be a list",
                "env: [{name: A, value: 1}] | 4: 'value' must be text; write it in quotes",
                "env: [{name: A, value: yes}] | 4: 'value' must be text; write it in quotes",
                "env:~  - name: A~    valueFrom: {secretRef: {name: s, key: k}} | 6: 'secretRef' is"
                        + " not known; did you mean secretKeyRef?",
                "env: [{name: ACTIONS_RUNNER_INPUT_URL, value: x}] | 4: take it out: the runner"
                        + " gets its configuration from Jitney",
                "mounts: [{name: tmp, mountPath: /tmp}] | 4: 'volume' is missing",
                "mounts: [{name: tmp, mountPath: tmp, volume: {emptyDir: {}}}] | 4: a path begins"
                        + " with '/', does not end with it and has no ':'",
                "mounts: [{name: work, mountPath: /w, volume: {emptyDir: {}}}] | 4: 'work' is"
                        + " Jitney's own; take another",
                "mounts: [{name: x, mountPath: /var/run, volume: {emptyDir: {}}}] | 4: '/var/run'"
                        + " is Jitney's own; take another",
                "mounts: [{name: x, mountPath: /x, volume: {emptydir: {}}}] | 4: 'emptydir' is not"
                        + " known; did you mean emptyDir?",
                "mounts: [{name: x, mountPath: /x, volume: {}}] | 4: write one kind of volume, such"
                        + " as emptyDir: {} or persistentVolumeClaim: {claimName: cache}",
                "mounts:~  - {name: x, mountPath: /x, volume: {emptyDir: {}}}~  - {name: x,"
                        + " mountPath: /y, volume: {emptyDir: {}}} | 6: 'x' is there twice",
                "ca: {key: ca.crt} | 4: 'configMap' is missing",
                "dind: {image: docker:latest} | 4: image is not pinned to a version: docker:latest",
                "dind: {disk: 50GB} | 4: Invalid quantity",
                "mounts: [{name: x, mountPath: /var/lib/docker, volume: {emptyDir: {}}}] | 4:"
                        + " '/var/lib/docker' is Jitney's own; take another",
                "dind: {mtu: 100} | 4: '100' is not a whole number from 576 to 9216",
                "dind: {registryMirrors: [mirror]} | 4: a registry mirror is a URL without a user,"
                        + " such as https://mirror.example.com",
                "kubernetes: {work: {storage: 1Gi}} | 4: 'kubernetes' has no effect in mode dind;"
                        + " take it out or write mode: kubernetes",
                "mode: kubernetes~dind: {image: own/dind:1} | 5: 'dind' has no effect in mode"
                        + " kubernetes; take it out or write mode: dind",
                "mode: kubernetes~kubernetes: {work: {storage: 1GB}} | 5: Invalid quantity",
                "template: {spec: {restartPolicy: Always}} | 4: take 'restartPolicy' out: a"
                        + " runner's pod is never restarted",
                "template:~  spec:~    activeDeadlineSeconds: 60 | 6: take 'activeDeadlineSeconds'"
                        + " out: write maxMinutes",
                "template:~  metadata: {namespace: x} | 5: take 'namespace' out: all runners are in"
                        + " JITNEY_RUNNER_NAMESPACE",
                "template:~  metadata: {labels: {jitney.dev/class: x}} | 5: 'jitney.dev/class' is"
                        + " Jitney's own; take another",
                "template:~  spec:~    nodeSelektor: {a: b} | 6: 'nodeSelektor' is not known; did"
                        + " you mean nodeSelector?",
                "template:~  spec:~    tolerations: [{keys: x}] | 6: 'keys' is not known; did you"
                        + " mean key?",
                "template:~  spec:~    volumes:~      - | 7: this entry of the list is empty",
                "template:~  spec:~    nodeSelector: {a: b}~    nodeSelector: {c: d} | 7:"
                        + " 'nodeSelector' is there twice",
                "template:~  spec:~    containers:~      - name: helper | 7: a pod ends with its"
                        + " runner, and another container would keep it; write 'helper' under"
                        + " initContainers with restartPolicy: Always",
                "template:~  spec:~    initContainers:~      - name: helper | 2: class 'a':"
                        + " container 'helper' has no image",
                "template:~  spec:~    initContainers:~      - {name: helper, image: own/helper:1,"
                        + " volumeMounts: [{name: cash, mountPath: /c}]} | 2: class 'a': container"
                        + " 'helper' mounts 'cash', and no volume has that name",
            })
    void saysTheLineAndTheReason(String text, String reason) {
        String file = BEGINNING + indented(text.replace('~', '\n'));

        var refused = assertThrows(ClassesRefused.class, () -> templates(file).check());

        assertTrue(
                String.valueOf(refused.getMessage()).startsWith("classes.yaml line " + reason),
                refused.getMessage());
    }

    @Test
    void refusesTwoVolumesAtOnePath() {
        String defaults =
                "defaults: {mounts: [{name: x, mountPath: /c, volume: {emptyDir: {}}}]}\n";
        String own = "mounts: [{name: y, mountPath: /c, volume: {emptyDir: {}}}]";

        var refused =
                assertThrows(
                        ClassesRefused.class,
                        () -> templates(defaults + BEGINNING + indented(own)).check());

        assertEquals(
                "classes.yaml line 3: class 'a': container 'dind' mounts two volumes at /c",
                refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{name: NPM_TOKEN, value: abc}",
                "{name: db_password, value: abc}",
                "{name: ANYTHING, value: ghp_0123456789}",
                "{name: ANYTHING, value: AKIAABCDEFGHIJKLMNOP}",
                "{name: HTTPS_PROXY, value: 'http://joe:abc@proxy:3128'}",
                "{name: KEY, value: \"-----BEGIN RSA PRIVATE KEY-----\\nabc\"}"
            })
    void refusesACredentialWithoutRepeatingIt(String variable) {
        String own = "env: [" + variable + "]";
        String inTemplate =
                "template: {spec: {containers: [{name: runner, env: [" + variable + "]}]}}";

        for (String each : List.of(own, inTemplate)) {
            var refused =
                    assertThrows(
                            ClassesRefused.class,
                            () -> templates(BEGINNING + indented(each)).check());
            String message = String.valueOf(refused.getMessage());
            assertTrue(message.startsWith("classes.yaml line 4: '"), message);
            assertTrue(message.contains("secretKeyRef"), message);
            assertFalse(message.contains("abc") || message.contains("0123"), message);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{name: AWS_WEB_IDENTITY_TOKEN_FILE, value: /opt/cloud-identity/token}",
                "{name: VAULT_TOKEN, value: /run/token}",
                "{name: NPM_TOKEN, valueFrom: {secretKeyRef: {name: npm, key: token}}}",
                "{name: HTTPS_PROXY, value: 'http://proxy:3128'}",
                "{name: EMPTY_TOKEN, value: ''}"
            })
    void takesWhatIsNoCredential(String variable) {
        templates(BEGINNING + indented("env: [" + variable + "]")).check();
    }

    @Test
    void knowsNoOtherClasses() {
        var refused =
                assertThrows(IllegalArgumentException.class, () -> templates(BEGINNING).of("b"));

        assertEquals("classes.yaml has no runner class b", refused.getMessage());
    }
}
