package dev.jitney.core.policy;

import dev.jitney.core.ledger.LedgerUnavailable;
import dev.jitney.core.ledger.Step;
import java.util.function.Function;

/**
 * Where the document is kept. Two implementations obey one contract suite: Infinispan over Hot Rod,
 * and memory.
 *
 * <p>Both methods throw {@link LedgerUnavailable} when the store does not answer in time; the
 * outcome of an update is then unknown, and the same change may be made again.
 */
public interface PolicyStore {

    /** The document; {@link PolicyDocument#EMPTY} when there is none. */
    PolicyDocument read();

    /**
     * Reads the document, applies a pure transition, and replaces the document if nobody else did
     * meanwhile, else begins anew. So the transition may run several times, also once more on a
     * document that holds its change already.
     *
     * <p>What the transition throws comes out as it is, and nothing is changed.
     */
    <R> R update(Function<PolicyDocument, Step<PolicyDocument, R>> transition);
}
