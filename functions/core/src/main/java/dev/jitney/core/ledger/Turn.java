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
        Draft draft = new Draft(ledger);
        List<Place> granted = new ArrayList<>();
        release.ifPresent(draft::release);
        standIn(draft, granted);
        serve(draft, granted, policy, now);
        return new Step<>(draft.done(), granted);
    }

    private void standIn(Draft draft, List<Place> granted) {
        Standing before = draft.line().get(organization);
        if (before != null && before.revision() > standing.revision()) {
            return;
        }
        List<LineEntry> entries = new ArrayList<>();
        for (LineEntry entry : standing.entries()) {
            Place held = draft.places().get(entry.runner());
            if (held == null) {
                entries.add(entry);
            } else if (applicant.filter(entry.runner()::equals).isPresent()) {
                granted.add(held);
            }
        }
        if (before == null ? !entries.isEmpty() : !before.entries().equals(entries)) {
            draft.stand(organization, new Standing(standing.revision(), entries));
        }
    }

    private static void serve(Draft draft, List<Place> granted, Policy policy, Instant now) {
        int free = Math.min(GRANTS_MAX, policy.capacity() - draft.places().size());
        if (free <= 0 || draft.line().isEmpty()) {
            return;
        }
        Tally tally = new Tally(draft.places(), policy);
        for (int i = 0; i < free; i++) {
            Optional<Candidate> next = oldest(draft.line(), tally);
            if (next.isEmpty()) {
                return;
            }
            Place place = next.get().place(now);
            draft.grant(place, next.get().entry());
            tally.add(place);
            granted.add(place);
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

    private record Candidate(Organization organization, LineEntry entry) {
        Place place(Instant now) {
            return new Place(entry.runner(), organization, entry.runnerClass(), entry.job(), now);
        }
    }

    /** The ledger in the making: copies of it only what changes. */
    private static final class Draft {
        private final ClusterLedger before;
        private Map<RunnerName, Place> places;
        private Map<Organization, Standing> line;

        Draft(ClusterLedger before) {
            this.before = before;
            this.places = before.places();
            this.line = before.line();
        }

        Map<RunnerName, Place> places() {
            return places;
        }

        Map<Organization, Standing> line() {
            return line;
        }

        void release(RunnerName runner) {
            if (places.containsKey(runner)) {
                ownPlaces().remove(runner);
            }
        }

        /** Without entries it leaves the line. */
        void stand(Organization organization, Standing standing) {
            if (standing.entries().isEmpty()) {
                ownLine().remove(organization);
            } else {
                ownLine().put(organization, standing);
            }
        }

        void grant(Place place, LineEntry served) {
            ownPlaces().put(place.runner(), place);
            Map<Organization, Standing> own = ownLine();
            own.computeIfPresent(place.organization(), (_, standing) -> standing.without(served));
        }

        private Map<RunnerName, Place> ownPlaces() {
            if (isUntouched(places, before.places())) {
                places = new LinkedHashMap<>(places);
            }
            return places;
        }

        private Map<Organization, Standing> ownLine() {
            if (isUntouched(line, before.line())) {
                line = new LinkedHashMap<>(line);
            }
            return line;
        }

        /** The very same record when nothing was touched: {@link Step}. */
        ClusterLedger done() {
            return isUntouched(places, before.places()) && isUntouched(line, before.line())
                    ? before
                    : new ClusterLedger(before.revision() + 1, places, line);
        }

        @SuppressWarnings("ReferenceEquality")
        private static boolean isUntouched(Object now, Object before) {
            return now == before;
        }
    }

    /** Places taken so far, by organization and by class. */
    private static final class Tally {
        private final Policy policy;
        private final Map<Organization, Integer> byOrganization = new HashMap<>();
        private final Map<RunnerClassName, Integer> byClass = new HashMap<>();

        Tally(Map<RunnerName, Place> places, Policy policy) {
            this.policy = policy;
            places.values().forEach(this::add);
        }

        void add(Place place) {
            byOrganization.merge(place.organization(), 1, Integer::sum);
            byClass.merge(place.runnerClass(), 1, Integer::sum);
        }

        boolean mayGrow(Organization organization) {
            return byOrganization.getOrDefault(organization, 0) < policy.organizationLimit();
        }

        boolean mayGrow(RunnerClassName runnerClass) {
            return byClass.getOrDefault(runnerClass, 0) < policy.limitOf(runnerClass);
        }
    }
}
