package dev.jitney.core.ledger;

import dev.jitney.core.Organization;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClassName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The steps by which organizations that stand further back come to the front of the line. */
public final class Recall {
    /** One that has not ended by then was cut off: whoever comes next takes it up. */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private Recall() {}

    /** Whether those who stand further back are to be called, in any class. */
    public static boolean isDue(ClusterLedger ledger, Policy policy, Instant now) {
        return ledger.overflow().keySet().stream()
                .anyMatch(each -> isDue(ledger, each, policy, LineBounds.STANDARD, now));
    }

    /** Whether the front of a class has become so short that more are to be called. */
    static boolean isDue(
            ClusterLedger ledger,
            RunnerClassName runnerClass,
            Policy policy,
            LineBounds bounds,
            Instant now) {
        Overflow further = ledger.overflow().get(runnerClass);
        if (further == null || !further.unfiled().isEmpty()) {
            return false;
        }
        return further.recall()
                .map(recall -> recall.since().plus(PATIENCE).isBefore(now))
                .orElseGet(() -> LineEdit.inFront(ledger, runnerClass, policy, now) < bounds.few());
    }

    /** Says that the organizations are in their pages. */
    static UnaryOperator<ClusterLedger> filed(
            RunnerClassName runnerClass, Map<Organization, Age> filed) {
        return ledger -> change(ledger, runnerClass, each -> each.filed(filed));
    }

    /**
     * Begins a recall, if nobody else did: jobs older than {@code to} belong to the front from now
     * on.
     *
     * @param from what the overflow began with when it was decided how far to call
     */
    static UnaryOperator<ClusterLedger> begun(
            RunnerClassName runnerClass, Age from, Age to, Instant now) {
        return ledger ->
                change(
                        ledger,
                        runnerClass,
                        each ->
                                each.from().equals(from)
                                                && each.recall().isEmpty()
                                                && each.unfiled().isEmpty()
                                        ? each.recalledUpTo(to, now)
                                        : each);
    }

    /** Takes up a recall that was cut off. */
    static UnaryOperator<ClusterLedger> resumed(
            RunnerClassName runnerClass, Overflow.Recall cutOff, Instant now) {
        return ledger ->
                change(
                        ledger,
                        runnerClass,
                        each ->
                                each.recall().equals(Optional.of(cutOff))
                                        ? each.recallTakenUp(cutOff.from(), now)
                                        : each);
    }

    /** Ends a recall: all who were called stand in, and the line is served. Idempotent. */
    static Step<ClusterLedger, List<Place>> ended(
            ClusterLedger ledger,
            RunnerClassName runnerClass,
            Overflow.Recall recall,
            Map<Organization, Standing> called,
            Policy policy,
            LineBounds bounds,
            Instant now) {
        LineEdit edit = new LineEdit(ledger, policy, bounds, now);
        Overflow further = ledger.overflow().get(runnerClass);
        boolean own = further != null && further.recall().equals(Optional.of(recall));
        if (own) {
            edit.endRecall(runnerClass);
        }
        called.forEach((each, standing) -> edit.standIn(each, standing, Optional.empty()));
        edit.serve();
        return edit.done();
    }

    private static ClusterLedger change(
            ClusterLedger ledger, RunnerClassName runnerClass, UnaryOperator<Overflow> change) {
        Overflow further = ledger.overflow().get(runnerClass);
        Overflow next = further == null ? null : change.apply(further);
        return next == null || next.equals(further) ? ledger : ledger.with(runnerClass, next);
    }
}
