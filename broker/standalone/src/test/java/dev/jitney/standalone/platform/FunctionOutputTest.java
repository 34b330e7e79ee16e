package dev.jitney.standalone.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FunctionOutputTest {

    @Test
    void showsADecisionWithoutWhatStandsBeforeIt() {
        assertEquals(
                Optional.of("decision=GRANTED org=a job=7"),
                FunctionOutput.worthShowing(
                        "22:30:53.912 INFO  decision eventId=x decision=GRANTED org=a job=7"));
    }

    @Test
    void showsWarningsAndErrors() {
        assertEquals(
                Optional.of("WARN  FunqyGuard event refused"),
                FunctionOutput.worthShowing("22:30:53.041 WARN  FunqyGuard event refused"));
    }

    @Test
    void showsNothingElse() {
        assertEquals(
                Optional.empty(),
                FunctionOutput.worthShowing("22:30:28.957 INFO  quarkus Profile prod activated."));
        assertEquals(
                Optional.empty(),
                FunctionOutput.worthShowing(
                        "22:30:28.957 INFO  something that somebody wrote at great length: ERROR"));
    }
}
