package dev.jitney.reconciler;

/** How many calls to GitHub one tick may still make. Safe for threads. */
final class CallBudget {
    private int left;

    CallBudget(int calls) {
        this.left = calls;
    }

    synchronized boolean take() {
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }

    synchronized boolean isSpent() {
        return left == 0;
    }
}
