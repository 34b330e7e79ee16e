package dev.jitney.core.ledger;

import static dev.jitney.core.ledger.Story.LARGE;
import static dev.jitney.core.ledger.Story.NOW;
import static dev.jitney.core.ledger.Story.SMALL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.jitney.core.Boost;
import dev.jitney.core.Organization;
import dev.jitney.core.OrganizationPattern;
import dev.jitney.core.Overrides;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClass;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.RunnerName;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who gets the next place: the oldest job that may have it, and nobody else. */
class TurnTest {
    private static final Organization A = new Organization("a");
    private static final Organization B = new Organization("b");

    private ClusterLedger cluster = ClusterLedger.EMPTY;
    private Policy policy =
            new Policy(
                    2,
                    2,
                    List.of(
                            RunnerClass.of("small", "small"),
                            RunnerClass.of("large", "large").withLimit(1)));
    private long revision;

    private static LineEntry entry(long job, RunnerClassName runnerClass) {
        return LineEntry.of(Story.job(job, runnerClass));
    }

    private static LineEntry small(long job) {
        return entry(job, SMALL);
    }

    private static LineEntry large(long job) {
        return entry(job, LARGE);
    }

    private static Optional<RunnerName> noPlace() {
        return Optional.empty();
    }

    /** An organization stands in line with these jobs, and perhaps gives a place back. */
    private List<Long> turn(
            Optional<RunnerName> release, Organization organization, LineEntry... stands) {
        revision++;
        var turn = Turn.of(release, organization, new Standing(revision, Arrays.asList(stands)));
        Step<ClusterLedger, List<Place>> step = turn.take(cluster, policy, NOW);
        cluster = step.next();
        return step.result().stream().map(place -> place.job().value()).toList();
    }

    @Test
    void aJobGetsAPlaceThatIsFree() {
        assertEquals(List.of(1L), turn(noPlace(), A, small(1)));
    }

    @Test
    void nobodyGetsAPlaceBeyondCapacity() {
        assertEquals(List.of(1L, 2L), turn(noPlace(), A, small(1), small(2)));
        assertEquals(List.of(), turn(noPlace(), B, small(3)));
        assertEquals(2, cluster.places().size());
    }

    @Test
    void aPlaceThatComesFree_goesToTheOldestJobOfAllOrganizations() {
        turn(noPlace(), A, small(1), small(2));
        turn(noPlace(), B, small(3));

        assertEquals(List.of(3L), turn(Optional.of(small(1).runner()), A, small(4)));

        assertEquals(Map.of(A, new Standing(revision, List.of(small(4)))), cluster.line());
    }

    @Test
    void aClassThatIsFull_doesNotHoldUpTheOthers() {
        turn(noPlace(), A, large(1));

        assertEquals(List.of(3L), turn(noPlace(), B, large(2), small(3)));
    }

    @Test
    void anOrganizationAtItsLimit_doesNotHoldUpTheOthers() {
        policy = new Policy(3, 2, policy.classes());
        turn(noPlace(), A, small(1), small(2));
        assertEquals(List.of(), turn(noPlace(), A, small(3)));

        assertEquals(List.of(4L), turn(noPlace(), B, small(4)));
    }

    @Test
    void aJobsOwnTurnThatIsTakenTwice_grantsTheSamePlaceAgain() {
        LineEntry job = small(1);
        var turn = Turn.of(noPlace(), A, new Standing(1, List.of(job))).onBehalfOf(job.runner());
        Step<ClusterLedger, List<Place>> first = turn.take(cluster, policy, NOW);

        Step<ClusterLedger, List<Place>> again = turn.take(first.next(), policy, NOW);

        assertEquals(first.result(), again.result());
        assertEquals(first.next(), again.next());
    }

    @Test
    void anotherJobsTurn_doesNotGrantAPlaceAgain() {
        assertEquals(List.of(1L), turn(noPlace(), A, small(1)));
        assertEquals(List.of(), turn(noPlace(), A, small(1)));
        assertEquals(1, cluster.places().size());
    }

