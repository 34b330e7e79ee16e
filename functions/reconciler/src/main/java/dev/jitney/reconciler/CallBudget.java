package dev.jitney.reconciler;

import java.util.Optional;

/**
 * How many calls to GitHub may still be made. One budget is for everything a tick does; {@linkplain
 * #upTo parts of it} keep one kind of work from spending what the others need. Safe for threads.
 */
public final class CallBudget {
    private final Optional<CallBudget> whole;
    private int left;
    private int spent;

    public CallBudget(int calls) {
        this(calls, Optional.empty());
    }

    private CallBudget(int calls, Optional<CallBudget> whole) {
        this.left = calls;
        this.whole = whole;
    }

    /** A part: its calls count for the whole too, and end when either is spent. */
    public CallBudget upTo(int calls) {
        return new CallBudget(calls, Optional.of(this));
    }

    /** The right to one call, if there is one left. */
    public synchronized boolean take() {
        if (left <= 0 || !whole.map(CallBudget::take).orElse(true)) {
            return false;
        }
        left--;
        spent++;
        return true;
    }

    /** Calls that turned out to be needed: further pages of an answer. May overdraw. */
    public synchronized void charge(int calls) {
        left -= calls;
        spent += calls;
        whole.ifPresent(each -> each.charge(calls));
    }

    public synchronized boolean isSpent() {
        return left <= 0 || whole.map(CallBudget::isSpent).orElse(false);
    }

    /** Calls that may still be made; never negative. */
    public synchronized int left() {
        int own = Math.max(0, left);
        return whole.map(each -> Math.min(own, each.left())).orElse(own);
    }

    /** Calls made so far. */
    public synchronized int spent() {
        return spent;
    }
}
