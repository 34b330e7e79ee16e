package dev.jitney.core.ledger;

/**
 * The store of the ledgers did not answer. The outcome is unknown; the event is delivered again.
 */
public final class LedgerUnavailable extends RuntimeException {
    public LedgerUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
