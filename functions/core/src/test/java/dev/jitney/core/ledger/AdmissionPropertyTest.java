package dev.jitney.core.ledger;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Whatever happens, in whatever order and however often: the invariants hold, and nothing is left.
 */
class AdmissionPropertyTest {

    @Property(tries = 700)
    void invariantsHoldUnderAnyOrderOfEvents(
            @ForAll @Size(max = 250) List<@IntRange(max = 13) Integer> choices,
            @ForAll @IntRange(max = 1_000_000) int seed) {
        World world = new World(seed);

        choices.forEach(world::step);

        world.settle();
    }

    @Property(tries = 700)
    void invariantsHoldWhenStepsAreCutOffAndRepeated(
            @ForAll @Size(max = 250) List<@IntRange(max = 13) Integer> choices,
            @ForAll @IntRange(max = 1_000_000) int seed) {
        World world = new World(seed);
        Random faults = new Random(seed + 1L);
        world.stepsAreCutOff = true;
        world.ledgers.failing(() -> faults.nextInt(6) == 0, () -> faults.nextInt(6) == 0);

        choices.forEach(world::step);

        world.settle();
    }

    /** Choices above 13 change the policy: about one step in six. */
    @Property(tries = 700)
    void invariantsHoldWhileOperatorsChangeThePolicy(
            @ForAll @Size(max = 250) List<@IntRange(max = 16) Integer> choices,
            @ForAll @IntRange(max = 1_000_000) int seed) {
        World world = new World(seed);

        choices.forEach(world::step);

        world.settle();
    }

    @Property(tries = 700)
    void invariantsHoldWhileThePolicyChanges_andStepsAreCutOff(
            @ForAll @Size(max = 250) List<@IntRange(max = 16) Integer> choices,
            @ForAll @IntRange(max = 1_000_000) int seed) {
        World world = new World(seed);
        Random faults = new Random(seed + 1L);
        world.stepsAreCutOff = true;
        world.ledgers.failing(() -> faults.nextInt(6) == 0, () -> faults.nextInt(6) == 0);

        choices.forEach(world::step);

        world.settle();
    }
}
