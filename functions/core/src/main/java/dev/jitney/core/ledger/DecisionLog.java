package dev.jitney.core.ledger;

import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.ledger.Decision.Kind;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells of decisions. */
record DecisionLog(Consumer<Decision> decisions) {
    void decide(
            Kind kind,
            Organization organization,
            @Nullable JobId job,
            String runner,
            String reason) {
        long id = job == null ? 0 : job.value();
        decisions.accept(new Decision(kind, organization.login(), id, runner, reason));
    }
}
