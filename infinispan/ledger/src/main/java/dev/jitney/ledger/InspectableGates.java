package dev.jitney.ledger;

import dev.jitney.core.ledger.Gates;
import java.util.Map;

/** Gates whose counters can be read and set, for whoever holds them against the ledgers. */
public interface InspectableGates extends Gates {

    /**
     * The counters the server knows, by name. One that cannot be read is left out; so are all of
     * them when the server does not answer within five seconds. Blocks, never throws.
     */
    Map<String, Long> readAll();

    /**
     * Sets a counter, whatever it says now, as far as its bounds allow. One that does not exist is
     * left alone: whoever enters it first makes it. Blocks for at most five seconds, never throws.
     */
    void set(String name, long truth);

    /** How often a counter did not answer as it should, since the start of the process. */
    long errors();
}
