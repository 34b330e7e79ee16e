package dev.jitney.standalone.doctor;

import java.util.List;

/** A look at one topic. Changes nothing. */
public interface Check {
    /** What it is about, in one or two words. */
    String topic();

    /**
     * Looks.
     *
     * @return what was found, the good too; never empty
     * @throws dev.jitney.ghes.GhesException if there was no looking at it, which is a finding of
     *     its own
     * @throws dev.jitney.kubernetes.KubernetesFailure likewise, of a cluster
     */
    List<Finding> look();
}
