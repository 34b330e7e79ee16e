package dev.jitney.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jitney.cloudevents.TryAgain;
import dev.jitney.core.Held;
import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.RunnerClass;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.RunnerName;
import dev.jitney.core.ledger.Lease;
import dev.jitney.core.ledger.LeaseState;
import dev.jitney.core.ledger.WaitingJob;
import dev.jitney.ghes.GhesException;
import dev.jitney.ghes.GhesUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunnerLifeTest {
    private static final Organization ACME = new Organization("acme");
    private static final RunnerName RUNNER = new RunnerName("code-linux-7");
    private static final Lease LEASE =
            new Lease(
                    RUNNER,
                    WaitingJob.first(
                            new JobId(7),
                            new RunnerClassName("code-linux"),
                            "acme/app",
                            Instant.EPOCH),
                    LeaseState.REQUESTED,
                    Instant.EPOCH);

    private static final RunnerClass CLASS = RunnerClass.of("code-linux", "code-linux");

    private final Outside outside = new Outside();
    private final RunnerMaker maker = new RunnerMaker(outside, outside);
    private final RunnerRetirement retirement =
            new RunnerRetirement(outside, outside, _ -> {}, Duration.ofSeconds(1));

    private Making make() {
        return maker.make(ACME, LEASE, CLASS, () -> {});
    }

    private void assertOneRunner() {
        assertEquals(1, outside.registrations.size());
        assertEquals(1, outside.pods.size());
        long registered = outside.registrationId();
        assertEquals(Map.of("code-linux-7", "jit-" + registered), outside.secrets);
        assertEquals(registered, outside.pods.values().iterator().next().runnerId());
    }

    /** The call at which it fails, and whether its effect took place all the same. */
    @ParameterizedTest
    @CsvSource({"1,false", "2,false", "2,true", "3,false", "3,true", "4,false", "4,true"})
    void leavesOneRunner_whenCutOffAnywhereAndRepeated(int call, boolean afterEffect) {
        outside.failsAtCall = call;
        outside.failsAfterEffect = afterEffect;
        try {
            make();
        } catch (GhesUnavailable e) {
            outside.failsAtCall = Integer.MAX_VALUE;
        }

        assertInstanceOf(Making.Made.class, make());
        assertOneRunner();
    }

    /** The same when the repetition fails too. */
    @Test
    void leavesOneRunner_whenCutOffTwice() {
        cutOffTwice(
                (world, cut) -> {
                    var maker = new RunnerMaker(world, world);
                    assertInstanceOf(
                            Making.Made.class, maker.make(ACME, LEASE, CLASS, () -> {}), cut);
                    assertEquals(1, world.registrations.size(), cut);
                    assertEquals(1, world.pods.size(), cut);
                    String jit = "jit-" + world.registrationId();
                    assertEquals(jit, world.secrets.get("code-linux-7"), cut);
                });
    }

    /** A pod may know an earlier registration than the one that stands. */
    @Test
    void leavesNothing_whenCutOffTwiceAndTakenBack() {
        cutOffTwice(
                (world, cut) -> {
                    var taker = new RunnerRetirement(world, world, _ -> {}, Duration.ofSeconds(1));
                    assertEquals(Retirement.GONE, taker.retire(ACME, RUNNER), cut);
                    assertEquals(Map.of(), world.registrations, cut);
                    assertEquals(Map.of(), world.pods, cut);
                });
    }

    /** Every pair of calls at which two attempts are cut off, before or after their effect. */
    private static void cutOffTwice(BiConsumer<Outside, String> then) {
        for (int first = 1; first <= 5; first++) {
            for (int second = 1; second <= 10; second++) {
                Outside world = new Outside();
                RunnerMaker cutOff = new RunnerMaker(world, world);
                world.failsAfterEffect = (first + second) % 2 == 0;
                attempt(world, cutOff, first);
                attempt(world, cutOff, world.calls + second);
                world.failsAtCall = Integer.MAX_VALUE;
                then.accept(world, "cut off at " + first + " and " + second);
            }
        }
    }

    private static void attempt(Outside world, RunnerMaker maker, int failsAt) {
        world.failsAtCall = failsAt;
        try {
            maker.make(ACME, LEASE, CLASS, () -> {});
        } catch (GhesException e) {
            assertInstanceOf(GhesUnavailable.class, e);
        }
    }

    @Test
    void leavesNothing_whenTheOrganizationIsUnknown() {
        outside.knowsOrganization = false;

        Making making = make();

        assertEquals(new Making.Refused(Held.GHES_ERROR, "organization not found"), making);
        assertEquals(Map.of(), outside.pods);
    }

    @Test
    void registersInTheGroupOfTheClass() {
        make();
        assertEquals(1, outside.group);

        var gpu = new Outside();
        new RunnerMaker(gpu, gpu).make(ACME, LEASE, inGroup("gpu-runners"), () -> {});

        assertEquals(2, gpu.group);
    }

    @Test
    void makesNothing_whenTheOrganizationHasNoSuchGroup() {
        Making making = maker.make(ACME, LEASE, inGroup("fpga"), () -> {});

        assertEquals(new Making.Refused(Held.GHES_ERROR, "no runner group 'fpga'"), making);
        assertEquals(Map.of(), outside.registrations);
        assertEquals(Map.of(), outside.pods);
    }

    private static RunnerClass inGroup(String group) {
        return new RunnerClass(CLASS.name(), CLASS.labels(), 5, group);
    }

    /** The answer to the registration was lost, and then GitHub refuses to make another. */
    @Test
    void leavesNothingOfAnEarlierAttempt_whenGithubRefusesTheNext() {
        make();
        outside.refusesRunners = true;

        assertInstanceOf(Making.Refused.class, make());

        assertEquals(Map.of(), outside.registrations);
        assertEquals(Map.of(), outside.pods);
    }

    @Test
    void triesAgain_whenGithubRefusesWhileAnEarlierRunnerIsBusy() {
        make();
        outside.refusesRunners = true;
        outside.busy.add(outside.registrationId());

        assertThrows(GhesUnavailable.class, this::make);

        assertEquals(1, outside.pods.size());
    }

    /** The place is free when the pod has ended, not when it was asked to. */
    @Test
    void triesAgain_whenRefusedWhileThePodOfAnEarlierAttemptIsEnding() {
        make();
        outside.refusesRunners = true;
        outside.terminatingFor = 5;

        assertThrows(TryAgain.class, this::make);
    }

    @Test
    void makesNothing_whenThereIsNoTimeLeft() {
        assertThrows(
                TryAgain.class,
                () ->
                        maker.make(
                                ACME,
                                LEASE,
                                CLASS,
                                () -> {
                                    throw new TryAgain("out of time");
                                }));

        assertEquals(Map.of(), outside.registrations);
    }

    @Test
    void leavesNothing_whenKubernetesRefuses() {
        outside.refusesPods = true;

        Making making = make();

        assertEquals(
                Held.KUBERNETES_ERROR, assertInstanceOf(Making.Refused.class, making).reason());
        assertEquals(Map.of(), outside.registrations);
        assertEquals(Map.of(), outside.pods);
    }

    @Test
    void triesAgain_whenTheNameIsTakenByABusyRunnerWithoutPod() {
        make();
        outside.busy.add(outside.registrationId());
        outside.pods.clear();
        outside.secrets.clear();

        assertThrows(GhesUnavailable.class, this::make);
    }

    @Test
    void retiresAnIdleRunner() {
        make();

        assertEquals(Retirement.GONE, retirement.retire(ACME, RUNNER));
        assertEquals(Map.of(), outside.registrations);
        assertEquals(Map.of(), outside.pods);
        assertEquals(Retirement.GONE, retirement.retire(ACME, RUNNER));
    }

    @Test
    void leavesABusyRunnerAlone() {
        make();
        outside.busy.add(outside.registrationId());

        assertEquals(Retirement.BUSY, retirement.retire(ACME, RUNNER));
        assertEquals(1, outside.pods.size());
    }

    @Test
    void waitsForThePodToEnd() {
        make();
        outside.terminatingFor = 3;

        assertEquals(Retirement.GONE, retirement.end(RUNNER));
    }

    @Test
    void saysSo_whenThePodDoesNotEndInTime() {
        make();
        outside.terminatingFor = 1_000_000;

        assertEquals(Retirement.STILL_ENDING, retirement.end(RUNNER));
    }
}
