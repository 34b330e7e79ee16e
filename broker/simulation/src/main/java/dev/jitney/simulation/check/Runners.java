package dev.jitney.simulation.check;

import dev.jitney.core.Organization;
import dev.jitney.core.RunnerName;
import dev.jitney.core.ledger.Place;
import dev.jitney.simulation.engine.Trace;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Watches pods and registrations: what really is there, whatever the ledgers say. */
final class Runners {
    private final Allowance allowance;
    private final boolean strict;
    private final Reporter reporter;
    private final Trace trace;
    private final Map<String, Live> live = new HashMap<>();
    private final Map<String, Integer> byOrganization = new HashMap<>();
    private @Nullable LineCheck line;
    private int running;
    private int peak;

    /** What of a runner is there. */
    private record Live(String organization, boolean pod, boolean registration, boolean active) {
        boolean isThere(boolean strict) {
            return pod || active || (strict && registration);
        }
    }

    Runners(Allowance allowance, boolean strict, Reporter reporter, Trace trace) {
        this.allowance = allowance;
        this.strict = strict;
        this.reporter = reporter;
        this.trace = trace;
    }

    void placesBy(LineCheck places) {
        line = places;
    }

    private LineCheck places() {
        return Objects.requireNonNull(line, "nobody keeps the places");
    }

    /** Whether there is a runner of that name. */
    boolean isThere(RunnerName name) {
        Live known = live.get(name.value());
        return known != null && known.isThere(strict);
    }

    /** The cluster's ledger was lost and is believed again. */
    void believed() {
        live.forEach(
                (name, each) -> {
                    if (each.isThere(strict) && !places().hasPlace(new RunnerName(name))) {
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
        if (places().isBelieved() && !places().hasPlace(new RunnerName(name))) {
            throw reporter.violation(
                    Invariant.RUNNER_HAS_PLACE,
                    organization,
                    name,
                    name + " begins without a place");
        }
        withinLimit(new Organization(organization), count);
    }

    /**
     * A place that was granted before a limit was lowered may still get its runner. Who holds a
     * place while the ledger is lost nobody can say: then it is the highest limit of the run.
     */
    private void withinLimit(Organization organization, int count) {
        boolean known = places().isBelieved();
        int most =
                known
                        ? Math.max(allowance.most(organization), places().placesOf(organization))
                        : allowance.everMost();
        int capacity =
                known
                        ? Math.max(allowance.capacityMost(), places().size())
                        : allowance.everCapacity();
        if (count > most || running > capacity) {
            throw reporter.violation(
                    Invariant.RUNNERS_WITHIN_LIMIT,
                    organization.login(),
                    null,
                    "%d runners of %d, %d in all of %d".formatted(count, most, running, capacity));
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
