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
