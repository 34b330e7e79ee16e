package dev.jitney.simulation.kubernetes;

/** Is told when a pod begins and ends to count as a runner. */
public interface PodWatch {
    /**
     * A pod that has not ended is there now, or is not any more.
     *
     * @param there false once it has ended or is deleted
     */
    void pod(String organization, String name, boolean there);

    /** A function has a pod deleted, or killed, whose runner works on a job. */
    void deletedAtWork(String organization, String name);
}
