package dev.jitney.core.ledger;

import dev.jitney.core.Organization;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.RunnerName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One step on the cluster's ledger: give a place back, put an organization in line as its ledger
 * has it now, and serve the line. All three are one replace, so that a place that comes free goes
 * to the oldest job that may have it and to nobody else.
 *
 * @param release the runner whose place comes free
 * @param organization whose standing is replaced
 * @param standing what stands in line for it now; without entries it leaves the line
 * @param applicant the runner of the job whose event this is: if it has its place already, that
 *     place is granted again, because the step after it may have been cut off. For the other jobs
 *     of the organization that step is under way, or their own events repeat it
 */
public record Turn(
        Optional<RunnerName> release,
        Organization organization,
        Standing standing,
        Optional<RunnerName> applicant) {

    /** Most places granted in one turn; what is left is granted by the next turn. */
    static final int GRANTS_MAX = 50;

    /** A turn that no single job asks for. */
    public static Turn of(
            Optional<RunnerName> release, Organization organization, Standing standing) {
        return new Turn(release, organization, standing, Optional.empty());
    }

    /** The same turn, on the occasion of a job whose runner has this name. */
    public Turn onBehalfOf(RunnerName runner) {
        return new Turn(release, organization, standing, Optional.of(runner));
    }

    /**
     * Takes the turn. Idempotent.
     *
     * @return the places granted, oldest job first
     */
    public Step<ClusterLedger, List<Place>> take(ClusterLedger ledger, Policy policy, Instant now) {
        Map<RunnerName, Place> places = new LinkedHashMap<>(ledger.places());
        Map<Organization, Standing> line = new LinkedHashMap<>(ledger.line());
        release.ifPresent(places::remove);
        List<Place> granted = new ArrayList<>();
        standIn(line, places, granted);
        if (ledger.isOpen()) {
            serve(line, places, granted, policy, now);
        }
        ClusterLedger known = Adoption.begun(ledger, now);
        if (known.equals(ledger) && places.equals(ledger.places()) && line.equals(ledger.line())) {
            return new Step<>(ledger, granted);
        }
        return new Step<>(
                new ClusterLedger(ledger.revision() + 1, known.rebuild(), places, line), granted);
    }

    /**
     * The organization whose turn would grant a place right now. Nobody, as long as every event
     * served the line; somebody after a limit was raised, a freeze was lifted or the turns of a
     * long line were cut off.
     */
    public static Optional<Organization> due(ClusterLedger ledger, Policy policy, Instant now) {
        if (ledger.places().size() >= policy.openCapacity()) {
            return Optional.empty();
        }
        return oldest(ledger.line(), new Tally(ledger.places(), policy, now))
                .map(Candidate::organization);
    }

    private void standIn(
            Map<Organization, Standing> line, Map<RunnerName, Place> places, List<Place> granted) {
        Standing before = line.get(organization);
        if (before != null && before.revision() > standing.revision()) {
            return;
        }
        List<LineEntry> entries = new ArrayList<>();
        for (LineEntry entry : standing.entries()) {
            Place held = places.get(entry.runner());
            if (held == null) {
                entries.add(entry);
            } else if (applicant.filter(entry.runner()::equals).isPresent()) {
                granted.add(held);
            }
        }
        if (entries.isEmpty()) {
            line.remove(organization);
        } else if (before == null || !before.entries().equals(entries)) {
            line.put(organization, new Standing(standing.revision(), entries));
        }
    }

    private static void serve(
            Map<Organization, Standing> line,
            Map<RunnerName, Place> places,
            List<Place> granted,
            Policy policy,
            Instant now) {
        int free = Math.min(GRANTS_MAX, policy.openCapacity() - places.size());
        if (free <= 0 || line.isEmpty()) {
            return;
        }
        Tally tally = new Tally(places, policy, now);
        for (int i = 0; i < free; i++) {
            Optional<Candidate> next = oldest(line, tally);
            if (next.isEmpty()) {
                return;
            }
            Place place = next.get().place(now);
            places.put(place.runner(), place);
            tally.add(place);
            granted.add(place);
            leave(line, next.get());
        }
    }

    private static Optional<Candidate> oldest(Map<Organization, Standing> line, Tally tally) {
        Candidate best = null;
        for (var standing : line.entrySet()) {
            if (!tally.mayGrow(standing.getKey())) {
                continue;
            }
            for (LineEntry entry : standing.getValue().entries()) {
                if ((best == null || entry.compareTo(best.entry()) < 0)
                        && tally.mayGrow(entry.runnerClass())) {
                    best = new Candidate(standing.getKey(), entry);
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private static void leave(Map<Organization, Standing> line, Candidate served) {
        line.computeIfPresent(
                served.organization(), (_, standing) -> standing.without(served.entry()));
    }

    private record Candidate(Organization organization, LineEntry entry) {
        Place place(Instant now) {
            return new Place(entry.runner(), organization, entry.runnerClass(), entry.job(), now);
        }
    }

    /** Places taken so far, by organization and by class. */
    private static final class Tally {
        private final Policy policy;
        private final Instant now;
        private final Map<Organization, Integer> byOrganization = new HashMap<>();
        private final Map<RunnerClassName, Integer> byClass = new HashMap<>();

        Tally(Map<RunnerName, Place> places, Policy policy, Instant now) {
            this.policy = policy;
            this.now = now;
            places.values().forEach(this::add);
        }

        void add(Place place) {
            byOrganization.merge(place.organization(), 1, Integer::sum);
            byClass.merge(place.runnerClass(), 1, Integer::sum);
        }

        boolean mayGrow(Organization organization) {
            return byOrganization.getOrDefault(organization, 0) < policy.limitOf(organization, now);
        }

        boolean mayGrow(RunnerClassName runnerClass) {
            return byClass.getOrDefault(runnerClass, 0) < policy.limitOf(runnerClass);
        }
    }
}
