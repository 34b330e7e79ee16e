package dev.jitney.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jitney.core.ledger.Gates.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InMemoryGatesTest extends GatesContract {
    private final InMemoryGates gates = new InMemoryGates();

    @Override
    InspectableGates gates() {
        return gates;
    }

    @Override
    String fresh() {
        return "org/fresh";
    }

    @Test
    void canBeMadeUnavailable() {
        gates.unavailable(true);

        var passage = gates.enter("cluster", BOUND);
        gates.settle(passage, true, 1);

        assertEquals(Verdict.UNKNOWN, passage.verdict());
        assertEquals(1, gates.errors());
        assertEquals(Map.of(), gates.readAll());
    }

    @Test
    void canLoseACounter() throws InterruptedException {
        String name = standingAt(6);
        gates.forget(name);

        gates.settle(gates.enter(name, BOUND), true, 7);

        awaitValue(name, 7);
    }
}
