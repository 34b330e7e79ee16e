package dev.jitney.simulation.ghes;

/** The program in the pod: it is told to end by the server. */
@FunctionalInterface
public interface RunnerProcess {
    /** It has done its job, or the server does not know it any more. */
    void exit();
}
