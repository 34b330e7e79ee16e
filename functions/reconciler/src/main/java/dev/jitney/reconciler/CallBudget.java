package dev.jitney.reconciler;

/** How many calls to GitHub one tick may still make. */
final class CallBudget {
    private int left;

    CallBudget(int calls) {
        this.left = calls;
    }

    boolean take() {
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }

    boolean isSpent() {
        return left == 0;
    }
}
