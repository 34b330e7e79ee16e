package dev.jitney.simulation.kubernetes;

import dev.jitney.kubernetes.Creation;
import dev.jitney.kubernetes.Deletion;
import dev.jitney.kubernetes.KubernetesRefused;
import dev.jitney.kubernetes.KubernetesUnavailable;
import dev.jitney.kubernetes.PodState;
import dev.jitney.kubernetes.RunnerPodSpec;
import dev.jitney.kubernetes.RunnerPods;
import dev.jitney.simulation.engine.Chaos;
import dev.jitney.simulation.engine.Fault;
import dev.jitney.simulation.engine.FunctionProcess;
import dev.jitney.simulation.engine.Nanos;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The cluster as one process reaches it. */
public final class SimulatedRunnerPods implements RunnerPods {
    private static final long SHORTEST = 3 * Nanos.MILLI;
    private static final long LONGEST = 150 * Nanos.MILLI;
    private static final long DEADLINE = 5 * Nanos.SECOND;

    private final FunctionProcess process;
    private final ClusterTwin twin;

    public SimulatedRunnerPods(FunctionProcess process, ClusterTwin twin) {
        this.process = process;
        this.twin = twin;
    }

    @Override
    public Creation create(RunnerPodSpec spec) {
        return created(spec).orElseGet(() -> existing(spec));
    }

    /** Empty when there is one of that name. */
    private Optional<Creation> created(RunnerPodSpec spec) {
        return call(
                "create pod",
                () -> {
                    if (process.chaos().strikes(Fault.POD_QUOTA)) {
                        throw new KubernetesRefused(
                                KubernetesRefused.Reason.QUOTA_EXCEEDED,
                                "create pod: exceeded quota",
                                403,
                                null);
                    }
                    return twin.create(spec);
                });
    }

    /** A look and a patch, as the client that ships makes them: either may fail by itself. */
    private Creation existing(RunnerPodSpec spec) {
        PodState pod = find(spec.runner()).orElseThrow(() -> unavailable("pod is gone again", 409));
        if (pod.deleting()) {
            throw unavailable("pod exists and is being deleted", 409);
        }
        if (pod.runnerId() != spec.runnerId()) {
            boolean there = call("annotate pod", () -> twin.annotate(spec));
            if (!there) {
                throw unavailable("annotate pod: gone", 404);
            }
        }
        return new Creation(pod.uid(), true);
    }

    @Override
    public void handOver(String runner, String podUid, String jitConfig) {
        long registration = Long.parseLong(jitConfig);
        boolean made = call("create secret", () -> twin.supply(runner, podUid, registration));
        if (!made) {
            call(
                    "replace secret",
                    () -> {
                        twin.handOver(runner, podUid, registration);
                        return true;
                    });
        }
    }

    @Override
    public boolean hasSecret(String runner) {
        return call("find secret", () -> twin.hasSecret(runner));
    }

    @Override
    public Optional<PodState> find(String runner) {
        return call("find pod", () -> Optional.ofNullable(twin.pod(runner)).map(PodTwin::seen));
    }

    @Override
    public Deletion delete(String runner) {
        call(
                "delete pod",
                () -> {
                    twin.delete(runner);
                    return true;
                });
        return find(runner).isEmpty() ? Deletion.GONE : Deletion.TERMINATING;
    }

    @Override
    public Deletion kill(String runner, String uid) {
        call(
                "kill pod",
                () -> {
                    twin.kill(runner, uid);
                    return true;
                });
        return find(runner).isEmpty() ? Deletion.GONE : Deletion.TERMINATING;
    }

    @Override
    public Deletion strikeOut(String runner, String uid) {
        call(
                "strike out pod",
                () -> {
                    twin.strikeOut(runner, uid);
                    return true;
                });
        return find(runner).isEmpty() ? Deletion.GONE : Deletion.TERMINATING;
    }

    @Override
    public List<PodState> list() {
        return call("list pods", twin::list);
    }

    @Override
    public void close() {}

    private <T> T call(String what, Supplier<T> effect) {
        process.travel(SHORTEST, LONGEST);
        Chaos chaos = process.chaos();
        if (chaos.strikes(Fault.POD_CONFLICT)) {
            int status = chaos.dice(Fault.POD_CONFLICT).below(2) == 0 ? 409 : 500;
            throw unavailable(what, status);
        }
        if (chaos.strikes(Fault.POD_TIMEOUT)) {
            var _ = effect.get();
            process.sleep(DEADLINE);
            throw unavailable(what + ": no answer", 0);
        }
        return effect.get();
    }

    private static KubernetesUnavailable unavailable(String what, int status) {
        return new KubernetesUnavailable(what + ": " + status, status, null, null);
    }
}
