package dev.jitney.standalone.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RunnerJobTest {
    private static final Set<Long> KNOWN = Set.of(100017L, 2L);

    @Test
    void readsTheJob() {
        assertEquals(OptionalLong.of(100017), job("code-linux-100017"));
    }

    @Test
    void readsTheJobBeforeTheNumberOfARequeue() {
        assertEquals(OptionalLong.of(100017), job("code-linux-100017-2"));
    }

    @Test
    void aClassMayEndInANumber() {
        assertEquals(OptionalLong.of(100017), job("ubuntu-24-100017"));
    }

    @Test
    void knowsNoOtherNames() {
        assertEquals(OptionalLong.empty(), job("code-linux-5"));
        assertEquals(OptionalLong.empty(), job("somebody"));
    }

    private static OptionalLong job(String runner) {
        return RunnerJob.of(runner, KNOWN::contains);
    }
}
