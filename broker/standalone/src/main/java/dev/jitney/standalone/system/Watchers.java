package dev.jitney.standalone.system;

import dev.jitney.ghes.simulator.GhesObserver;
import dev.jitney.kubernetes.simulator.KubernetesObserver;
import java.time.Instant;

/** Passes on what the simulators tell to whoever watches at the moment. */
final class Watchers implements GhesObserver, KubernetesObserver {
    private volatile GhesObserver ghes = GhesObserver.NONE;
    private volatile KubernetesObserver kubernetes = KubernetesObserver.NONE;

    void set(GhesObserver newGhes, KubernetesObserver newKubernetes) {
        ghes = newGhes;
        kubernetes = newKubernetes;
    }

    @Override
    public void jobQueued(long jobId, String organization) {
        ghes.jobQueued(jobId, organization);
    }

    @Override
    public void webhookAccepted(long jobId, String action, Instant at) {
        ghes.webhookAccepted(jobId, action, at);
    }

    @Override
    public void jobStarted(long jobId, String runner) {
        ghes.jobStarted(jobId, runner);
    }

    @Override
    public void jobCompleted(long jobId, String conclusion) {
        ghes.jobCompleted(jobId, conclusion);
    }

    @Override
    public void runnerRegistered(String organization, String name) {
        ghes.runnerRegistered(organization, name);
    }

    @Override
    public void runnerRemoved(String organization, String name) {
        ghes.runnerRemoved(organization, name);
    }

    @Override
    public void jitRequested(String organization, String name) {
        ghes.jitRequested(organization, name);
    }

    @Override
    public void podCreated(String organization, String runner, String job, Instant at) {
        kubernetes.podCreated(organization, runner, job, at);
    }

    @Override
    public void podTerminal(String organization, String runner) {
        kubernetes.podTerminal(organization, runner);
    }

    @Override
    public void podGone(String organization, String runner) {
        kubernetes.podGone(organization, runner);
    }

    @Override
    public void refused(String resource, String name, String reason) {
        kubernetes.refused(resource, name, reason);
    }
}
