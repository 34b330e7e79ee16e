package dev.jitney.simulation.mutation;

import static dev.jitney.simulation.check.Invariant.LEASES_WITHIN_LIMIT;
import static dev.jitney.simulation.check.Invariant.LINE_SERVED;
import static dev.jitney.simulation.check.Invariant.PLACES_WITHIN_LIMIT;
import static dev.jitney.simulation.check.Invariant.WORK_CONSERVING;
import static dev.jitney.simulation.mutation.Day.CHANGED;

import java.util.EnumSet;
import java.util.List;

/** What may be wrong with how the policy is heeded. */
final class PolicyMutations {
    private static final String POLICY = "functions/core/src/main/java/dev/jitney/core/Policy.java";
    private static final String STORE =
            "functions/store/src/main/java/dev/jitney/store/StoredPolicies.java";

    private static final String DAY_LONG = "LONGEST = Duration.ofHours(24)";

    private PolicyMutations() {}

    static List<Mutation> all() {
        return List.of(
                Mutation.of(
                        "maintenance is not heeded",
                        CHANGED,
                        POLICY,
                        "overrides.draining() ? 0 : capacity",
                        "capacity",
                        PLACES_WITHIN_LIMIT),
                Mutation.of(
                        "a freeze is not heeded",
                        CHANGED,
                        POLICY,
                        "overrides.isFrozen(organization) ? Held.FROZEN : Held.NONE",
                        "Held.NONE",
                        LEASES_WITHIN_LIMIT,
                        PLACES_WITHIN_LIMIT),
                new Mutation(
                        "the first policy is kept for ever",
                        CHANGED,
                        List.of(
                                new Edit(STORE, "LONGEST = Duration.ofSeconds(30)", DAY_LONG),
                                new Edit(STORE, "seen.tried() > everyNanos", "seen.tried() < 0")),
                        EnumSet.of(
                                LEASES_WITHIN_LIMIT,
                                PLACES_WITHIN_LIMIT,
                                LINE_SERVED,
                                WORK_CONSERVING)),
                Mutation.of(
                        "without a policy the configured one holds",
                        CHANGED,
                        STORE,
                        "known().orElseThrow(() -> e)",
                        "known().orElse(configured)",
                        LEASES_WITHIN_LIMIT,
                        PLACES_WITHIN_LIMIT,
                        LINE_SERVED));
    }
}
