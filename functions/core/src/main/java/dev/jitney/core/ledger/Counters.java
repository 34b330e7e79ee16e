package dev.jitney.core.ledger;

import java.util.Map;

/** The counters of {@link Gates} as the reconciler sees them: all of them, with their values. */
public interface Counters {
    /**
     * Values by name, see {@link Gates}; a counter that nobody has used yet may be missing.
     *
     * @throws LedgerUnavailable when the store does not answer
     */
    Map<String, Long> readAll();

    /** Sets a counter right if it still has the value that was seen. Best effort; never throws. */
    void correct(String name, long seen, long truth);
}
