package dev.jitney.simulation.kubernetes;

import dev.jitney.core.reconcile.NodeSeen;
import dev.jitney.core.reconcile.PodStage;
import dev.jitney.kubernetes.Creation;
import dev.jitney.kubernetes.PodPhase;
import dev.jitney.kubernetes.PodState;
import dev.jitney.kubernetes.RunnerPodSpec;
import dev.jitney.kubernetes.Trouble;
import dev.jitney.simulation.engine.Chaos;
import dev.jitney.simulation.engine.Dice;
import dev.jitney.simulation.engine.Fault;
import dev.jitney.simulation.engine.Nanos;
import dev.jitney.simulation.engine.Timeline;
import dev.jitney.simulation.ghes.GhesTwin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The cluster: schedules, starts and ends pods, and runs the program in them. */
public final class ClusterTwin {
    private static final long GRACE = 2 * Nanos.MINUTE;
    private static final int NODES = 12;
    private static final List<PodStage> STUCK =
            List.of(PodStage.STARTING, PodStage.INIT_FAILED, PodStage.DOCKER_NOT_READY);

    private final Timeline timeline;
    private final Chaos chaos;
    private final Dice dice;
    private final GhesTwin ghes;
    private final PodWatch watch;
    private final Map<String, PodTwin> pods = new TreeMap<>();
    private final Map<String, Secret> secrets = new TreeMap<>();
    private long uids;

    private record Secret(String ownerUid, long registration) {}

    public ClusterTwin(Timeline timeline, Chaos chaos, Dice dice, GhesTwin ghes, PodWatch watch) {
        this.timeline = timeline;
        this.chaos = chaos;
        this.dice = dice;
        this.ghes = ghes;
        this.watch = watch;
        chaos.hourly(Fault.NODE_LOST, this::loseNode);
    }

    @Nullable PodTwin pod(String name) {
        return pods.get(name);
    }

    /** All pods, by name. */
    List<PodState> list() {
        return pods.values().stream().map(PodTwin::seen).toList();
    }

    boolean hasSecret(String name) {
        return secrets.containsKey(name);
    }

    /** Pods and Secrets that are left. */
    public int left() {
        return pods.size() + secrets.size();
    }

    /** The names of what is left, for people. */
    public String leftNames() {
        return "pods " + pods.keySet() + " secrets " + secrets.keySet();
    }

    /** Empty when there is a pod of that name. */
    Optional<Creation> create(RunnerPodSpec spec) {
        if (pods.containsKey(spec.runner())) {
            return Optional.empty();
        }
        PodTwin pod = new PodTwin(spec, "uid-" + ++uids, dice.below(NODES), timeline.now());
        pods.put(spec.runner(), pod);
        watch.pod(spec.organization(), spec.runner(), true);
        schedule(pod);
        return Optional.of(new Creation(pod.uid, false));
    }

    /** Writes down which registration a pod is for; false when there is no such pod. */
    boolean annotate(RunnerPodSpec spec) {
        PodTwin pod = pods.get(spec.runner());
        if (pod == null) {
            return false;
        }
        pod.runnerId = spec.runnerId();
        return true;
    }

    private void schedule(PodTwin pod) {
        if (chaos.strikes(Fault.POD_UNSCHEDULABLE)) {
            pod.trouble = new Trouble("Unschedulable", "simulated");
            pod.reached(PodStage.UNSCHEDULABLE, timeline.now());
        } else if (chaos.strikes(Fault.POD_IMAGE)) {
            pod.trouble = new Trouble("ImagePullBackOff", "simulated");
            pod.reached(PodStage.IMAGE_ERROR, timeline.now());
        } else if (chaos.strikes(Fault.POD_STUCK)) {
            pod.reached(STUCK.get(chaos.dice(Fault.POD_STUCK).below(STUCK.size())), timeline.now());
        } else {
            timeline.after(
                    dice.between(Nanos.SECOND, 6 * Nanos.SECOND),
                    () -> {
                        pod.scheduled = true;
                        start(pod);
                    });
        }
        if (chaos.strikes(Fault.POD_DELETED)) {
            timeline.after(
                    chaos.dice(Fault.POD_DELETED).between(0, 10 * Nanos.MINUTE), () -> delete(pod));
        }
    }

    /** Makes the Secret; false when there is one. */
    boolean supply(String runner, String podUid, long registration) {
        if (hasSecret(runner)) {
            return false;
        }
        handOver(runner, podUid, registration);
        return true;
    }

    void handOver(String runner, String podUid, long registration) {
        secrets.put(runner, new Secret(podUid, registration));
        PodTwin pod = pods.get(runner);
        if (pod != null && pod.uid.equals(podUid)) {
            timeline.after(dice.between(0, 2 * Nanos.SECOND), () -> start(pod));
        } else {
            timeline.after(5 * Nanos.SECOND, () -> collect(runner, podUid));
        }
    }

    private void start(PodTwin pod) {
        Secret secret = secrets.get(pod.spec.runner());
        boolean ready = pod.scheduled && pod.phase == PodPhase.PENDING && secret != null;
        if (!ready || pod.gone || pod.lost || pod.deleting || secret == null) {
            return;
        }
        pod.phase = PodPhase.RUNNING;
        pod.reached(PodStage.RUNNING, timeline.now());
        if (!chaos.strikes(Fault.RUNNER_NEVER_ONLINE)) {
            timeline.after(
                    dice.between(2 * Nanos.SECOND, 8 * Nanos.SECOND),
                    () -> connect(pod, secret.registration()));
        }
        if (chaos.strikes(Fault.POD_EVICTED)) {
            timeline.after(
                    chaos.dice(Fault.POD_EVICTED).between(0, 5 * Nanos.MINUTE), () -> evict(pod));
        }
    }

