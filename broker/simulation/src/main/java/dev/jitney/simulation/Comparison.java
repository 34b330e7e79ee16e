package dev.jitney.simulation;

import dev.jitney.broker.dispatcher.manifest.Manifests;
import dev.jitney.simulation.load.Load;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Runs under the same load that differ in capacity and limit. */
public final class Comparison {
    private Comparison() {}

    /**
     * Runs all, a few at the same time.
     *
     * @param told of each run as it ends, one at a time, in the order of the options
     */
    public static void run(
            Load load,
            List<SimulationOptions> all,
            int atOnce,
            Manifests manifests,
            Consumer<Attempt> told)
            throws InterruptedException {
        Seeds.all(
                all.stream()
                        .<Callable<Attempt>>map(each -> () -> Attempt.of(each, load, manifests))
                        .toList(),
                atOnce,
                told);
    }
}
