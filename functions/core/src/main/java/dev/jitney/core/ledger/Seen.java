package dev.jitney.core.ledger;

import dev.jitney.core.Organization;
import java.util.function.Function;

/** What a transition of an organization's ledger said, and the ledger after it. */
record Seen<R>(R outcome, OrgLedger ledger) {
    static <R> Seen<R> of(
            Ledgers ledgers,
            Organization organization,
            Function<OrgLedger, Step<OrgLedger, R>> transition) {
        return ledgers.update(
                organization,
                ledger -> {
                    Step<OrgLedger, R> step = transition.apply(ledger);
                    return new Step<>(step.next(), new Seen<>(step.result(), step.next()));
                });
    }
}
