package dev.jitney.simulation.mutation;

import static dev.jitney.simulation.check.Invariant.CLASS_FITS;
import static dev.jitney.simulation.check.Invariant.NOT_FORGOTTEN;
import static dev.jitney.simulation.check.Invariant.ONE_PLACE;
import static dev.jitney.simulation.check.Invariant.ORDER;
import static dev.jitney.simulation.mutation.Day.CALM;
import static dev.jitney.simulation.mutation.Day.HEAVY;

import java.util.List;

/** What may be wrong with the jobs and leases of an organization. */
@SuppressWarnings("StringConcatToTextBlock") // Lines as they stand in the source.
final class LeaseMutations {
    private static final String LEDGER = "functions/core/src/main/java/dev/jitney/core/ledger/";
    private static final String WRITER = "infinispan/ledger/src/main/java/dev/jitney/ledger/";

    private LeaseMutations() {}

    static List<Mutation> all() {
        return List.of(
                Mutation.of(
                        "a job that waits again goes to the end of the backlog",
                        HEAVY,
                        LEDGER + "OrgEdit.java",
                        "own.add(place < 0 ? -place - 1 : place, named);",
                        "own.add(named);",
                        ORDER),
                Mutation.of(
                        "a granted job stays in the backlog",
                        HEAVY,
                        LEDGER + "Leasing.java",
                        "new OrgEdit(ledger, now).dequeue(place.job()).put(lease).done()",
                        "new OrgEdit(ledger, now).put(lease).done()",
                        ONE_PLACE),
                Mutation.of(
                        "a lease is written though its job has left",
                        HEAVY,
                        LEDGER + "Leasing.java",
                        "        if (job.isEmpty()) {\n"
                                + "            return new Step<>(ledger, new Unneeded());\n"
                                + "        }\n",
                        "        if (job.isEmpty()) {\n"
                                + "            job =\n"
                                + "                    Optional.of(\n"
                                + "                            WaitingJob.first(\n"
                                + "                                    place.job(), "
                                + "place.runnerClass(), \"any\", now));\n"
                                + "        }\n",
                        ONE_PLACE),
                Mutation.of(
                        "a swap loses the displaced job",
                        CALM,
                        LEDGER + "Binding.java",
                        "edit.enqueue(requeued).done()",
                        "edit.done()",
                        NOT_FORGOTTEN),
                Mutation.of(
                        "a runner is kept for a job of another class",
                        HEAVY,
                        LEDGER + "Binding.java",
                        " && own.get().fits(taken.job())",
                        "",
                        CLASS_FITS),
                Mutation.of(
                        "a spare lease keeps its finished job",
                        HEAVY,
                        LEDGER + "Completion.java",
                        "Lease spare = edit.makeSpare(lease);",
                        "Lease spare = lease;",
                        ONE_PLACE),
                Mutation.of(
                        "the next job of a spare lease stays in the backlog",
                        HEAVY,
                        LEDGER + "OrgEdit.java",
                        "            dequeue(next.job().id());\n",
                        "",
                        ONE_PLACE),
                Mutation.of(
                        "an ended job is not remembered",
                        HEAVY,
                        LEDGER + "OrgEdit.java",
                        "        finished.own().putIfAbsent(job, now);\n",
                        "",
                        NOT_FORGOTTEN),
                Mutation.of(
                        "a gated job stays in the backlog",
                        HEAVY,
                        LEDGER + "OrgEdit.java",
                        "        dequeue(job.id());\n        gated.own()",
                        "        gated.own()",
                        ONE_PLACE),
                Mutation.of(
                        "two writers overwrite each other",
                        HEAVY,
                        WRITER + "KeyedWriter.java",
                        "store.replace(key, seen, after, deadline);",
                        "store.replace(\n"
                                + "                        key,\n"
                                + "                        "
                                + "java.util.Objects.requireNonNull(store.get(key, deadline)),\n"
                                + "                        after,\n"
                                + "                        deadline);",
                        NOT_FORGOTTEN,
                        ONE_PLACE));
    }
}
