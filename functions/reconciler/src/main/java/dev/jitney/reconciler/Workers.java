package dev.jitney.reconciler;

import java.util.Collection;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Does many slow things a few at a time. */
public interface Workers {
    /**
     * Returns when all that was begun is done.
     *
     * @param over once it says so, nothing more is begun
     * @param work must not throw what it can bear
     */
    <T> void each(Collection<T> all, BooleanSupplier over, Consumer<T> work);
}
