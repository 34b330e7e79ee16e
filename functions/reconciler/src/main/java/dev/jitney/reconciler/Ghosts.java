package dev.jitney.reconciler;

import dev.jitney.core.Organization;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerName;
import dev.jitney.core.ledger.Decision;
import dev.jitney.core.ledger.Ledgers;
import dev.jitney.core.reconcile.Reason;
import dev.jitney.ghes.Ghes;
import dev.jitney.ghes.Runner;
import java.util.List;
import java.util.function.Consumer;

/** Registrations on GitHub that nobody stands for. */
final class Ghosts {
    private static final int PAGE = 100;

    private final Ghes ghes;
    private final Ledgers ledgers;
    private final Policy policy;
    private final Consumer<Decision> decisions;

    Ghosts(Ghes ghes, Ledgers ledgers, Policy policy, Consumer<Decision> decisions) {
        this.ghes = ghes;
        this.ledgers = ledgers;
        this.policy = policy;
        this.decisions = decisions;
    }

    /** A registration of ours without a lease: leases are written first, so nobody is making it. */
    void remove(Organization organization, CallBudget budget) {
        if (!budget.take()) {
            return;
        }
        List<Runner> runners = ghes.runners(organization.login());
        budget.charge(runners.size() / PAGE);
        for (Runner runner : runners) {
            if (isOurs(runner)
                    && !runner.busy()
                    && isGhost(organization, runner)
                    && budget.take()) {
                ghes.removeRunner(organization.login(), runner.id());
                decisions.accept(
                        Found.of(Reason.GHOST_REGISTRATION, organization, 0, runner.name()));
            }
        }
    }

    private boolean isOurs(Runner runner) {
        return policy.classes().stream()
                .anyMatch(each -> runner.name().matches(each.name() + "-[0-9]+(-[0-9]+)?"));
    }

    private boolean isGhost(Organization organization, Runner runner) {
        return RunnerName.parse(runner.name())
                .filter(name -> ledgers.read(organization).lease(name).isEmpty())
                .isPresent();
    }
}
