package dev.jitney.kubernetes;

import dev.jitney.core.reconcile.NodeSeen;
import java.util.List;
import java.util.Optional;

/**
 * The runner pods of one cluster. Every call may be repeated, also after a failure with unknown
 * outcome. None is retried here: the broker redelivers the event.
 *
 * <p>All calls throw {@link KubernetesUnavailable} (try again) and {@link KubernetesRefused} (do
 * not, or only later). May be used by several threads.
 */
public interface RunnerPods extends AutoCloseable {

    /**
     * Creates the pod of a runner. It starts, but its runner waits for {@link #handOver}. If a pod
     * of that name exists already, it is left as it is, except that its annotation follows {@link
     * RunnerPodSpec#runnerId()}. A pod of that name that is still being deleted counts as {@link
     * KubernetesUnavailable}: a later attempt creates a new one.
     */
    Creation create(RunnerPodSpec spec);

    /**
     * Gives the pod its just-in-time configuration as a Secret that the pod owns. A second call
     * replaces the configuration; a runner that has started does not notice.
     *
     * @param podUid from {@link Creation#uid()}; with the uid of a pod that is gone, Kubernetes
     *     collects the Secret
     * @param jitConfig a credential, never logged and in no exception
     */
    void handOver(String runner, String podUid, String jitConfig);

    /** Whether the Secret of a runner exists, whatever pod it belongs to. */
    boolean hasSecret(String runner);

    /** The pod of a runner, also if it has ended or is being deleted. */
    Optional<PodState> find(String runner);

    /**
     * Deletes the pod of a runner, with the grace period of its template, and so its Secret. A pod
     * that is already gone is no failure.
     */
    Deletion delete(String runner);

    /**
     * Kills the pod of a runner: its node is asked to stop it at once, without the grace period. It
     * keeps its place until the node says that it has stopped.
     *
     * @param uid of the pod that is meant; a later one of the same name is left alone
     */
    default Deletion kill(String runner, String uid) {
        return delete(runner);
    }

    /**
     * Strikes a pod out without asking its node. Only for a node that is {@link NodeSeen#GONE}: on
     * any other its containers might go on.
     *
     * @param uid of the pod that is meant; a later one of the same name is left alone
     */
    default Deletion strikeOut(String runner, String uid) {
        return delete(runner);
    }

    /**
     * All runner pods in the order of their names, also ended ones and ones being deleted. Of a pod
     * that looks as if its node were lost it also says whether the node is gone, where nodes may be
     * read.
     */
    List<PodState> list();

    /**
     * How many runners the nodes can hold: of each ready node as many as fit of the first class
     * that may run there. Needs the right to list nodes.
     */
    default int room(NodeReserve reserve) {
        throw new UnsupportedOperationException("there are no nodes");
    }

    @Override
    void close();
}
