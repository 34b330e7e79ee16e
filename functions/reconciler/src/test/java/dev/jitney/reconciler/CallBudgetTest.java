package dev.jitney.reconciler;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CallBudgetTest {
    @Test
    void allowsAsManyCallsAsItHas_andNoMore() {
        var budget = new CallBudget(2);

        assertTrue(budget.take());
        assertFalse(budget.isSpent());
        assertTrue(budget.take());
        assertTrue(budget.isSpent());
        assertFalse(budget.take());
        assertFalse(budget.take());
    }

    @Test
    void aBudgetOfNothingIsSpentFromTheStart() {
        assertTrue(new CallBudget(0).isSpent());
    }
}
