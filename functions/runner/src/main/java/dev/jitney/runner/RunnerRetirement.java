package dev.jitney.runner;

import dev.jitney.core.Organization;
import dev.jitney.core.RunnerName;
import dev.jitney.ghes.Ghes;
import dev.jitney.ghes.GhesRefused;
import dev.jitney.ghes.Removal;
import dev.jitney.kubernetes.Deletion;
import dev.jitney.kubernetes.PodState;
import dev.jitney.kubernetes.RunnerPods;
import java.time.Duration;
import java.util.Optional;

/**
 * Takes a runner back. Its registration goes first: GitHub's answer to the removal is the only
 * check whether it is idle that cannot be overtaken by a job. Every method may be repeated.
 */
public final class RunnerRetirement {
    private static final int HTTP_NOT_FOUND = 404;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

    private final Ghes ghes;
    private final RunnerPods pods;
    private final Pause pause;
    private final Duration patience;

    /**
     * @param patience how long to wait for a pod to end before answering {@link
     *     Retirement#STILL_ENDING}
     */
    public RunnerRetirement(Ghes ghes, RunnerPods pods, Pause pause, Duration patience) {
        this.ghes = ghes;
        this.pods = pods;
        this.pause = pause;
        this.patience = patience;
    }

    /** Whether a pod of this name is there, whatever its state. */
    public boolean exists(RunnerName runner) {
        return pods.find(runner.value()).isPresent();
    }

    /** Takes back a runner that ran its job: GitHub has removed the registration by itself. */
    public Retirement end(RunnerName runner) {
        if (pods.delete(runner.value()) == Deletion.GONE) {
            return Retirement.GONE;
        }
        Duration waited = Duration.ZERO;
        Duration next = SHORTEST_PAUSE;
        while (waited.compareTo(patience) < 0) {
            pause.sleep(next);
            waited = waited.plus(next);
            next = next.multipliedBy(2);
            next = next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
            Optional<PodState> pod = pods.find(runner.value());
            if (pod.isEmpty() || pod.get().terminal()) {
                return Retirement.GONE;
            }
        }
        return Retirement.STILL_ENDING;
    }

    /** Takes back a runner that may be idle or may have taken a job. */
    public Retirement retire(Organization organization, RunnerName runner) {
        Optional<PodState> pod = pods.find(runner.value());
        Removal removal = removeRegistration(organization, runner, pod);
        if (removal != Removal.BUSY) {
            return end(runner);
        }
        boolean runs = pod.isPresent() && !pod.get().terminal();
        // Without its pod GitHub gives the job up by itself, after about ten minutes.
        return runs ? Retirement.BUSY : Retirement.STILL_ENDING;
    }

    /**
     * Removes a pod whose deletion is overdue, or whose node is gone. The registration goes first
     * if GitHub lets it go; a pod that is being deleted cannot be kept in any case.
     *
     * @param uid of the pod that is meant; a later one of the same name is left alone, and so is
     *     its registration
     * @param force strike it out without asking its node, which must be gone or silent for long
     * @param mayRun its node may still run it: it stays as long as GitHub does not let it go
     */
    public Retirement remove(
            Organization organization,
            RunnerName runner,
            String uid,
            boolean force,
            boolean mayRun) {
        Optional<PodState> pod = pods.find(runner.value());
        if (pod.filter(each -> !each.uid().equals(uid)).isPresent()) {
            return Retirement.GONE;
        }
        Removal removal = removeRegistration(organization, runner, pod);
        if (mayRun && removal == Removal.BUSY) {
            return Retirement.BUSY;
        }
        if (pod.isEmpty()) {
            return Retirement.GONE;
        }
        Deletion deletion =
                force ? pods.strikeOut(runner.value(), uid) : pods.kill(runner.value(), uid);
        return deletion == Deletion.GONE ? Retirement.GONE : Retirement.STILL_ENDING;
    }

    private Removal removeRegistration(
            Organization organization, RunnerName runner, Optional<PodState> pod) {
        try {
            long noted = pod.map(PodState::runnerId).orElse(0L);
            Removal removal =
                    noted > 0 ? ghes.removeRunner(organization.login(), noted) : Removal.GONE;
            // The last attempt may have registered it again and died before it noted that.
            return removal == Removal.GONE ? removeByName(organization, runner) : removal;
        } catch (GhesRefused e) {
            if (e.status() == HTTP_NOT_FOUND) {
                return Removal.GONE; // GitHub does not know the organization any more.
            }
            throw e;
        }
    }

    private Removal removeByName(Organization organization, RunnerName runner) {
        return ghes.runnerNamed(organization.login(), runner.value())
                .map(registered -> ghes.removeRunner(organization.login(), registered.id()))
                .orElse(Removal.GONE);
    }
}
