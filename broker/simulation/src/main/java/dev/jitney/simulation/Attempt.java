package dev.jitney.simulation;

import dev.jitney.broker.dispatcher.manifest.Manifests;
import dev.jitney.simulation.check.Violation;
import dev.jitney.simulation.load.Load;

/** One run and how it went. */
public sealed interface Attempt {
    SimulationOptions options();

    /** Nothing broke. */
    record Passed(SimulationReport report) implements Attempt {
        @Override
        public SimulationOptions options() {
            return report.options();
        }
    }

    /** An invariant did not hold. */
    record Failed(SimulationOptions options, Violation violation) implements Attempt {}

    /** Runs once. */
    static Attempt of(SimulationOptions options, Manifests manifests) throws InterruptedException {
        return of(options, Load.officeDay(options), manifests);
    }

    /** Runs once under a given load. */
    static Attempt of(SimulationOptions options, Load load, Manifests manifests)
            throws InterruptedException {
        try {
            return new Passed(Simulation.run(options, load, manifests));
        } catch (Violation violation) {
            return new Failed(options, violation);
        }
    }
}
