package dev.jitney.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunnerNameTest {
    private static final RunnerClassName CLASS = new RunnerClassName("code-linux");

    @Test
    void isMadeOfTheClassAndTheJob_soThatARepeatedStepNamesTheSameThing() {
        assertEquals("code-linux-77", RunnerName.of(CLASS, new JobId(77), 0).value());
    }

    @Test
    void countsTheRunnersOfAJobFromTwo() {
        assertEquals("code-linux-77-2", RunnerName.of(CLASS, new JobId(77), 1).value());
        assertEquals("code-linux-77-3", RunnerName.of(CLASS, new JobId(77), 2).value());
    }

    @Test
    void fitsIntoADnsLabel_evenForTheLongestClassAndTheLargestJob() {
        var longest = new RunnerClassName("a".repeat(35));
        var name = RunnerName.of(longest, new JobId(Long.MAX_VALUE), 9_999);
        assertTrue(name.value().length() <= 63, name.value());
    }

    @Test
    void knowsANameThatCannotBeOurs() {
        assertEquals(Optional.empty(), RunnerName.parse("Somebody's own runner"));
        assertEquals(Optional.empty(), RunnerName.parse(""));
        assertEquals(Optional.of(new RunnerName("small-1")), RunnerName.parse("small-1"));
    }

    @Test
    void isNeverAnythingButADnsLabel() {
        assertThrows(IllegalArgumentException.class, () -> new RunnerName("-a"));
        assertThrows(IllegalArgumentException.class, () -> new RunnerName("A"));
        assertThrows(IllegalArgumentException.class, () -> new RunnerName("a".repeat(64)));
    }
}
