package dev.jitney.reconciler;

import dev.jitney.core.Organization;
import dev.jitney.core.ledger.Decision;
import dev.jitney.core.reconcile.Reason;

/** What a round found odd, as it is logged and counted. */
final class Found {
    private Found() {}

    static Decision of(Reason reason, Organization organization, long job, String runner) {
        return new Decision(
                Decision.Kind.REPAIRED, organization.login(), job, runner, reason.name());
    }
}
