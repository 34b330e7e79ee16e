package dev.jitney.core;

/** Why a job in the backlog has no runner yet. */
public enum Held {
    /** Nothing holds it: its turn has not come up yet, or it was never looked at. */
    NONE,
    /** Its organization has as many runners as it may have. */
    ORG_LIMIT,
    /** Its runner class has as many runners as it may have. */
    CLASS_LIMIT,
    /** The cluster has as many runners as it may have. */
    CLUSTER_FULL,
    /** The store lost what it held; nothing is granted until it is known again what runs. */
    REBUILDING,
    /** Operators have frozen its organization or its runner class. */
    FROZEN,
    /** Operators let nothing new start, for maintenance. */
    DRAINING,
    /** Operators have taken its organization off the list of those that get runners. */
    DENIED,
    /** GitHub refused or could not make a runner; tried again later. */
    GHES_ERROR,
    /** Kubernetes refused or could not make the pod; tried again later. */
    KUBERNETES_ERROR
}
