package dev.jitney.reconciler;

import dev.jitney.kubernetes.Creation;
import dev.jitney.kubernetes.Deletion;
import dev.jitney.kubernetes.KubernetesUnavailable;
import dev.jitney.kubernetes.NodeReserve;
import dev.jitney.kubernetes.PodPhase;
import dev.jitney.kubernetes.PodState;
import dev.jitney.kubernetes.RunnerPodSpec;
import dev.jitney.kubernetes.RunnerPods;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Pods on a clock that others move; a deleted one is gone at once. */
final class VirtualPods implements RunnerPods {
    private final InstantSource clock;
    final Map<String, Pod> pods = new TreeMap<>();
    int room;
    boolean silent;
    private final TreeSet<String> secrets = new TreeSet<>();
    private long lastUid;

    /** A pod. */
    static final class Pod {
        final RunnerPodSpec spec;
        final String uid;
        final Instant createdAt;
        boolean ended;

        Pod(RunnerPodSpec spec, String uid, Instant createdAt) {
            this.spec = spec;
            this.uid = uid;
            this.createdAt = createdAt;
        }
    }

    VirtualPods(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Creation create(RunnerPodSpec spec) {
        Pod existing = pods.get(spec.runner());
        if (existing != null) {
            return new Creation(existing.uid, true);
        }
        Pod made = new Pod(spec, "uid-" + ++lastUid, clock.instant());
        pods.put(spec.runner(), made);
        return new Creation(made.uid, false);
    }

    @Override
    public int room(NodeReserve reserve) {
        if (silent) {
            throw new KubernetesUnavailable("list nodes: no answer", 0, null, null);
        }
        return room;
    }

    @Override
    public void handOver(String runner, String podUid, String jitConfig) {
        secrets.add(runner);
    }

    @Override
    public boolean hasSecret(String runner) {
        return secrets.contains(runner);
    }

    @Override
    public Optional<PodState> find(String runner) {
        return Optional.ofNullable(pods.get(runner)).map(VirtualPods::state);
    }

    private static PodState state(Pod pod) {
        return new PodState(
                pod.spec.runner(),
                pod.spec.organization(),
                pod.spec.runnerClass(),
                pod.spec.jobId(),
                pod.spec.repository(),
                pod.uid,
                pod.spec.runnerId(),
                pod.ended ? PodPhase.SUCCEEDED : PodPhase.RUNNING,
                false,
                pod.createdAt,
                null);
    }

    @Override
    public Deletion delete(String runner) {
        pods.remove(runner);
        secrets.remove(runner);
        return Deletion.GONE;
    }

    @Override
    public List<PodState> list() {
        return pods.values().stream().map(VirtualPods::state).toList();
    }

    @Override
    public void close() {}
}
