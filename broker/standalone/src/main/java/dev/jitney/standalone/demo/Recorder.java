package dev.jitney.standalone.demo;

import dev.jitney.ghes.simulator.GhesObserver;
import dev.jitney.kubernetes.simulator.KubernetesObserver;
import java.time.Instant;
import java.util.function.Function;

/** Keeps an {@link Observation} while the two simulators tell what happens, each on its thread. */
final class Recorder implements GhesObserver, KubernetesObserver {
    private final Observation observation;

    Recorder(Observation observation) {
        this.observation = observation;
    }

    /** Looks at the observation while nothing changes it. */
    synchronized <T> T look(Function<Observation, T> at) {
        return at.apply(observation);
    }

    @Override
    public synchronized void jobQueued(long jobId, String organization) {
        observation.jobQueued(jobId, organization, Instant.now());
    }

    @Override
    public synchronized void webhookAccepted(long jobId, String action, Instant at) {
        observation.webhookAccepted(jobId, action, at);
    }

    @Override
    public synchronized void jobStarted(long jobId, String runner) {
        observation.jobStarted(jobId, runner, Instant.now());
    }

    @Override
    public synchronized void jobCompleted(long jobId, String conclusion) {
        observation.jobCompleted(jobId, conclusion, Instant.now());
    }

    @Override
    public synchronized void runnerRegistered(String organization, String name) {
        observation.runnerRegistered(organization, name, Instant.now());
    }

    @Override
    public synchronized void runnerRemoved(String organization, String name) {
        observation.runnerRemoved(organization, name, Instant.now());
    }

    @Override
    public synchronized void jitRequested(String organization, String name) {
        observation.jitRequested(organization, name, Instant.now());
    }

    @Override
    public synchronized void podCreated(
            String organization, String runner, String job, Instant at) {
        observation.podCreated(organization, runner, at);
    }

    @Override
    public synchronized void podTerminal(String organization, String runner) {
        observation.podEnded(organization, runner, Instant.now());
    }

    @Override
    public synchronized void podGone(String organization, String runner) {
        observation.podEnded(organization, runner, Instant.now());
    }
}
