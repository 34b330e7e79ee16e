package dev.jitney.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyTest {
    private static final Policy POLICY =
            new Policy(
                    200,
                    10,
                    Policy.parseClasses("gpu=self-hosted linux gpu/4; linux=self-hosted linux"));

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
    void saysWhatIsWrongWithAClass() {
        assertRefused("", "no runner class");
        assertRefused("linux", "has no labels");
        assertRefused("linux=", "has no labels");
        assertRefused("linux=linux/many", "not a number");
        assertRefused("linux=linux/-1", "negative");
        assertRefused("Linux=linux", "runner class name");
    }

    private static void assertRefused(String classes, String because) {
        var refusal =
                assertThrows(IllegalArgumentException.class, () -> Policy.parseClasses(classes));
        assertTrue(String.valueOf(refusal.getMessage()).contains(because), refusal.toString());
    }

    @Test
    void loginsAreTheSameInAnyCase() {
        assertEquals(new Organization("octo"), new Organization("Octo"));
        assertFalse(new Organization("octo").equals(new Organization("octa")));
    }
}
