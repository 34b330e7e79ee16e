package dev.jitney.core.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** It may take 10 s to come online, and 20 s to get its job. */
class IdleRunnerTest {
    @ParameterizedTest
    @CsvSource({
        "ABSENT, 10, ",
        "ABSENT, 11, NEVER_ONLINE",
        "OFFLINE, 10, ",
        "OFFLINE, 11, NEVER_ONLINE",
        "ONLINE, 20, ",
        "ONLINE, 21, IDLE_TOO_LONG",
        "BUSY, 1000000, "
    })
    void isGivenUpWhenItsTimeIsOver(
            IdleRunner.Registration registration, int age, Reason expected) {
        assertEquals(
                Optional.ofNullable(expected),
                IdleRunner.giveUp(
                        registration,
                        Duration.ofSeconds(age),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20)));
    }
}
