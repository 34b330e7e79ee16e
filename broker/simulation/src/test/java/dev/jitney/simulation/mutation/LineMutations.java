package dev.jitney.simulation.mutation;

import static dev.jitney.simulation.check.Invariant.EVERY_JOB_ENDS;
import static dev.jitney.simulation.check.Invariant.LINE_SERVED;
import static dev.jitney.simulation.check.Invariant.NEWEST_STANDS;
import static dev.jitney.simulation.check.Invariant.NOTHING_REPAIRED;
import static dev.jitney.simulation.check.Invariant.ORDER;
import static dev.jitney.simulation.check.Invariant.PLACES_WITHIN_LIMIT;
import static dev.jitney.simulation.check.Invariant.REBUILT;
import static dev.jitney.simulation.check.Invariant.RUNNERS_WITHIN_LIMIT;
import static dev.jitney.simulation.check.Invariant.WORK_CONSERVING;
import static dev.jitney.simulation.mutation.Day.CALM;
import static dev.jitney.simulation.mutation.Day.HEAVY;
import static dev.jitney.simulation.mutation.Day.SHORT_FRONT;
import static dev.jitney.simulation.mutation.Day.WIPED;

import java.util.List;

/** What may be wrong with the places and the line of the cluster. */
@SuppressWarnings("StringConcatToTextBlock") // Lines as they stand in the source.
final class LineMutations {
    private static final String LEDGER = "functions/core/src/main/java/dev/jitney/core/ledger/";
    private static final String RECONCILE =
            "functions/core/src/main/java/dev/jitney/core/reconcile/";

    private LineMutations() {}

    static List<Mutation> all() {
        return List.of(
                Mutation.of(
                        "a place that is given back stays taken",
                        CALM,
                        LEDGER + "LineEdit.java",
                        "            places.own().remove(runner);\n",
                        "",
                        NOTHING_REPAIRED),
                Mutation.of(
                        "a release forgets to give the place back",
                        CALM,
                        LEDGER + "Admission.java",
                        "serving.turn(Optional.of(runner), seen.ledger(), now)",
                        "serving.turn(Optional.empty(), seen.ledger(), now)",
                        NOTHING_REPAIRED),
                Mutation.of(
                        "a place that nobody needs is not given back",
                        CALM,
                        LEDGER + "Serving.java",
                        "decide(Kind.RETURNED, organization, place.job(), "
                                + "place.runner().value(), \"\");\n"
                                + "                turns.addLast(turn(Optional.of(place.runner()), "
                                + "seen.ledger(), now));",
                        "decide(Kind.RETURNED, organization, place.job(), "
                                + "place.runner().value(), \"\");",
                        NOTHING_REPAIRED),
                Mutation.of(
                        "one place more than the capacity",
                        HEAVY,
                        LEDGER + "LineEdit.java",
                        "policy.openCapacity() - places.seen().size());",
                        "policy.openCapacity() + 1 - places.seen().size());",
                        PLACES_WITHIN_LIMIT),
                Mutation.of(
                        "one place fewer than the capacity",
                        HEAVY,
                        LEDGER + "LineEdit.java",
                        "policy.openCapacity() - places.seen().size());",
                        "policy.openCapacity() - 1 - places.seen().size());",
                        LINE_SERVED),
                Mutation.of(
                        "one place more than an organization's limit",
                        HEAVY,
                        LEDGER + "LineEdit.java",
                        "byOrganization.getOrDefault(organization, 0) < policy",
                        "byOrganization.getOrDefault(organization, 0) <= policy",
                        PLACES_WITHIN_LIMIT),
                Mutation.of(
                        "the youngest is served first",
                        HEAVY,
                        LEDGER + "LineEdit.java",
                        "entry.compareTo(best.entry()) < 0)",
                        "entry.compareTo(best.entry()) > 0)",
                        ORDER),
                Mutation.of(
                        "the order of age is reversed",
                        HEAVY,
                        LEDGER + "LineEntry.java",
                        "return BY_AGE.compare(this, other);",
                        "return BY_AGE.compare(other, this);",
                        ORDER),
                Mutation.of(
                        "an older reading replaces a newer one in line",
                        HEAVY,
                        LEDGER + "LineEdit.java",
                        "stood.revision() > standing.revision()",
                        "stood.revision() < 0",
                        NEWEST_STANDS),
                Mutation.of(
                        "who is due again never stands in line again",
                        HEAVY,
                        RECONCILE + "Reconciliation.java",
                        "        standings(seen, repairs);\n" + "        lineNotServed",
                        "        lineNotServed",
                        WORK_CONSERVING),
                Mutation.of(
                        "who stands further back is never called",
                        SHORT_FRONT,
                        LEDGER + "Recall.java",
                        "< bounds.few());",
                        "< 0);",
                        EVERY_JOB_ENDS),
                Mutation.of(
                        "a rebuild opens without counting",
                        WIPED,
                        LEDGER + "Adoption.java",
                        "                        with(ledger.places(), counted),\n",
                        "                        ledger.places(),\n",
                        REBUILT),
                Mutation.of(
                        "an empty store is believed at once",
                        WIPED,
                        LEDGER + "LineEdit.java",
                        "        if (!before.isOpen()) {\n"
                                + "            return;\n"
                                + "        }\n",
                        "",
                        RUNNERS_WITHIN_LIMIT,
                        PLACES_WITHIN_LIMIT,
                        REBUILT));
    }
}
