package dev.jitney.core.ledger;

import dev.jitney.core.Organization;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.RunnerName;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The truth about the cluster: which runners hold its places, and who stands in line for one.
 *
 * <p>Capacity, class limits and the order over all organizations hold here: giving a place back and
 * granting it to the next in line is one replace. It grows with capacity and with organizations
 * that wait below their limit, never with their backlogs.
 *
 * @param revision one more with each change
 * @param places by runner; every lease of an organization has its place, and a place may be a step
 *     ahead of its lease or behind it
 * @param line by organization
 */
public record ClusterLedger(
        long revision, Map<RunnerName, Place> places, Map<Organization, Standing> line) {

    public static final ClusterLedger EMPTY = new ClusterLedger(0, Map.of(), Map.of());

    public ClusterLedger {
        places = FixedMap.of(places);
        line = FixedMap.of(line);
    }

    public int placesOf(RunnerClassName runnerClass) {
        return (int)
                places.values().stream()
                        .filter(place -> place.runnerClass().equals(runnerClass))
                        .count();
    }

    public int placesOf(Organization organization) {
        return (int)
                places.values().stream()
                        .filter(place -> place.organization().equals(organization))
                        .count();
    }

    /** This ledger as it will be when a place has been given back. */
    ClusterLedger without(RunnerName runner) {
        Map<RunnerName, Place> left = new LinkedHashMap<>(places);
        left.remove(runner);
        return new ClusterLedger(revision, left, line);
    }
}
