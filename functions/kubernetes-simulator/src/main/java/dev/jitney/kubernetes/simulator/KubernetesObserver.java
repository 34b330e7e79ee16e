package dev.jitney.kubernetes.simulator;

import java.time.Instant;

/**
 * Is told what happens to runner pods, so that limits can be checked from outside. For each pod:
 * {@link #podCreated} once, {@link #podTerminal} at most once, {@link #podGone} once, in this
 * order. Called on the simulator's event loop: answer at once, do not throw.
 */
public interface KubernetesObserver {
    /** An observer that looks away. */
    KubernetesObserver NONE = new KubernetesObserver() {};

    /**
     * A pod exists from now on.
     *
     * @param organization label {@code jitney.dev/organization}; empty if absent
     * @param runner name of the pod
     * @param job label {@code jitney.dev/job}; empty if absent
     */
    default void podCreated(String organization, String runner, String job, Instant at) {}

    /** A pod has succeeded or failed; its object still exists. */
    default void podTerminal(String organization, String runner) {}

    /** A pod's object was removed, terminal or not. */
    default void podGone(String organization, String runner) {}

    /**
     * A call was refused, by the rules or by an injected fault.
     *
     * @param resource for example {@code pods}
     * @param name of the object, as far as it is known
     * @param reason in the words of Kubernetes, for example {@code AlreadyExists}
     */
    default void refused(String resource, String name, String reason) {}
}
