package dev.jitney.simulation;

import dev.jitney.simulation.engine.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Looks for the shortest run that still fails in the same way: fewer jobs first, then fewer kinds
 * of faults, then fewer jobs again. It keeps what fails and gives up when its time is over, so what
 * it finds is short, and not always the shortest.
 */
public final class Shrinking {
    private final Trial trial;
    private final InstantSource clock;
    private final Instant end;
    private final Consumer<String> progress;
    private Attempt.Failed shortest;

    /** Runs once. */
    @FunctionalInterface
    public interface Trial {
        Attempt run(SimulationOptions options) throws InterruptedException;
    }

    private Shrinking(
            Attempt.Failed failed,
            Trial trial,
            InstantSource clock,
            Duration longest,
            Consumer<String> progress) {
        this.shortest = failed;
        this.trial = trial;
        this.clock = clock;
        this.end = clock.instant().plus(longest);
        this.progress = progress;
    }

    /**
     * Shrinks a failing run.
     *
     * @param longest how long to look for a shorter one, by {@code clock}
     * @param progress is told what was left out
     */
    public static Attempt.Failed shrink(
            Attempt.Failed failed,
            Trial trial,
            InstantSource clock,
            Duration longest,
            Consumer<String> progress)
            throws InterruptedException {
        Shrinking shrinking = new Shrinking(failed, trial, clock, longest, progress);
        shrinking.jobs(failed.violation().jobs());
        shrinking.faults();
        shrinking.jobs(shrinking.shortest.violation().jobs());
        return shrinking.shortest;
    }

    /** No later job can matter than those that had arrived when it failed. */
    private void jobs(int arrived) throws InterruptedException {
        int most = Math.min(arrived, shortest.options().jobsMax());
        if (!still(shortest.options().withJobsMax(most))) {
            return;
        }
        int passes = 0;
        while (most - passes > 1) {
            int middle = (passes + most) / 2;
            if (still(shortest.options().withJobsMax(middle))) {
                most = middle;
                progress.accept("fails with the first " + most + " jobs");
            } else {
                passes = middle;
            }
        }
    }

    private void faults() throws InterruptedException {
        for (Fault fault : Fault.values()) {
            SimulationFaults faults = shortest.options().faults();
            if (faults.kinds().contains(fault)
                    && still(shortest.options().withFaults(faults.without(fault)))) {
                progress.accept("fails without " + fault);
            }
        }
    }

    private boolean still(SimulationOptions options) throws InterruptedException {
        if (clock.instant().isAfter(end)) {
            return false;
        }
        Attempt attempt = trial.run(options);
        if (attempt instanceof Attempt.Failed failed
                && failed.violation().invariant() == shortest.violation().invariant()) {
            shortest = failed;
            return true;
        }
        return false;
    }
}
