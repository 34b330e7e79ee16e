package dev.jitney.broker.dispatcher.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jitney.broker.dispatcher.RetryRules;
import dev.jitney.broker.dispatcher.RetryRules.Growth;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the brokers of Knative wait, from a base of 200 ms. */
final class RetryRulesTest {
    @ParameterizedTest
    @CsvSource({
        "KAFKA, EXPONENTIAL, 1, 400",
        "KAFKA, EXPONENTIAL, 3, 1600",
        "KAFKA, LINEAR, 1, 200",
        "KAFKA, LINEAR, 3, 600",
        "MT, EXPONENTIAL, 1, 200",
        "MT, EXPONENTIAL, 3, 800",
        "MT, LINEAR, 1, 0",
        "MT, LINEAR, 3, 400",
        "KAFKA, EXPONENTIAL, 99, 86400000",
    })
    void waits(RetryRules rules, Growth growth, int retry, long millis) {
        assertEquals(Duration.ofMillis(millis), rules.wait(growth, Duration.ofMillis(200), retry));
    }
}
