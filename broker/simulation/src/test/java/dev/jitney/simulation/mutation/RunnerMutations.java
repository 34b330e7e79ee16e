package dev.jitney.simulation.mutation;

import static dev.jitney.simulation.check.Invariant.NOTHING_LEFT;
import static dev.jitney.simulation.check.Invariant.NOTHING_REPAIRED;
import static dev.jitney.simulation.check.Invariant.NO_JOB_KILLED;
import static dev.jitney.simulation.check.Invariant.RUNNER_HAS_PLACE;
import static dev.jitney.simulation.mutation.Day.CALM;
import static dev.jitney.simulation.mutation.Day.HIDDEN;
import static dev.jitney.simulation.mutation.Day.MISCOUNTED;
import static dev.jitney.simulation.mutation.Day.SWAPPED;
import static dev.jitney.simulation.mutation.Day.UNNEEDED;

import java.util.List;

/** What may be wrong with how runners are taken back, and with what repairs. */
@SuppressWarnings("StringConcatToTextBlock") // Lines as they stand in the source.
final class RunnerMutations {
    private static final String RECONCILE =
            "functions/core/src/main/java/dev/jitney/core/reconcile/";
    private static final String RUNNER = "functions/runner/src/main/java/dev/jitney/runner/";
    private static final String RECONCILER =
            "functions/reconciler/src/main/java/dev/jitney/reconciler/";

    private RunnerMutations() {}

    static List<Mutation> all() {
        return List.of(
                Mutation.of(
                        "the place is free before the pod has ended",
                        UNNEEDED,
                        RUNNER + "RunnerRetirement.java",
                        "        return Retirement.STILL_ENDING;\n"
                                + "    }\n"
                                + "\n"
                                + "    /** Takes back a runner that may be idle",
                        "        return Retirement.GONE;\n"
                                + "    }\n"
                                + "\n"
                                + "    /** Takes back a runner that may be idle",
                        RUNNER_HAS_PLACE),
                Mutation.of(
                        "a runner is retired without asking GitHub",
                        CALM,
                        RUNNER + "RunnerRetirement.java",
                        "Removal removal = removeRegistration(organization, runner, pod);\n"
                                + "        if (removal != Removal.BUSY) {",
                        "Removal removal = Removal.GONE;\n"
                                + "        if (removal != Removal.BUSY) {",
                        RUNNER_HAS_PLACE,
                        NO_JOB_KILLED,
                        NOTHING_REPAIRED),
                Mutation.of(
                        "a busy runner is retired all the same",
                        SWAPPED,
                        RUNNER + "RunnerRetirement.java",
                        "        if (removal != Removal.BUSY) {\n            return end(runner);",
                        "        if (removal != null) {\n            return end(runner);",
                        NO_JOB_KILLED),
                Mutation.of(
                        "a job that GitHub does not show has ended",
                        HIDDEN,
                        RECONCILER + "JobCheck.java",
                        "return registration(doubt, busy.get(), budget) == "
                                + "IdleRunner.Registration.ABSENT;",
                        "return busy.isPresent();",
                        NO_JOB_KILLED),
                Mutation.of(
                        "ghosts are removed without looking at the lease",
                        CALM,
                        RECONCILER + "Ghosts.java",
                        "                .filter(name -> "
                                + "ledgers.read(organization).lease(name).isEmpty())\n",
                        "",
                        NOTHING_REPAIRED),
                Mutation.of(
                        "the reconciler corrects no counter",
                        MISCOUNTED,
                        RECONCILE + "Reconciliation.java",
                        "if (value != right) {",
                        "if (value < 0) {",
                        NOTHING_LEFT));
    }
}
