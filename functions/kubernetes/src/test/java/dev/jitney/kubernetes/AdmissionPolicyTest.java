package dev.jitney.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jitney.classes.ClassFile;
import dev.jitney.kubernetes.AdmissionPolicy.Request;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The policies of knative/ take what Jitney and the container hooks do, and refuse what neither
 * Docker nor a job needs.
 */
final class AdmissionPolicyTest {
    private static final String PROVISIONER = "system:serviceaccount:jitney:provisioner";
    private static final String HOOKS =
            "system:serviceaccount:jitney-runners:jitney-container-hooks";

    /** Makes the pods of the Jobs that the hooks make. */
    private static final String JOB_CONTROLLER = "system:serviceaccount:kube-system:job-controller";

    private static final String PRIVILEGED = "\"securityContext\": {\"privileged\": true}";

    private static AdmissionPolicy pods() throws Exception {
        return AdmissionPolicy.read("base/runners/admission.yaml", "jitney-runner-pods");
    }

    private static AdmissionPolicy hooks() throws Exception {
        return AdmissionPolicy.read(
                "components/container-hooks/admission.yaml", "jitney-container-hooks");
    }

    private static Pod runner() {
        return runner("classes: [{name: code-linux, labels: [code-linux]}]", "code-linux");
    }

    private static Pod runner(String classes, String name) {
        RunnerPodTemplates templates =
                new RunnerPodTemplates("jitney-runners", ClassFile.read("classes", classes));
        RunnerPodSpec spec = new RunnerPodSpec(name + "-42", "acme", name, 42, "acme/rocket", 7001);
        return RunnerPod.render("jitney-runners", spec, templates.of(name));
    }

    private static Pod plain() {
        return new PodBuilder()
                .withNewSpec()
                .addNewContainer()
                .withName("job")
                .endContainer()
                .endSpec()
                .build();
    }

    private static Request creation(String user, Object pod) {
        return new Request(user, "CREATE", "", "pods", pod);
    }

    /** A pod with one field of its specification replaced. */
    private static ObjectNode with(Pod pod, String spec) throws Exception {
        ObjectNode changed = AdmissionPolicy.JSON.valueToTree(pod);
        changed.withObject("/spec").setAll((ObjectNode) AdmissionPolicy.JSON.readTree(spec));
        return changed;
    }

    private static void assertRefused(String message, List<String> refusals) {
        assertEquals(1, refusals.size(), refusals.toString());
        assertTrue(refusals.getFirst().contains(message), refusals.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "linux-small",
                "linux-large",
                "linux-memory",
                "gpu",
                "fpga",
                "linux-container",
                "cloud"
            })
    void takesTheRunnersOfTheExamples(String name) throws Exception {
        Path example =
                Path.of(System.getProperty("jitney.root"), "docs/examples/runner-classes.yaml");

        Pod pod = runner(Files.readString(example), name);

        assertEquals(List.of(), pods().refusals(creation(PROVISIONER, pod)));
    }

    @ParameterizedTest
    @ValueSource(strings = {PROVISIONER, HOOKS, JOB_CONTROLLER})
    void takesAPodThatAsksForNothing(String user) throws Exception {
        assertEquals(List.of(), pods().refusals(creation(user, plain())));
    }

    /** A name proves nothing: jobs can use the account of the container hooks. */
    @ParameterizedTest
    @ValueSource(strings = {HOOKS, JOB_CONTROLLER, "admin"})
    void onlyTheProvisionerMakesAPrivilegedContainer(String user) throws Exception {
        List<String> refusals = pods().refusals(creation(user, runner()));

        assertRefused("only the init container dind", refusals);
    }

