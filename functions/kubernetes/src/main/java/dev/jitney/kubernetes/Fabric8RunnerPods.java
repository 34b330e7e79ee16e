package dev.jitney.kubernetes;

import dev.jitney.core.reconcile.NodeSeen;
import dev.jitney.core.reconcile.PodStage;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@link RunnerPods} by the Fabric8 client. Connects at the first call, not before: a function that
 * has nothing to do with pods in its first event does not pay for the client.
 */
public final class Fabric8RunnerPods implements RunnerPods {
    private static final long PAGE = 500;

    /** The least that asks the node: 0 would strike the pod out without asking. */
    private static final long KILL_SECONDS = 1;

    private final KubernetesConnection connection;
    private final RunnerPodTemplates templates;
    private @Nullable KubernetesClient client;

    public Fabric8RunnerPods(KubernetesConnection connection, RunnerPodTemplates templates) {
        this.connection = connection;
        this.templates = templates;
    }

    @Override
    public Creation create(RunnerPodSpec spec) {
        Pod pod = RunnerPod.render(templates.namespace(), spec, templates.of(spec.runnerClass()));
        try {
            Pod created = client().pods().inNamespace(templates.namespace()).resource(pod).create();
            return new Creation(created.getMetadata().getUid(), false);
        } catch (KubernetesClientException e) {
            if (FailureKind.isAlreadyExists(e)) {
                return existing(spec);
            }
            throw FailureKind.of("create pod " + spec.runner(), e);
        }
    }

    private Creation existing(RunnerPodSpec spec) {
        String runner = spec.runner();
        PodState pod = find(runner).orElseThrow(() -> changed(runner, "is gone again"));
        if (pod.deleting()) {
            throw changed(runner, "is being deleted");
        }
        if (pod.runnerId() != spec.runnerId()) {
            annotate(spec);
        }
        return new Creation(pod.uid(), true);
    }

    private void annotate(RunnerPodSpec spec) {
        try {
            pod(spec.runner()).patch(PatchContext.of(PatchType.JSON_MERGE), runnerId(spec));
        } catch (KubernetesClientException e) {
            throw goneMeanwhile("annotate pod " + spec.runner(), e)
                    .orElseGet(() -> FailureKind.of("annotate pod " + spec.runner(), e));
        }
    }

    /** The object was there a moment ago: its absence says nothing about the namespace. */
    private static Optional<KubernetesFailure> goneMeanwhile(
            String call, KubernetesClientException e) {
        return e.getCode() == 404
                ? Optional.of(new KubernetesUnavailable(call + ": gone", 404, null, null))
                : Optional.empty();
    }

    private static String runnerId(RunnerPodSpec spec) {
        return "{\"metadata\":{\"annotations\":{\"%s\":\"%d\"}}}"
                .formatted(RunnerLabels.RUNNER_ID, spec.runnerId());
    }

    private static KubernetesUnavailable changed(String runner, String how) {
        return new KubernetesUnavailable("pod " + runner + " exists and " + how, 409, null, null);
    }

    @Override
    public void handOver(String runner, String podUid, String jitConfig) {
        Secret content = RunnerSecret.render(templates.namespace(), runner, podUid, jitConfig);
        Resource<Secret> secret =
                client().secrets().inNamespace(templates.namespace()).resource(content);
        try {
            secret.create();
        } catch (KubernetesClientException e) {
            if (!FailureKind.isAlreadyExists(e)) {
                throw FailureKind.ofSecret("hand over to " + runner, e);
            }
            replace(runner, secret);
        }
    }

    /** Without a resourceVersion the replacement is unconditional: the last hand-over counts. */
    private static void replace(String runner, Resource<Secret> secret) {
        String call = "replace secret " + runner;
        try {
            secret.update();
        } catch (KubernetesClientException e) {
            throw goneMeanwhile(call, e).orElseGet(() -> FailureKind.ofSecret(call, e));
        }
    }

    @Override
    public boolean hasSecret(String runner) {
        return call(
                "find secret " + runner,
                () ->
                        client().secrets().inNamespace(templates.namespace()).withName(runner).get()
                                != null);
    }

    @Override
    public Optional<PodState> find(String runner) {
        return call(
                "find pod " + runner,
                () -> Optional.ofNullable(pod(runner).get()).map(PodState::of));
    }

    @Override
    public Deletion delete(String runner) {
        call("delete pod " + runner, () -> pod(runner).delete());
        deletePodOfJob(runner);
        return find(runner).isEmpty() ? Deletion.GONE : Deletion.TERMINATING;
    }

    @Override
    public Deletion kill(String runner, String uid) {
        return deleteThis(runner, uid, KILL_SECONDS);
    }

    @Override
    public Deletion strikeOut(String runner, String uid) {
        return deleteThis(runner, uid, 0);
    }

    private Deletion deleteThis(String runner, String uid, long graceSeconds) {
        Optional<PodState> pod = find(runner).filter(each -> each.uid().equals(uid));
        if (pod.isEmpty()) {
            return Deletion.GONE;
        }
        deletePodOfJob(runner);
        call("kill pod " + runner, () -> pod(runner).withGracePeriod(graceSeconds).delete());
        return find(runner).filter(each -> each.uid().equals(uid)).isEmpty()
                ? Deletion.GONE
                : Deletion.TERMINATING;
    }

    private void deletePodOfJob(String runner) {
        if (templates.usesHooks(runner)) {
            String job = HookPods.of(runner);
            call("delete pod " + job, () -> pod(job).delete());
        }
    }

    @Override
    public List<PodState> list() {
        List<PodState> pods = new ArrayList<>();
        String next = "";
        do {
            PodList page = page(next);
            page.getItems().forEach(pod -> pods.add(PodState.of(pod)));
            next = page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
        pods.sort(Comparator.comparing(PodState::runner));
        Map<String, NodeSeen> nodes = new HashMap<>();
        return pods.stream()
                .map(
                        pod ->
                                mayHaveLostItsNode(pod)
                                        ? pod.on(nodes.computeIfAbsent(pod.node(), this::node))
                                        : pod)
                .toList();
    }

    private static boolean mayHaveLostItsNode(PodState pod) {
        boolean lost = pod.course().stage() == PodStage.NODE_LOST;
        return !pod.node().isEmpty() && !pod.terminal() && (pod.deleting() || lost);
    }

    private NodeSeen node(String name) {
        try {
            return client().nodes().withName(name).get() == null ? NodeSeen.GONE : NodeSeen.PRESENT;
        } catch (KubernetesClientException e) {
            return NodeSeen.UNKNOWN;
        }
    }

    @Override
    public int room(NodeReserve reserve) {
        NodeRoom room = new NodeRoom(templates.inOrder(), reserve);
        return call("list nodes", () -> room.of(client().nodes().list().getItems()));
    }

    private PodList page(String from) {
        return call(
                "list pods",
                () ->
                        client().pods()
                                .inNamespace(templates.namespace())
                                .withLabel(RunnerLabels.MANAGED_BY, RunnerLabels.MANAGER)
                                .list(
                                        new ListOptionsBuilder()
                                                .withLimit(PAGE)
                                                .withContinue(from.isEmpty() ? null : from)
                                                .build()));
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
            client = null;
        }
    }

    private PodResource pod(String runner) {
        return client().pods().inNamespace(templates.namespace()).withName(runner);
    }

    private synchronized KubernetesClient client() {
        if (client == null) {
            client = connection.open();
        }
        return client;
    }

    private static <T> T call(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (KubernetesClientException e) {
            throw FailureKind.of(what, e);
        }
    }
}
