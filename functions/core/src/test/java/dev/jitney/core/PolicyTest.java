package dev.jitney.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
    private static final Policy POLICY =
            new Policy(
                    200,
                    10,
                    List.of(
                            RunnerClass.of("gpu", "self-hosted", "linux", "gpu").withLimit(4),
                            RunnerClass.of("linux", "self-hosted", "linux")));

    private static Optional<String> classOf(String... runsOn) {
        return POLICY.classFor(List.of(runsOn)).map(each -> each.name().value());
    }

    @Test
    void aJobBelongsToTheFirstClassThatHasAllItsLabels() {
        assertEquals(Optional.of("gpu"), classOf("self-hosted", "gpu"));
        assertEquals(Optional.of("gpu"), classOf("self-hosted", "linux"));
    }

    @Test
    void labelsAreComparedWithoutRegardToCase() {
        assertEquals(Optional.of("gpu"), classOf("Self-Hosted", "GPU"));
    }

    @Test
    void aJobWithALabelThatNobodyServesBelongsToNoClass() {
        assertEquals(Optional.empty(), classOf("self-hosted", "windows"));
    }

    @Test
    void aJobWithoutLabelsBelongsToNoClass() {
        assertEquals(Optional.empty(), classOf());
    }

    @Test
    void aClassMayHaveALimit_andOneThatIsGoneAdmitsNothing() {
        assertEquals(4, POLICY.limitOf(new RunnerClassName("gpu")));
        assertEquals(Integer.MAX_VALUE, POLICY.limitOf(new RunnerClassName("linux")));
        assertEquals(0, POLICY.limitOf(new RunnerClassName("gone")));
    }

    @Test
    void aClassHasLabelsAndNoNegativeLimit() {
        assertThrows(IllegalArgumentException.class, () -> RunnerClass.of("linux"));
        assertThrows(
                IllegalArgumentException.class,
                () -> RunnerClass.of("linux", "linux").withLimit(-1));
    }

    @Test
    void loginsAreTheSameInAnyCase() {
        assertEquals(new Organization("octo"), new Organization("Octo"));
        assertFalse(new Organization("octo").equals(new Organization("octa")));
    }

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final Organization OCTO = new Organization("octo");
    private static final Organization TEAM = new Organization("team-a");
    private static final RunnerClassName GPU = new RunnerClassName("gpu");

    private static Policy with(Overrides overrides) {
        return new Policy(200, 10, POLICY.classes(), overrides);
    }

    private static List<OrganizationPattern> named(String... patterns) {
        return Stream.of(patterns).map(OrganizationPattern::new).toList();
    }

    private static Overrides lists(
            List<OrganizationPattern> allowed,
            List<OrganizationPattern> denied,
            List<OrganizationPattern> frozen) {
        return new Overrides(false, allowed, denied, frozen, List.of(), Map.of(), Map.of());
    }

    private static Overrides limits(
            Map<Organization, Integer> limits, Map<Organization, Boost> boosts) {
        return new Overrides(false, List.of(), List.of(), List.of(), List.of(), limits, boosts);
    }

    @Test
    void anOrganizationMayHaveALimitOfItsOwn() {
        Policy policy = with(limits(Map.of(OCTO, 40), Map.of()));
        assertEquals(40, policy.limitOf(OCTO, NOW));
        assertEquals(10, policy.limitOf(TEAM, NOW));
    }

    @Test
    void aBoostRaisesALimitUntilItEnds_andLowersNone() {
        Boost boost = new Boost(25, NOW.plusSeconds(60));
        Policy policy = with(limits(Map.of(TEAM, 40), Map.of(OCTO, boost, TEAM, boost)));
        assertEquals(25, policy.limitOf(OCTO, NOW));
        assertEquals(25, policy.limitOf(OCTO, NOW.plusSeconds(59)));
        assertEquals(10, policy.limitOf(OCTO, NOW.plusSeconds(60)));
        assertEquals(40, policy.limitOf(TEAM, NOW));
    }

    @Test
    void aFrozenOrganizationGetsNothingNew_butIsAdmitted() {
        Policy policy = with(lists(List.of(), List.of(), named("team-*")));
        assertEquals(Held.FROZEN, policy.heldBy(TEAM));
        assertEquals(0, policy.limitOf(TEAM, NOW));
        assertTrue(policy.admits(TEAM));
        assertEquals(Held.NONE, policy.heldBy(OCTO));
    }

    @Test
    void aFrozenClassGetsNothingNew_butIsStillServed() {
        Policy policy =
                with(
                        new Overrides(
                                false,
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(GPU),
                                Map.of(),
                                Map.of()));
        assertEquals(0, policy.limitOf(GPU));
        assertEquals(Held.FROZEN, policy.heldBy(GPU));
        assertTrue(policy.classFor(List.of("gpu")).isPresent());
    }

    @Test
    void denyWinsOverAllow() {
        Policy policy = with(lists(named("team-*"), named("team-b"), List.of()));
        assertTrue(policy.admits(TEAM));
        assertFalse(policy.admits(new Organization("team-b")));
        assertFalse(policy.admits(OCTO));
        assertEquals(Held.DENIED, policy.heldBy(OCTO));
        assertEquals(0, policy.limitOf(OCTO, NOW));
    }

    @Test
    void whileDraining_thereIsNoCapacity_andTheLimitsStay() {
        Policy policy =
                with(
                        new Overrides(
                                true, List.of(), List.of(), List.of(), List.of(), Map.of(),
                                Map.of()));
        assertEquals(0, policy.openCapacity());
        assertEquals(Held.DRAINING, policy.heldByMaintenance());
        assertEquals(10, policy.limitOf(OCTO, NOW));
        assertEquals(200, POLICY.openCapacity());
    }

    @ParameterizedTest
    @CsvSource({
        "octo, octo, true",
        "Octo, octo, true",
        "octo, octo-a, false",
        "*, octo, true",
        "team-*, team-a, true",
        "team-*, team-, true",
        "team-*, a-team-a, false",
        "*-ci, team-ci, true",
        "*-ci, team-ci-2, false",
        "a*b*c, axxbyyc, true",
        "a*b*c, axxbyy, false",
        "a*b, abab, true",
        "a**, a, true"
    })
    void aStarStandsForAnyCharacters(String pattern, String login, boolean matches) {
        assertEquals(matches, new OrganizationPattern(pattern).matches(new Organization(login)));
    }

    @Test
    void aPatternWithOtherCharactersIsRefused() {
        for (String text : List.of("", "team a", "team.a", "[a-z]")) {
            assertThrows(IllegalArgumentException.class, () -> new OrganizationPattern(text));
        }
    }
}
