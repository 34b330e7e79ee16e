package dev.jitney.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.core.Held;
import dev.jitney.core.Organization;
import dev.jitney.core.OrganizationPattern;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClass;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.policy.PolicyDocument.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What operators may change, and what it comes to over the functions' own settings. */
class PolicyDocumentTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final Organization OCTO = new Organization("octo");
    private static final Organization TEAM = new Organization("team-a");
    private static final RunnerClassName GPU = new RunnerClassName("gpu");
    private static final Policy CONFIGURED =
            new Policy(
                    200,
                    10,
                    List.of(
                            RunnerClass.of("gpu", "gpu").withLimit(4),
                            RunnerClass.of("linux", "linux")));

    private PolicyDocument document = PolicyDocument.EMPTY;
    private int changes;

    private Outcome make(PolicyEdit edit) {
        return make(edit, NOW);
    }

    private Outcome make(PolicyEdit edit, Instant when) {
        var change = new PolicyChange("change-" + changes++, edit, "alice", when, "because");
        var step = document.with(change);
        document = step.next();
        return step.result();
    }

    private String refused(PolicyEdit edit) {
        PolicyDocument before = document;
        var refusal = assertThrows(PolicyRefused.class, () -> make(edit));
        assertSame(before, document);
        return String.valueOf(refusal.getMessage());
    }

    private Policy policy() {
        return document.over(CONFIGURED);
    }

    private static OrganizationPattern named(String pattern) {
        return new OrganizationPattern(pattern);
    }

    private static OptionalInt configured() {
        return OptionalInt.empty();
    }

    @Test
    void anEmptyDocumentLeavesEverythingAsConfigured() {
        assertEquals(CONFIGURED, policy());
    }

    @Test
    void limitsAreSet_andTakenBack() {
        make(new PolicyEdit.SetCapacity(OptionalInt.of(50)));
        make(new PolicyEdit.SetOrganizationLimit(OptionalInt.of(5)));
        make(new PolicyEdit.SetLimit(OCTO, OptionalInt.of(25)));
        make(new PolicyEdit.SetClassLimit(GPU, OptionalInt.of(1)));

        assertEquals(50, policy().openCapacity());
        assertEquals(5, policy().limitOf(TEAM, NOW));
        assertEquals(25, policy().limitOf(OCTO, NOW));
        assertEquals(1, policy().limitOf(GPU));

        make(new PolicyEdit.SetCapacity(configured()));
        make(new PolicyEdit.SetOrganizationLimit(configured()));
        make(new PolicyEdit.SetLimit(OCTO, configured()));
        make(new PolicyEdit.SetClassLimit(GPU, configured()));

        assertEquals(CONFIGURED, policy());
        assertEquals(8, document.revision());
    }

    @Test
    void freezesOfOrganizationsPatternsAndClasses_endAsTheyBegan() {
        make(new PolicyEdit.Freeze(named("octo")));
        make(new PolicyEdit.Freeze(named("team-*")));
        make(new PolicyEdit.FreezeClass(GPU));
        assertEquals(Held.FROZEN, policy().heldBy(OCTO));
        assertEquals(Held.FROZEN, policy().heldBy(TEAM));
        assertEquals(0, policy().limitOf(GPU));

        make(new PolicyEdit.Unfreeze(named("octo")));
        make(new PolicyEdit.Unfreeze(named("team-*")));
        make(new PolicyEdit.UnfreezeClass(GPU));
        assertEquals(CONFIGURED, policy());
    }

    @Test
    void whatIsFrozenByAPattern_isNotUnfrozenAlone() {
        make(new PolicyEdit.Freeze(named("team-*")));

        assertEquals(
                "team-a is frozen by team-*; unfreeze that, and freeze what shall stay frozen",
                refused(new PolicyEdit.Unfreeze(named("team-a"))));
        assertEquals("octo is not frozen", refused(new PolicyEdit.Unfreeze(named("octo"))));
        assertEquals("class gpu is not frozen", refused(new PolicyEdit.UnfreezeClass(GPU)));
    }

    @Test
    void aBoostEndsByItself_andLeavesTheDocumentWithTheNextChange() {
        Instant end = NOW.plus(Duration.ofHours(2));
        make(new PolicyEdit.Boost(OCTO, 25, end));
        assertEquals(25, policy().limitOf(OCTO, end.minusMillis(1)));
        assertEquals(10, policy().limitOf(OCTO, end));

        make(new PolicyEdit.SetCapacity(OptionalInt.of(1)), end);
        assertEquals(Map.of(), document.boosts());
    }

    @Test
    void aBoostMayEndEarly() {
        make(new PolicyEdit.Boost(OCTO, 25, NOW.plusSeconds(1)));
        make(new PolicyEdit.EndBoost(OCTO));
        assertEquals(CONFIGURED, policy());
        assertEquals("octo has no boost", refused(new PolicyEdit.EndBoost(OCTO)));
    }

    @Test
    void aBoostEndsInTheFuture_andWithinAMonth() {
        assertTrue(refused(new PolicyEdit.Boost(OCTO, 25, NOW)).contains("ended already"));
        Instant late = NOW.plus(Duration.ofDays(31)).plusSeconds(1);
        assertTrue(refused(new PolicyEdit.Boost(OCTO, 25, late)).contains("at most 31 days"));
    }

    @Test
    void allowTakesBackADeny_andElseBeginsAList() {
        make(new PolicyEdit.Deny(named("octo")));
        assertFalse(policy().admits(OCTO));

        make(new PolicyEdit.Allow(named("octo")));
        assertEquals(CONFIGURED, policy());

        make(new PolicyEdit.Allow(named("octo")));
        assertTrue(policy().admits(OCTO));
        assertFalse(policy().admits(TEAM));

        make(new PolicyEdit.Allow(named("*")));
        assertEquals(CONFIGURED, policy());
    }

    @Test
    void drainStopsEverythingNew_untilResume() {
        make(new PolicyEdit.Drain());
        assertEquals(0, policy().openCapacity());
        make(new PolicyEdit.Resume());
        assertEquals(CONFIGURED, policy());
        assertEquals("nothing is being drained", refused(new PolicyEdit.Resume()));
    }

    @Test
    void whatHoldsAlready_makesNoRevision() {
        make(new PolicyEdit.Drain());
        assertEquals(Outcome.UNCHANGED, make(new PolicyEdit.Drain()));
        assertEquals(1, document.revision());
        assertEquals(1, document.log().size());
    }

    @Test
    void theSameChangeAgain_changesNothing_evenAfterOthers() {
        var raise =
                new PolicyChange(
                        "raise", new PolicyEdit.SetCapacity(OptionalInt.of(300)), "alice", NOW, "");
        document = document.with(raise).next();
        make(new PolicyEdit.SetCapacity(OptionalInt.of(100)));

        var again = document.with(raise);

        assertSame(document, again.next());
        assertEquals(Outcome.CHANGED, again.result());
        assertEquals(100, policy().openCapacity());
    }

    @Test
    void everyChangeIsRemembered_theLatestFirst_andNotForEver() {
        make(new PolicyEdit.SetLimit(OCTO, OptionalInt.of(25)));
        assertEquals(
                List.of(new AuditEntry(1, "change-0", "alice", NOW, "limit of octo 25", "because")),
                document.log());

        IntStream.range(0, 300).forEach(i -> make(new PolicyEdit.SetCapacity(OptionalInt.of(i))));
        assertEquals(PolicyDocument.LOG_MAX, document.log().size());
        assertEquals(301, document.log().getFirst().revision());
    }

    private static PolicySettings settings(int capacity, Map<Organization, Integer> limits) {
        return new PolicySettings(
                OptionalInt.of(capacity),
                OptionalInt.empty(),
                Map.of(),
                limits,
                List.of(),
                List.of(),
                List.of(named("old-*")),
                List.of());
    }

    @Test
    void aFileSaysEverythingAnew_butBoostsAndADrainStay() {
        make(new PolicyEdit.SetLimit(OCTO, OptionalInt.of(25)));
        make(new PolicyEdit.Freeze(named("octo")));
        make(new PolicyEdit.Drain());
        make(new PolicyEdit.Boost(TEAM, 40, NOW.plusSeconds(9)));

        make(new PolicyEdit.Apply(settings(60, Map.of(TEAM, 20)), "policy.yaml"));

        assertEquals(settings(60, Map.of(TEAM, 20)), document.settings());
        assertTrue(document.draining());
        assertEquals(40, policy().limitOf(TEAM, NOW));
        assertEquals("apply policy.yaml", document.log().getFirst().what());
    }

    @Test
    void aSeedGoesUnderWhatOperatorsHaveDecided() {
        make(new PolicyEdit.SetCapacity(OptionalInt.of(50)));
        make(new PolicyEdit.SetLimit(OCTO, OptionalInt.of(25)));

        make(new PolicyEdit.Seed(settings(60, Map.of(OCTO, 1, TEAM, 20))));

        assertEquals(settings(50, Map.of(OCTO, 25, TEAM, 20)), document.settings());
        assertTrue(document.seeded());
    }

    @Test
    void aNegativeLimitIsRefused() {
        var refusal =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> make(new PolicyEdit.SetLimit(OCTO, OptionalInt.of(-1))));
        assertEquals("the limit of octo is -1; write a number from 0", refusal.getMessage());
    }

    @Test
    void tooManyNamesAreRefused() {
        IntStream.range(0, 2_000).forEach(i -> make(new PolicyEdit.Deny(named("org-" + i))));
        assertTrue(refused(new PolicyEdit.Deny(named("one-more"))).contains("use patterns"));
    }

    @Test
    void aLimitIsForOneOrganization() {
        assertEquals(OCTO, PolicyEdit.organization("Octo"));
        assertThrows(IllegalArgumentException.class, () -> PolicyEdit.organization("team-*"));
        assertThrows(IllegalArgumentException.class, () -> PolicyEdit.organization("a b"));
    }

    @Test
    void saysInPlainWordsWhatHolds() {
        make(new PolicyEdit.SetCapacity(OptionalInt.of(150)));
        make(new PolicyEdit.SetLimit(OCTO, OptionalInt.of(25)));
        make(new PolicyEdit.Boost(TEAM, 40, NOW.plusSeconds(60)));
        make(new PolicyEdit.Deny(named("old-*")));
        make(new PolicyEdit.Freeze(named("team-*")));
        make(new PolicyEdit.Drain());

        assertEquals(
                List.of(
                        "draining: nothing new starts until resume",
                        "cluster: at most 150",
                        "every organization: as configured (JITNEY_ORG_LIMIT)",
                        "octo: at most 25",
                        "team-a: boosted to 40 until 2026-03-02T09:01:00Z",
                        "these get no runners: old-*",
                        "frozen, nothing new starts: team-*"),
                PolicyWords.everything(document, NOW));
        assertEquals(
                List.of(
                        "draining: nothing new starts anywhere until resume",
                        "team-a is frozen: nothing new starts",
                        "team-a: as configured (JITNEY_ORG_LIMIT), as everybody",
                        "team-a: boosted to 40 until 2026-03-02T09:01:00Z"),
                PolicyWords.of(TEAM, document, NOW));
        assertEquals(
                List.of(
                        "draining: nothing new starts anywhere until resume",
                        "old-one gets no runners: it is denied or not on the list",
                        "old-one: as configured (JITNEY_ORG_LIMIT), as everybody"),
                PolicyWords.of(new Organization("old-one"), document, NOW));
    }
}
