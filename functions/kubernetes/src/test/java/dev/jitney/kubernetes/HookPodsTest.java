package dev.jitney.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class HookPodsTest {

    /** The hooks cut the name of the runner, not their own end. */
    @Test
    void hasTheNameThatTheHooksGiveIt() {
        assertEquals("code-linux-42-workflow", HookPods.of("code-linux-42"));
        assertEquals("r".repeat(54) + "-workflow", HookPods.of("r".repeat(63)));
    }
}
