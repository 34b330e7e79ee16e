package dev.jitney.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.core.ledger.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneTest {
    private final Lane<String> lane = new Lane<>();
    private final Request<String, Integer> first = request();
    private final Request<String, Integer> second = request();
    private final Request<String, Integer> third = request();

    private static Request<String, Integer> request() {
        return new Request<>(text -> new Step<>(text, text.length()));
    }

    @Test
    void oneLeadsAndTheNextFollows() {
        assertTrue(lane.join(first));
        assertFalse(lane.join(second));
        assertEquals(List.of(first), lane.batch(1));

        lane.handOver();

        assertTrue(second.isCalled());
        assertEquals(List.of(second), lane.batch(1));
        lane.handOver();
        assertTrue(lane.join(third), "nobody leads an empty lane");
    }

    @Test
    void whoLeavesWhenCalledCallsTheNext() {
        lane.join(first);
        lane.join(second);
        lane.join(third);
        lane.batch(1);
        lane.handOver();

        lane.leave(second);

        assertTrue(third.isCalled());
        assertEquals(List.of(third), lane.batch(9));
    }

    @Test
    void whoLeavesWhileWaitingIsNotServed() {
        lane.join(first);
        lane.join(second);

        lane.leave(second);

        assertFalse(second.isCalled());
        assertEquals(List.of(first), lane.batch(9));
    }
}