    @Test
    void anOlderReading_doesNotReplaceANewerOne() {
        policy = new Policy(0, 2, policy.classes());
        turn(noPlace(), A, small(1), small(2));
        var old = Turn.of(noPlace(), A, new Standing(0, List.of()));

        assertSame(cluster, old.take(cluster, policy, NOW).next());
    }

    @Test
    void anOrganizationWithoutJobs_leavesTheLine() {
        policy = new Policy(0, 2, policy.classes());
        turn(noPlace(), A, small(1));
        turn(noPlace(), A);

        assertEquals(ClusterLedger.EMPTY.line(), cluster.line());
    }

    @Test
    void aCapacityThatWasLowered_takesNothingAway_andGrantsNothing() {
        turn(noPlace(), A, small(1), small(2));
        policy = new Policy(1, 2, policy.classes());

        assertEquals(List.of(), turn(Optional.of(small(1).runner()), B, small(3)));

        assertEquals(1, cluster.places().size());
    }

    @Test
    void whileDraining_nobodyGetsAPlace_andWhoWaitsStaysInLine() {
        policy =
                with(
                        new Overrides(
                                true, List.of(), List.of(), List.of(), List.of(), Map.of(),
                                Map.of()));

        assertEquals(List.of(), turn(noPlace(), A, small(1)));

        assertEquals(Map.of(A, new Standing(revision, List.of(small(1)))), cluster.line());
    }

    @Test
    void aFrozenOrganizationInLine_doesNotHoldUpTheOthers() {
        policy = new Policy(0, 2, policy.classes());
        turn(noPlace(), A, small(1));
        policy =
                new Policy(
                        2,
                        2,
                        policy.classes(),
                        frozen(List.of(OrganizationPattern.of(A)), List.of()));

        assertEquals(List.of(2L), turn(noPlace(), B, small(2)));
    }

    @Test
    void aFrozenClass_doesNotHoldUpTheOthers() {
        policy = with(frozen(List.of(), List.of(LARGE)));

        assertEquals(List.of(2L), turn(noPlace(), A, large(1), small(2)));
    }

    @Test
    void aBoostHoldsForItsOrganization_andUntilItEnds() {
        policy = new Policy(9, 1, policy.classes(), boosted(NOW.plusSeconds(1)));
        assertEquals(
                List.of(1L, 2L, 3L), turn(noPlace(), A, small(1), small(2), small(3), small(4)));
        assertEquals(List.of(5L), turn(noPlace(), B, small(5), small(6)));

        policy = new Policy(9, 1, policy.classes(), boosted(NOW));
        assertEquals(List.of(), turn(Optional.of(small(1).runner()), A, small(4)));
    }

    @Test
    void theLineIsDue_onlyWhenSomebodyInItMayHaveAPlace() {
        policy = new Policy(0, 2, policy.classes());
        turn(noPlace(), A, small(1));
        turn(noPlace(), B, small(2));
        assertEquals(Optional.empty(), Turn.due(cluster, policy, NOW));

        policy = new Policy(2, 2, policy.classes());
        assertEquals(Optional.of(A), Turn.due(cluster, policy, NOW));

        policy = with(frozen(List.of(OrganizationPattern.of(A)), List.of()));
        assertEquals(Optional.of(B), Turn.due(cluster, policy, NOW));

        policy = with(frozen(List.of(), List.of(SMALL)));
        assertEquals(Optional.empty(), Turn.due(cluster, policy, NOW));
    }

    private Policy with(Overrides overrides) {
        return new Policy(
                policy.capacity(), policy.organizationLimit(), policy.classes(), overrides);
    }

    private static Overrides frozen(
            List<OrganizationPattern> organizations, List<RunnerClassName> classes) {
        return new Overrides(
                false, List.of(), List.of(), organizations, classes, Map.of(), Map.of());
    }

    private static Overrides boosted(Instant until) {
        return new Overrides(
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(A, new Boost(3, until)));
    }
}
