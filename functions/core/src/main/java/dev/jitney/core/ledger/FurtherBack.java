package dev.jitney.core.ledger;

import dev.jitney.core.Organization;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.ledger.Ledgers.TurnTaken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the pages of those who stand further back in step with the line, see {@link Overflow}.
 * Every method may be cut off anywhere and repeated.
 */
final class FurtherBack {
    private final Ledgers ledgers;
    private final Policy policy;
    private final LineBounds bounds;

    FurtherBack(Ledgers ledgers, Policy policy, LineBounds bounds) {
        this.ledgers = ledgers;
        this.policy = policy;
        this.bounds = bounds;
    }

    /**
     * Files an organization that has just taken a turn, where its jobs stand further back.
     *
     * @return whether it has to take its turn again: it was called to the front meanwhile
     */
    boolean file(Organization organization, Standing standing, ClusterLedger after) {
        boolean again = false;
        for (RunnerClassName runnerClass : after.overflow().keySet()) {
            Optional<Age> back = standing.oldestFurtherBack(runnerClass, after);
            if (back.isPresent()) {
                again |= file(runnerClass, organization, back.get(), standing, after);
            }
        }
        return again;
    }

    private boolean file(
            RunnerClassName runnerClass,
            Organization organization,
            Age age,
            Standing standing,
            ClusterLedger after) {
        Age from = after.overflow().getOrDefault(runnerClass, Overflow.NONE).from();
        if (!ledgers.file(runnerClass, Map.of(organization, age), from)) {
            return false;
        }
        // A recall that had read the page before has moved the mark before it read.
        Optional<Age> now = standing.oldestFurtherBack(runnerClass, ledgers.readCluster());
        return !now.equals(Optional.of(age));
    }

    /**
     * Files those that a cut has moved back.
     *
     * @return the ledger after it
     */
    ClusterLedger fileMoved(ClusterLedger cut) {
        ClusterLedger after = cut;
        for (var each : cut.overflow().entrySet()) {
            Overflow further = each.getValue();
            if (!further.unfiled().isEmpty()) {
                ledgers.file(each.getKey(), further.unfiled(), further.from());
                after = ledgers.change(Recall.filed(each.getKey(), further.unfiled()));
            }
        }
        return after;
    }

    /**
     * Calls the oldest that stand further back to the front, in the first class whose front has
     * become too short.
     *
     * @return what was granted then; empty when there is no such class, or somebody else is at it
     */
    Optional<TurnTaken> recall(ClusterLedger cluster, Instant now) {
        return cluster.overflow().keySet().stream()
                .filter(each -> Recall.isDue(cluster, each, policy, bounds, now))
                .findFirst()
                .flatMap(each -> recall(each, cluster, now));
    }

    private Optional<TurnTaken> recall(
            RunnerClassName runnerClass, ClusterLedger seen, Instant now) {
        Overflow further = seen.overflow().getOrDefault(runnerClass, Overflow.NONE);
        ClusterLedger begun =
                further.recall().isPresent()
                        ? ledgers.change(Recall.resumed(runnerClass, further.recall().get(), now))
                        : ledgers.change(
                                Recall.begun(
                                        runnerClass,
                                        further.from(),
                                        upTo(runnerClass, further),
                                        now));
        Overflow calling = begun.overflow().getOrDefault(runnerClass, Overflow.NONE);
        return calling.recall()
                .filter(recall -> recall.since().equals(now))
                .map(recall -> call(runnerClass, calling, recall, now));
    }

    /** How far to call: to the age of the first that is left, or to the end. */
    private Age upTo(RunnerClassName runnerClass, Overflow further) {
        List<Filed> oldest = new ArrayList<>();
        for (long minute : further.minutes().tailSet(further.from().minute())) {
            ledgers.filed(runnerClass, minute).stream()
                    .filter(each -> !each.age().isOlderThan(further.from()))
                    .forEach(oldest::add);
            if (oldest.size() > bounds.called()) {
                return oldest.get(bounds.called()).age();
            }
        }
        return Age.LAST;
    }

    private TurnTaken call(
            RunnerClassName runnerClass, Overflow calling, Overflow.Recall recall, Instant now) {
        List<Filed> called = called(runnerClass, calling, recall);
        Map<Organization, Standing> standings = new LinkedHashMap<>();
        List<Organization> organizations =
                called.stream().map(Filed::organization).distinct().toList();
        for (OrgLedger ledger : ledgers.read(organizations)) {
            int limit = policy.limitOf(ledger.organization(), now);
            standings.put(
                    ledger.organization(),
                    new Standing(ledger.revision(), ledger.line(limit, now)));
        }
        TurnTaken taken =
                ledgers.update(
                        ledger ->
                                Recall.ended(
                                        ledger,
                                        runnerClass,
                                        recall,
                                        standings,
                                        policy,
                                        bounds,
                                        now));
        standings.forEach((each, standing) -> file(each, standing, taken.after()));
        ledgers.unfile(runnerClass, called);
        return taken;
    }

    private List<Filed> called(
            RunnerClassName runnerClass, Overflow calling, Overflow.Recall recall) {
        List<Filed> called = new ArrayList<>();
        for (long minute : calling.minutes().tailSet(recall.from().minute())) {
            if (minute > calling.from().minute()) {
                break;
            }
            ledgers.filed(runnerClass, minute).stream()
                    .filter(each -> !each.age().isOlderThan(recall.from()))
                    .filter(each -> each.age().isOlderThan(calling.from()))
                    .forEach(called::add);
        }
        return called;
    }
}
