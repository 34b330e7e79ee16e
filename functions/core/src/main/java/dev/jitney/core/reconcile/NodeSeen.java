package dev.jitney.core.reconcile;

/** What is known of the node a pod is on. */
public enum NodeSeen {
    /** Nobody looked, or nobody may look. */
    UNKNOWN,
    /** Kubernetes has it; it need not be well. */
    PRESENT,
    /** Kubernetes has it no more: nothing runs there. */
    GONE
}
