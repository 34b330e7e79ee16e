package dev.jitney.simulation.check;

import dev.jitney.core.Policy;
import dev.jitney.core.RunnerName;
import dev.jitney.core.ledger.Place;
import dev.jitney.simulation.engine.Trace;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Watches pods and registrations: what really is there, whatever the ledgers say. */
final class Runners {
    private final Policy policy;
    private final boolean strict;
    private final Reporter reporter;
    private final Trace trace;
    private final Map<String, Live> live = new HashMap<>();
    private final Map<String, Integer> byOrganization = new HashMap<>();
    private Predicate<RunnerName> hasPlace = _ -> true;
    private BooleanSupplier isBelieved = () -> true;
    private int running;
    private int peak;

    /** What of a runner is there. */
    private record Live(String organization, boolean pod, boolean registration, boolean active) {
        boolean isThere(boolean strict) {
            return pod || active || (strict && registration);
        }
    }

    Runners(Policy policy, boolean strict, Reporter reporter, Trace trace) {
        this.policy = policy;
        this.strict = strict;
        this.reporter = reporter;
        this.trace = trace;
    }

    void placesBy(Predicate<RunnerName> known, BooleanSupplier believed) {
        hasPlace = known;
        isBelieved = believed;
    }

    /** The cluster's ledger was lost and is believed again. */
    void believed() {
        live.forEach(
                (name, each) -> {
                    if (each.isThere(strict) && !hasPlace.test(new RunnerName(name))) {
                        throw reporter.violation(
                                Invariant.REBUILT,
                                each.organization(),
                                name,
                                name + " has no place in the ledger that was made again");
                    }
                });
    }

    void pod(String organization, String name, boolean there) {
        trace.add(there ? "pod+" : "pod-", organization, name, "");
        Live before = live.getOrDefault(name, new Live(organization, false, false, false));
        change(name, before, new Live(organization, there, before.registration(), before.active()));
    }

    void registration(String organization, String name, boolean there, boolean active) {
        trace.add(there ? "registration+" : "registration-", organization, name, "");
        Live before = live.getOrDefault(name, new Live(organization, false, false, false));
        change(name, before, new Live(organization, before.pod(), there, active));
    }

    private void change(String name, Live before, Live after) {
        if (after.isThere(true)) {
            live.put(name, after);
        } else {
            live.remove(name);
        }
        if (before.isThere(strict) == after.isThere(strict)) {
            return;
        }
        String organization = after.organization();
        int count =
                byOrganization.merge(organization, after.isThere(strict) ? 1 : -1, Integer::sum);
        running += after.isThere(strict) ? 1 : -1;
        peak = Math.max(peak, running);
        if (!after.isThere(strict)) {
            return;
        }
        if (isBelieved.getAsBoolean() && !hasPlace.test(new RunnerName(name))) {
            throw reporter.violation(
                    Invariant.RUNNER_HAS_PLACE,
                    organization,
                    name,
                    name + " begins without a place");
        }
        if (count > policy.organizationLimit() || running > policy.capacity()) {
            throw reporter.violation(
                    Invariant.RUNNERS_WITHIN_LIMIT,
                    organization,
                    null,
                    "%d runners of %d, %d in all of %d"
                            .formatted(
                                    count, policy.organizationLimit(), running, policy.capacity()));
        }
    }

    void placeGone(Place place) {
        Live left = live.get(place.runner().value());
        if (left != null && left.isThere(strict)) {
            throw reporter.violation(
                    Invariant.RUNNER_HAS_PLACE,
                    place.organization().login(),
                    place.runner().value(),
                    "the place of "
                            + place.runner()
                            + " is given back while there is "
                            + (left.pod() ? "its pod" : "its registration"));
        }
    }

    int size() {
        return live.size();
    }

    int peak() {
        return peak;
    }
}
