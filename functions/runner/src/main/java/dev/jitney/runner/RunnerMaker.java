package dev.jitney.runner;

import dev.jitney.cloudevents.TryAgain;
import dev.jitney.core.Held;
import dev.jitney.core.Organization;
import dev.jitney.core.RunnerClass;
import dev.jitney.core.ledger.Lease;
import dev.jitney.ghes.Ghes;
import dev.jitney.ghes.GhesRefused;
import dev.jitney.ghes.GhesUnavailable;
import dev.jitney.ghes.JitRequest;
import dev.jitney.ghes.JitRunner;
import dev.jitney.ghes.Removal;
import dev.jitney.ghes.RunnerNameTaken;
import dev.jitney.kubernetes.Creation;
import dev.jitney.kubernetes.Deletion;
import dev.jitney.kubernetes.KubernetesRefused;
import dev.jitney.kubernetes.RunnerPodSpec;
import dev.jitney.kubernetes.RunnerPods;
import java.util.Optional;

/**
 * Makes the runner of a lease: JIT configuration, pod, Secret.
 *
 * <p>May be repeated after any failure. A JIT configuration cannot be read twice, so a name that is
 * taken means an earlier attempt: its runner is kept if its pod has the Secret, else it is removed
 * and made again. The pod comes before the Secret so that Kubernetes collects the Secret with the
 * pod; the kubelet waits for it, and the images load meanwhile.
 */
public final class RunnerMaker {
    private static final int HTTP_NOT_FOUND = 404;

    private final Ghes ghes;
    private final RunnerPods pods;

    public RunnerMaker(Ghes ghes, RunnerPods pods) {
        this.ghes = ghes;
        this.pods = pods;
    }

    /**
     * Makes the runner, or finds it made. Transient failures of GitHub and Kubernetes pass through
     * as they are; the broker delivers again.
     *
     * @param runnerClass says with which labels and in which group the runner is registered
     * @param mayGoOn asked before each thing that is made; throws when there is no time left
     * @throws TryAgain when it is refused and what an earlier attempt made is not gone yet
     */
    public Making make(
            Organization organization, Lease lease, RunnerClass runnerClass, Runnable mayGoOn) {
        try {
            Optional<JitRunner> jit = register(organization.login(), lease, runnerClass, mayGoOn);
            return jit.isPresent()
                    ? start(organization, lease, jit.get(), mayGoOn)
                    : new Making.Made();
        } catch (GhesRefused e) {
            takeBack(organization.login(), lease.runner().value());
            return new Making.Refused(Held.GHES_ERROR, String.valueOf(e.getMessage()));
        }
    }

    /** A new registration; empty when an earlier attempt made the whole runner. */
    private Optional<JitRunner> register(
            String organization, Lease lease, RunnerClass runnerClass, Runnable mayGoOn) {
        String runner = lease.runner().value();
        JitRequest request =
                JitRequest.of(runner, group(organization, runnerClass), runnerClass.labels());
        mayGoOn.run();
        try {
            return Optional.of(ghes.generateJitConfig(organization, request));
        } catch (RunnerNameTaken e) {
            if (pods.find(runner).isPresent() && pods.hasSecret(runner)) {
                return Optional.empty();
            }
            removeRegistration(organization, runner);
            mayGoOn.run();
            return Optional.of(generateAgain(organization, request));
        }
    }

    /** A group that is missing is refused: another one would let other repositories in. */
    private long group(String organization, RunnerClass runnerClass) {
        return runnerClass.group().isEmpty()
                ? ghes.defaultRunnerGroup(organization)
                : ghes.runnerGroupNamed(organization, runnerClass.group());
    }

    private JitRunner generateAgain(String organization, JitRequest request) {
        try {
            return ghes.generateJitConfig(organization, request);
        } catch (RunnerNameTaken e) {
            throw new GhesUnavailable("the name is taken again: " + request.name(), e);
        }
    }

    private void removeRegistration(String organization, String runner) {
        ghes.runnerNamed(organization, runner)
                .map(registered -> ghes.removeRunner(organization, registered.id()))
                .filter(removal -> removal == Removal.BUSY)
                .ifPresent(
                        _ -> {
                            throw new GhesUnavailable(
                                    "runner " + runner + " is busy though its pod is not there",
                                    Optional.empty());
                        });
    }

    /**
     * What an earlier attempt made must not outlive the lease that the refusal ends: a registration
     * whose answer was lost, or a pod.
     */
    private void takeBack(String organization, String runner) {
        try {
            removeRegistration(organization, runner);
        } catch (GhesRefused e) {
            // Without a pod it can never take a job: the sweep removes it when GitHub lets us.
            if (e.status() != HTTP_NOT_FOUND && pods.find(runner).isPresent()) {
                throw new TryAgain("GitHub does not say whether runner " + runner + " is idle", e);
            }
        }
        delete(runner);
    }

    /** The place is free when the pod has ended, not when it was asked to. */
    private void delete(String runner) {
        if (pods.delete(runner) != Deletion.GONE) {
            throw new TryAgain("pod " + runner + " is still ending");
        }
    }

    private Making start(Organization organization, Lease lease, JitRunner jit, Runnable mayGoOn) {
        String runner = lease.runner().value();
        mayGoOn.run();
        try {
            Creation pod = pods.create(spec(organization, lease, jit));
            if (pod.existed() && pods.hasSecret(runner)) {
                // The pod runs, or ran, on an earlier registration; this one would be a ghost.
                ghes.removeRunner(organization.login(), jit.runnerId());
                return new Making.Made();
            }
            mayGoOn.run();
            pods.handOver(runner, pod.uid(), jit.encodedJitConfig());
            return new Making.Made();
        } catch (KubernetesRefused e) {
            ghes.removeRunner(organization.login(), jit.runnerId());
            delete(runner);
            return new Making.Refused(Held.KUBERNETES_ERROR, String.valueOf(e.getMessage()));
        }
    }

    private static RunnerPodSpec spec(Organization organization, Lease lease, JitRunner jit) {
        return new RunnerPodSpec(
                lease.runner().value(),
                organization.login(),
                lease.runnerClass().value(),
                lease.job().id().value(),
                lease.job().repository(),
                jit.runnerId(),
                Optional.of(lease.job().createdAt()));
    }
}
