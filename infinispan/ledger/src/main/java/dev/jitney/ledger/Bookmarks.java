package dev.jitney.ledger;

import dev.jitney.core.ledger.LedgerUnavailable;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/**
 * Where rounds that are too long for one go stopped, by the name of the round: one small record,
 * kept when processes end. Losing it costs time and nothing else: the rounds begin anew.
 */
public interface Bookmarks {
    /**
     * Changes them in one step, whoever else does.
     *
     * @param change of the bookmarks as they are, which it must not modify; may be applied more
     *     than once
     * @return the bookmarks after the change, unmodifiable
     * @throws LedgerUnavailable when the store does not answer; the change may have been made
     */
    SortedMap<String, String> update(UnaryOperator<SortedMap<String, String>> change);
}
