package dev.jitney.kubernetes;

/** The answer to a deletion. */
public enum Deletion {
    /** No pod of that name is left: its place may be given to another. */
    GONE,
    /** The pod is asked to stop and still holds its place until its kubelet is done. */
    TERMINATING
}
