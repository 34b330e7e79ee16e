package dev.jitney.core.ledger;

import java.util.function.UnaryOperator;

/** One part of a record in the making: it is copied before its first change, and only then. */
final class Draft<T> {
    private final T before;
    private final UnaryOperator<T> copy;
    private T now;

    Draft(T before, UnaryOperator<T> copy) {
        this.before = before;
        this.copy = copy;
        this.now = before;
    }

    /** As it is now; not to be changed. */
    T seen() {
        return now;
    }

    /** The copy, to be changed. */
    T own() {
        if (isUntouched()) {
            now = copy.apply(now);
        }
        return now;
    }

    @SuppressWarnings("ReferenceEquality")
    boolean isUntouched() {
        return now == before;
    }
}