    private void connect(PodTwin pod, long registration) {
        if (pod.gone || pod.lost || pod.phase != PodPhase.RUNNING) {
            return;
        }
        pod.connectedAs = registration;
        if (!ghes.connect(registration, () -> exit(pod))) {
            exit(pod);
        }
    }

    /** The program ends by itself; soon after, so does the pod. */
    private void exit(PodTwin pod) {
        pod.connectedAs = 0;
        timeline.after(
                dice.between(Nanos.SECOND / 2, 3 * Nanos.SECOND),
                () -> ended(pod, PodPhase.SUCCEEDED));
    }

    private void evict(PodTwin pod) {
        if (pod.isLive() && !pod.lost) {
            pod.trouble = new Trouble("Evicted", "simulated");
            stop(pod);
            ended(pod, PodPhase.FAILED);
        }
    }

    private void ended(PodTwin pod, PodPhase phase) {
        if (!pod.isLive()) {
            return;
        }
        pod.phase = phase;
        pod.reached(PodStage.ENDED, timeline.now());
        watch.pod(pod.spec.organization(), pod.spec.runner(), false);
        if (pod.deleting) {
            remove(pod);
        }
    }

    /** The program is killed: nobody tells the server. */
    private void stop(PodTwin pod) {
        if (pod.connectedAs != 0) {
            ghes.disconnect(pod.connectedAs);
            pod.connectedAs = 0;
        }
    }

    void delete(String name) {
        PodTwin pod = pods.get(name);
        if (pod != null) {
            checkIdle(pod);
            delete(pod);
        }
    }

    private void checkIdle(PodTwin pod) {
        if (isBusy(pod)) {
            watch.deletedAtWork(pod.spec.organization(), pod.spec.runner());
        }
    }

    private boolean isBusy(PodTwin pod) {
        return pod.connectedAs != 0 && ghes.isBusy(pod.connectedAs);
    }

    private void delete(PodTwin pod) {
        if (pod.gone || pod.deleting) {
            return;
        }
        pod.deleting = true;
        if (pod.lost) {
            pod.deletionDue = timeline.now() + GRACE;
            return;
        }
        if (pod.phase != PodPhase.RUNNING) {
            remove(pod);
            return;
        }
        long grace = isBusy(pod) ? GRACE : dice.between(Nanos.SECOND, 8 * Nanos.SECOND);
        pod.deletionDue = timeline.now() + GRACE;
        timeline.after(grace, () -> kill(pod));
    }

    /** Its program is stopped at once, and it is gone. */
    private void kill(PodTwin pod) {
        if (!pod.gone) {
            stop(pod);
            remove(pod);
        }
    }

    /** Without the grace period; a pod of another uid is left alone. */
    void kill(String name, String uid) {
        PodTwin pod = pods.get(name);
        if (pod != null && pod.uid.equals(uid)) {
            checkIdle(pod);
            if (pod.lost) {
                delete(pod); // Its node would have to do it.
            } else {
                pod.deleting = true;
                kill(pod);
            }
        }
    }

    /** Takes the object away without asking its node. */
    void strikeOut(String name, String uid) {
        PodTwin pod = pods.get(name);
        if (pod != null && pod.uid.equals(uid)) {
            checkIdle(pod);
            kill(pod);
        }
    }

    private void remove(PodTwin pod) {
        boolean lived = pod.isLive();
        pod.gone = true;
        pods.remove(pod.spec.runner(), pod);
        if (lived) {
            watch.pod(pod.spec.organization(), pod.spec.runner(), false);
        }
        timeline.after(
                dice.between(0, 2 * Nanos.SECOND), () -> collect(pod.spec.runner(), pod.uid));
    }

    /** The Secret goes with the pod that owns it. */
    private void collect(String name, String ownerUid) {
        Secret secret = secrets.get(name);
        if (secret != null && secret.ownerUid().equals(ownerUid)) {
            secrets.remove(name);
        }
    }

    /** Kubernetes collects its pods soon, or late, or has them until it comes back. */
    private void loseNode() {
        Dice which = chaos.dice(Fault.NODE_LOST);
        int node = which.below(NODES);
        switch (which.below(3)) {
            case 0 -> loseNode(node, NodeSeen.UNKNOWN, 40 * Nanos.SECOND, 5 * Nanos.MINUTE);
            case 1 -> loseNode(node, NodeSeen.GONE, 15 * Nanos.MINUTE, 30 * Nanos.MINUTE);
            default -> loseNode(node, NodeSeen.PRESENT, 10 * Nanos.MINUTE, 45 * Nanos.MINUTE);
        }
    }

    private void loseNode(int node, NodeSeen seen, long shortest, long longest) {
        for (PodTwin pod : List.copyOf(pods.values())) {
            if (pod.node == node && pod.scheduled && !pod.lost) {
                stop(pod);
                pod.lost = true;
                pod.nodeSeen = seen;
                pod.reached(PodStage.NODE_LOST, timeline.now());
                timeline.after(
                        chaos.dice(Fault.NODE_LOST).between(shortest, longest),
                        () -> {
                            if (!pod.gone) {
                                remove(pod);
                            }
                        });
            }
        }
    }
}
