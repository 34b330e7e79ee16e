package dev.jitney.reconciler;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
    void aPartIsSpentForTheWhole_andEndsWithIt() {
        var whole = new CallBudget(3);
        var part = whole.upTo(2);

        assertTrue(part.take());
        assertTrue(part.take());
        assertFalse(part.take());
        assertEquals(1, whole.left());
        assertEquals(2, whole.spent());
        assertTrue(whole.take());
        assertTrue(whole.upTo(5).isSpent());
    }

    @Test
    void whatTurnsOutToBeNeededMayOverdraw() {
        var whole = new CallBudget(2);

        whole.upTo(1).charge(3);

        assertTrue(whole.isSpent());
        assertEquals(0, whole.left());
        assertEquals(3, whole.spent());
    }

    @Test
    void aBudgetOfNothingIsSpentFromTheStart() {
        assertTrue(new CallBudget(0).isSpent());
    }
}