    /** What marks a pod need not have made it. */
    @Test
    void whoeverMayChangesTheLabelsOfARunner() throws Exception {
        Request change = new Request("admin", "UPDATE", "", "pods", runner());

        assertEquals(List.of(), pods().refusals(change));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"serviceAccountName\": \"ci-deploy\"}",
                "{\"serviceAccountName\": \"jitney-container-hooks\"}",
                "{\"automountServiceAccountToken\": true}",
            })
    void onlyTheProvisionerGivesAPodAnAccount(String spec) throws Exception {
        ObjectNode pod = with(plain(), spec);

        assertEquals(List.of(), pods().refusals(creation(PROVISIONER, pod)));
        assertRefused("service account", pods().refusals(creation(HOOKS, pod)));
        assertRefused("service account", pods().refusals(creation(JOB_CONTROLLER, pod)));
    }

    @Test
    void takesAJobWithTheHookTemplateOfTheExamples() throws Exception {
        Path template =
                Path.of(System.getProperty("jitney.root"), "docs/examples/hook-template.yaml");
        Pod pod = Serialization.unmarshal(Files.readString(template), Pod.class);
        pod.getSpec().getContainers().getFirst().setName("job");

        assertEquals(List.of(), pods().refusals(creation(HOOKS, pod)));
    }

    @Test
    void takesThePodThatTheHooksMake() throws Exception {
        ObjectNode pod =
                with(
                        plain(),
                        "{\"serviceAccountName\": \"default\", \"nodeName\": \"node-1\","
                                + " \"volumes\": [{\"name\": \"work\", \"persistentVolumeClaim\":"
                                + " {\"claimName\": \"linux-container-42-work\"}}],"
                                + " \"containers\": [{\"name\": \"job\", \"ports\":"
                                + " [{\"containerPort\": 5432}]}]}");

        assertEquals(List.of(), pods().refusals(creation(HOOKS, pod)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"hostNetwork\": true} | network",
                "{\"hostPID\": true} | processes",
                "{\"hostIPC\": true} | memory",
                "{\"volumes\": [{\"name\": \"v\", \"hostPath\": {\"path\": \"/\"}}]} | files",
                "{\"containers\": [{\"name\": \"dind\", %s}]} | only the init container dind",
                "{\"initContainers\": [{\"name\": \"x\", %s}]} | only the init container dind",
                "{\"ephemeralContainers\": [{\"name\": \"dind\", %s}]} | only the init container",
            })
    void refusesWhatDockerDoesNotNeed(String spec, String message) throws Exception {
        ObjectNode pod = with(runner(), spec.replace("%s", PRIVILEGED));

        assertRefused(message, pods().refusals(creation(PROVISIONER, pod)));
    }

    @ParameterizedTest
    @CsvSource({
        "/mnt/cache, 0",
        "/mnt/cache/maven, 0",
        "/mnt/cache2, 1",
        "/mnt, 1",
        "/, 1",
        "/opt/fpga-tools, 0"
    })
    void takesFilesOfTheNodeThatTheInstructionsName(String path, int refused) throws Exception {
        Path docs = Path.of(System.getProperty("jitney.root"), "docs/runner-classes.md");
        Matcher named =
                Pattern.compile("path: /spec/variables/0/expression, value: \"(.*?)\"")
                        .matcher(Files.readString(docs));
        assertTrue(named.find());
        ObjectNode pod =
                with(
                        runner(),
                        "{\"volumes\": [{\"name\": \"v\", \"hostPath\": {\"path\": \"%s\"}}]}"
                                .formatted(path));

        AdmissionPolicy policy = pods().withFirstVariable("hostPaths", named.group(1));

        assertEquals(refused, policy.refusals(creation(PROVISIONER, pod)).size());
    }

    @Test
    void refusesADebuggerThatIsPrivileged() throws Exception {
        ObjectNode pod =
                with(
                        runner(),
                        "{\"ephemeralContainers\": [{\"name\": \"dind\", %s}]}"
                                .formatted(PRIVILEGED));
        Request debugging = new Request("admin", "UPDATE", "", "pods/ephemeralcontainers", pod);

        assertRefused("only the init container dind", pods().refusals(debugging));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"capabilities\": {\"add\": [\"SYS_ADMIN\"]} | capabilities",
                "\"capabilities\": {\"add\": [\"CHOWN\", \"NET_RAW\"]} | capabilities",
                "\"procMount\": \"Unmasked\" | confinement",
                "\"seccompProfile\": {\"type\": \"Unconfined\"} | confinement",
                "\"appArmorProfile\": {\"type\": \"Unconfined\"} | confinement",
                "\"seLinuxOptions\": {\"type\": \"spc_t\"} | confinement",
                "\"windowsOptions\": {\"hostProcess\": true} | confinement",
            })
    void onlyTheDockerDaemonGoesBeyondAContainer(String context, String message) throws Exception {
        String containers =
                "{\"%s\": [{\"name\": \"%s\", \"securityContext\": {" + context + "}}]}";
        for (String kind : List.of("containers", "initContainers", "ephemeralContainers")) {
            ObjectNode pod = with(runner(), containers.formatted(kind, "x"));
            assertRefused(message, pods().refusals(creation(PROVISIONER, pod)));
        }
        ObjectNode docker = with(runner(), containers.formatted("initContainers", "dind"));
        assertEquals(List.of(), pods().refusals(creation(PROVISIONER, docker)));
        assertRefused(message, pods().refusals(creation(HOOKS, docker)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"seccompProfile\": {\"type\": \"Unconfined\"}",
                "\"appArmorProfile\": {\"type\": \"Unconfined\"}",
                "\"seLinuxOptions\": {\"type\": \"spc_t\"}",
                "\"windowsOptions\": {\"hostProcess\": true}",
            })
    void noPodDoesWithoutConfinementAsAWhole(String context) throws Exception {
        ObjectNode pod = with(runner(), "{\"securityContext\": {" + context + "}}");

        assertRefused("confinement", pods().refusals(creation(PROVISIONER, pod)));
    }

    @Test
    void takesWhatAContainerMayAnyway() throws Exception {
        String spec =
                "{\"securityContext\": {\"fsGroup\": 1001, \"seccompProfile\": {\"type\":"
                        + " \"RuntimeDefault\"}}, \"containers\": [{\"name\": \"runner\","
                        + " \"securityContext\": {\"capabilities\": {\"add\": [\"SETUID\"], \"drop\":"
                        + " [\"ALL\"]}, \"procMount\": \"Default\", \"seLinuxOptions\": {\"level\":"
                        + " \"s0:c1\"}}, \"ports\": [{\"containerPort\": 80, \"hostPort\": 0}]}]}";

        assertEquals(List.of(), pods().refusals(creation(PROVISIONER, with(runner(), spec))));
    }

    @Test
    void refusesAPortOfTheNode() throws Exception {
        String spec =
                "{\"containers\": [{\"name\": \"job\", \"ports\": [{\"containerPort\": 5432,"
                        + " \"hostPort\": 5432}]}]}";

        assertRefused("port of its node", pods().refusals(creation(HOOKS, with(plain(), spec))));
    }

    @ParameterizedTest
    @CsvSource({
        "kubernetes.io/service-account-token, 1",
        "kubernetes.io/dockerconfigjson, 0",
        "Opaque, 0"
    })
    void nobodyMakesALastingTokenOfAnAccount(String type, int refused) throws Exception {
        AdmissionPolicy policy =
                AdmissionPolicy.read("base/runners/admission.yaml", "jitney-runner-secrets");
        ObjectNode secret = AdmissionPolicy.JSON.createObjectNode().put("type", type);

        for (String user : List.of(PROVISIONER, HOOKS)) {
            List<String> refusals =
                    policy.refusals(new Request(user, "CREATE", "", "secrets", secret));
            assertEquals(refused, refusals.size());
        }
    }

    /** Else a job would be in the privileged container of another runner by one command. */
    @ParameterizedTest
    @CsvSource({
        HOOKS + ", {\"container\": \"job\"}, 0",
        HOOKS + ", {\"container\": \"dind\"}, 1",
        HOOKS + ", {\"container\": \"runner\"}, 1",
        HOOKS + ", {}, 1",
        "admin, {\"container\": \"dind\"}, 0",
    })
    void hooksRunCommandsOnlyInJobs(String user, String options, int refused) throws Exception {
        Object object = AdmissionPolicy.JSON.readTree(options);

        List<String> refusals =
                hooks().refusals(new Request(user, "CONNECT", "", "pods/exec", object));

        assertEquals(refused, refusals.size());
    }

    @ParameterizedTest
    @CsvSource({"'', pods", "'', secrets", "batch, jobs"})
    void hooksDeleteOnlyWhatHooksMade(String group, String resource) throws Exception {
        Request ofHooks = deletion(HOOKS, group, resource, "runner-pod");
        Request ofJitney = deletion(HOOKS, group, resource, "jitney.dev/runner");
        Request byJitney = deletion(PROVISIONER, group, resource, "jitney.dev/runner");

        assertEquals(List.of(), hooks().refusals(ofHooks));
        assertEquals(1, hooks().refusals(ofJitney).size());
        assertEquals(List.of(), hooks().refusals(byJitney));
    }

    private static Request deletion(String user, String group, String resource, String label) {
        ObjectNode object = AdmissionPolicy.JSON.createObjectNode();
        object.putObject("metadata").putObject("labels").put(label, "linux-container-42");
        return new Request(user, "DELETE", group, resource, object);
    }
}
