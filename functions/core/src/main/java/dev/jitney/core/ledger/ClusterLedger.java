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
 * that wait below their limit, up to {@link LineBounds}, never with their backlogs.
 *
 * @param revision one more with each change
 * @param rebuild whether it may be believed; unless it is {@link Rebuild.Done} it grants nothing
 * @param places by runner; every lease of an organization has its place, and a place may be a step
 *     ahead of its lease or behind it
 * @param line by organization: the front of the line
 * @param overflow by class: what is known of those who stand further back; none while the whole
 *     line is in front
 */
public record ClusterLedger(
        long revision,
        Rebuild rebuild,
        Map<RunnerName, Place> places,
        Map<Organization, Standing> line,
        Map<RunnerClassName, Overflow> overflow) {

    /** What a store without a record means: nothing is known, so nothing may be granted. */
    public static final ClusterLedger LOST =
            new ClusterLedger(0, new Rebuild.Needed(), Map.of(), Map.of(), Map.of());

    /** Nothing runs and nobody waits. */
    public static final ClusterLedger EMPTY = new ClusterLedger(0, Map.of(), Map.of());

    public ClusterLedger {
        places = FixedMap.of(places);
        line = FixedMap.of(line);
        overflow = FixedMap.of(overflow);
    }

    /** A ledger that may be believed. */
    public ClusterLedger(
            long revision, Map<RunnerName, Place> places, Map<Organization, Standing> line) {
        this(revision, new Rebuild.Done(), places, line, Map.of());
    }

    /** Tells whether places may be granted. */
    public boolean isOpen() {
        return rebuild instanceof Rebuild.Done;
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

    /** Whether a job is too young for the front of the line. */
    public boolean isFurtherBack(LineEntry entry) {
        Overflow further = overflow.get(entry.runnerClass());
        return further != null && !entry.age().isOlderThan(further.from());
    }

    ClusterLedger with(RunnerClassName runnerClass, Overflow further) {
        Map<RunnerClassName, Overflow> all = new LinkedHashMap<>(overflow);
        all.put(runnerClass, further);
        return new ClusterLedger(revision + 1, rebuild, places, line, all);
    }

    /** This ledger as it will be when a place has been given back. */
    ClusterLedger without(RunnerName runner) {
        Map<RunnerName, Place> left = new LinkedHashMap<>(places);
        left.remove(runner);
        return new ClusterLedger(revision, rebuild, left, line, overflow);
    }
}
