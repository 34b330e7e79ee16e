package dev.jitney.runner;

import dev.jitney.ghes.Ghes;
import dev.jitney.ghes.GhesRefused;
import dev.jitney.ghes.GhesUnavailable;
import dev.jitney.ghes.JitRequest;
import dev.jitney.ghes.JitRunner;
import dev.jitney.ghes.Removal;
import dev.jitney.ghes.Repository;
import dev.jitney.ghes.RunStatus;
import dev.jitney.ghes.Runner;
import dev.jitney.ghes.RunnerNameTaken;
import dev.jitney.ghes.WorkflowJob;
import dev.jitney.ghes.WorkflowRun;
import dev.jitney.kubernetes.Creation;
import dev.jitney.kubernetes.Deletion;
import dev.jitney.kubernetes.KubernetesRefused;
import dev.jitney.kubernetes.PodPhase;
import dev.jitney.kubernetes.PodState;
import dev.jitney.kubernetes.RunnerPodSpec;
import dev.jitney.kubernetes.RunnerPods;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * GitHub and Kubernetes as far as a runner needs them; any call may fail before or after its
 * effect.
 */
final class Outside implements Ghes, RunnerPods {
    final Map<String, Runner> registrations = new TreeMap<>();
    final Map<String, PodState> pods = new TreeMap<>();
    final Map<String, String> secrets = new HashMap<>();
    final Set<Long> busy = new TreeSet<>();
    boolean knowsOrganization = true;
    boolean refusesRunners;
    boolean refusesPods;
    int terminatingFor;
    int calls;
    int failsAtCall = Integer.MAX_VALUE;
    boolean failsAfterEffect;
    private long lastId;
    long group;

    long registrationId() {
        return registrations.values().iterator().next().id();
    }

    private void before() {
        calls++;
        if (calls == failsAtCall && !failsAfterEffect) {
            throw new GhesUnavailable("injected before", Optional.empty());
        }
    }

    private void after() {
        if (calls == failsAtCall && failsAfterEffect) {
            throw new GhesUnavailable("injected after", Optional.empty());
        }
    }

    @Override
    public JitRunner generateJitConfig(String organization, JitRequest request) {
        before();
        if (!knowsOrganization) {
            throw new GhesRefused("organization not found", 404);
        }
        if (refusesRunners) {
            throw new GhesRefused("forbidden", 403);
        }
        if (registrations.containsKey(request.name())) {
            throw new RunnerNameTaken(request.name());
        }
        Runner runner = new Runner(++lastId, request.name(), false, false, request.labels());
        registrations.put(request.name(), runner);
        group = request.runnerGroupId();
        after();
        return new JitRunner(runner.id(), runner.name(), "jit-" + runner.id());
    }

    @Override
    public Optional<Runner> runner(String organization, long runnerId) {
        return registrations.values().stream().filter(each -> each.id() == runnerId).findFirst();
    }

    @Override
    public Optional<Runner> runnerNamed(String organization, String name) {
        before();
        return Optional.ofNullable(registrations.get(name));
    }

    @Override
    public List<Runner> runners(String organization) {
        return List.copyOf(registrations.values());
    }

    @Override
    public Removal removeRunner(String organization, long runnerId) {
        before();
        if (busy.contains(runnerId)) {
            return Removal.BUSY;
        }
        boolean removed = registrations.values().removeIf(each -> each.id() == runnerId);
        after();
        return removed ? Removal.REMOVED : Removal.GONE;
    }

    @Override
    public long defaultRunnerGroup(String organization) {
        before();
        return 1;
    }

    @Override
    public long runnerGroupNamed(String organization, String name) {
        before();
        if (!name.equals("gpu-runners")) {
            throw new GhesRefused("no runner group '" + name + "'", 404);
        }
        return 2;
    }

    @Override
    public Creation create(RunnerPodSpec spec) {
        before();
        if (refusesPods) {
            throw new KubernetesRefused(
                    KubernetesRefused.Reason.QUOTA_EXCEEDED, "exceeded quota", 403, null);
        }
        PodState existing = pods.get(spec.runner());
        if (existing != null) {
            before(); // Another call notes the registration at the pod that is there.
        }
        PodState pod = pod(spec, existing == null ? "uid-" + ++lastId : existing.uid());
        pods.put(spec.runner(), pod);
        after();
        return new Creation(pod.uid(), existing != null);
    }

    private static PodState pod(RunnerPodSpec spec, String uid) {
        return new PodState(
                spec.runner(),
                spec.organization(),
                spec.runnerClass(),
                spec.jobId(),
                spec.repository(),
                uid,
                spec.runnerId(),
                PodPhase.PENDING,
                false,
                Instant.EPOCH,
                null);
    }

    @Override
    public void handOver(String runner, String podUid, String jitConfig) {
        before();
        secrets.put(runner, jitConfig);
        after();
    }

    @Override
    public boolean hasSecret(String runner) {
        before();
        return secrets.containsKey(runner);
    }

    @Override
    public Optional<PodState> find(String runner) {
        before();
        if (terminatingFor > 0 && --terminatingFor == 0) {
            gone(runner);
        }
        return Optional.ofNullable(pods.get(runner));
    }

    @Override
    public Deletion delete(String runner) {
        before();
        if (pods.containsKey(runner) && terminatingFor > 0) {
            return Deletion.TERMINATING;
        }
        gone(runner);
        after();
        return Deletion.GONE;
    }

    private void gone(String runner) {
        pods.remove(runner);
        secrets.remove(runner);
    }

    @Override
    public List<PodState> list() {
        return List.copyOf(pods.values());
    }

    @Override
    public Optional<WorkflowJob> job(String repository, long jobId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean shows(String repository) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<WorkflowRun> runs(String repository, RunStatus status, int page) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<WorkflowJob> jobs(String repository, long runId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Repository> repositories(String organization) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> organizations() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String installedVersion() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
