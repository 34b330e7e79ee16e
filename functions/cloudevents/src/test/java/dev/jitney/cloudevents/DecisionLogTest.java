package dev.jitney.cloudevents;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jitney.core.ledger.Decision;
import org.junit.jupiter.api.Test;

class DecisionLogTest {
    @Test
    void writesOneLineWithFixedKeys() {
        var decision = new Decision(Decision.Kind.HELD, "octo", 42, "", "ORG_LIMIT");

        assertEquals(
                "eventId=a b decision=HELD org=octo job=42 reason=ORG_LIMIT",
                DecisionLog.line(decision, "a\nb"));
    }
}
