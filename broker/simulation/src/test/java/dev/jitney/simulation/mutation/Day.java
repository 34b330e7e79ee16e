package dev.jitney.simulation.mutation;

import dev.jitney.simulation.SimulationFaults;
import dev.jitney.simulation.SimulationOptions;
import dev.jitney.simulation.engine.Fault;
import java.util.List;

/** What happens to a mutant. */
enum Day {
    /** All kinds of faults. */
    HEAVY {
        @Override
        SimulationFaults faults() {
            return SimulationFaults.heavy();
        }
    },
    /** Only what events by themselves put up with. */
    CALM {
        @Override
        SimulationFaults faults() {
            return SimulationFaults.harmless();
        }
    },
    /** All kinds of faults, and the store loses everything. */
    WIPED {
        @Override
        SimulationFaults faults() {
            return SimulationFaults.heavy().with(Fault.STORE_WIPED, 1);
        }
    },
    /** All kinds of faults, an operator who does not rest, and a store that often is silent. */
    CHANGED {
        @Override
        SimulationFaults faults() {
            return SimulationFaults.heavy()
                    .with(Fault.POLICY_CHANGED, 12)
                    .with(Fault.STORE_SILENT, 0.03);
        }
    },
    /** All kinds of faults, and counters that are often wrong. */
    MISCOUNTED {
        @Override
        SimulationFaults faults() {
            return SimulationFaults.heavy()
                    .with(Fault.COUNTER_TWICE, 0.05)
                    .with(Fault.COUNTER_FORGOTTEN, 10);
        }
    },
    /** All kinds of faults, and many runners that nobody needs any more. */
    UNNEEDED {
        @Override
        SimulationFaults faults() {
            return SimulationFaults.heavy()
                    .with(Fault.JOB_CANCELLED, 0.3)
                    .with(Fault.RUNNER_NEVER_ONLINE, 0.1);
        }
    },
    /** All kinds of faults, and many runners that are at work where nobody expects it. */
    SWAPPED {
        @Override
        SimulationFaults faults() {
            return SimulationFaults.heavy()
                    .with(Fault.JOB_CANCELLED, 0.3)
                    .with(Fault.RUNNER_SWAPPED, 0.6);
        }
    },
    /** All kinds of faults, and many repositories that we may not see. */
    HIDDEN {
        @Override
        SimulationFaults faults() {
            return SimulationFaults.heavy().with(Fault.GHES_HIDDEN, 60);
        }
    },
    /** Only a few stand in the front of the line, so that most of who waits stands further back. */
    SHORT_FRONT {
        @Override
        SimulationFaults faults() {
            return SimulationFaults.heavy();
        }

        @Override
        List<Edit> given() {
            return List.of(
                    new Edit(
                            "functions/core/src/main/java/dev/jitney/core/ledger/LineBounds.java",
                            "new LineBounds(400, 300, 100)",
                            "new LineBounds(8, 6, 3)"));
        }
    };

    abstract SimulationFaults faults();

    /** What is another than in the code that ships, with and without a mutation. */
    List<Edit> given() {
        return List.of();
    }

    SimulationOptions options(long seed) {
        return SimulationOptions.small(seed, faults());
    }
}
