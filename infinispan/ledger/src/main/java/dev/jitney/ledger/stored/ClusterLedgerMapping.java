package dev.jitney.ledger.stored;

import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.RunnerName;
import dev.jitney.core.ledger.ClusterLedger;
import dev.jitney.core.ledger.LineEntry;
import dev.jitney.core.ledger.Overflow;
import dev.jitney.core.ledger.Place;
import dev.jitney.core.ledger.Rebuild;
import dev.jitney.core.ledger.Standing;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The cluster's ledger to its stored form and back, without loss. */
public final class ClusterLedgerMapping {
    private ClusterLedgerMapping() {}

    public static StoredClusterLedger toStored(ClusterLedger ledger) {
        return new StoredClusterLedger(
                LedgerSchema.VERSION,
                ledger.revision(),
                ledger.places().values().stream().map(ClusterLedgerMapping::toStored).toList(),
                ledger.line().entrySet().stream()
                        .map(standing -> toStored(standing.getKey(), standing.getValue()))
                        .toList(),
                rebuildSince(ledger.rebuild()),
                ledger.overflow().entrySet().stream()
                        .map(each -> PageMapping.toStored(each.getKey(), each.getValue()))
                        .toList());
    }

    /** A ledger that is {@link Rebuild.Needed} has no record; it is begun as it is written. */
    private static long rebuildSince(Rebuild rebuild) {
        return switch (rebuild) {
            case Rebuild.Done() -> 0;
            case Rebuild.Begun(Instant since) -> Nanos.of(since);
            case Rebuild.Needed() ->
                    throw new IllegalArgumentException("a ledger is stored before it has begun");
        };
    }

    /**
     * The record that was stored.
     *
     * @throws IllegalArgumentException when the record holds what no version of the core accepts
     */
    public static ClusterLedger fromStored(StoredClusterLedger stored) {
        Map<RunnerName, Place> places = new LinkedHashMap<>();
        for (StoredPlace each : stored.places()) {
            Place place = fromStored(each);
            places.put(place.runner(), place);
        }
        Map<Organization, Standing> line = new LinkedHashMap<>();
        for (StoredStanding each : stored.line()) {
            line.put(new Organization(each.organization()), fromStored(each));
        }
        Rebuild rebuild =
                stored.rebuildSince() == 0
                        ? new Rebuild.Done()
                        : new Rebuild.Begun(Nanos.toInstant(stored.rebuildSince()));
        Map<RunnerClassName, Overflow> overflow = new LinkedHashMap<>();
        for (StoredOverflow each : stored.overflow()) {
            overflow.put(new RunnerClassName(each.runnerClass()), PageMapping.fromStored(each));
        }
        return new ClusterLedger(stored.revision(), rebuild, places, line, overflow);
    }

    private static StoredPlace toStored(Place place) {
        return new StoredPlace(
                place.runner().value(),
                place.organization().login(),
                place.runnerClass().value(),
                place.job().value(),
                Nanos.of(place.since()));
    }

    private static Place fromStored(StoredPlace stored) {
        return new Place(
                new RunnerName(stored.runner()),
                new Organization(stored.organization()),
                new RunnerClassName(stored.runnerClass()),
                new JobId(stored.job()),
                Nanos.toInstant(stored.since()));
    }

    private static StoredStanding toStored(Organization organization, Standing standing) {
        return new StoredStanding(
                organization.login(),
                standing.revision(),
                standing.entries().stream().map(ClusterLedgerMapping::toStored).toList());
    }

    private static Standing fromStored(StoredStanding stored) {
        return new Standing(
                stored.revision(),
                stored.entries().stream().map(ClusterLedgerMapping::fromStored).toList());
    }

    private static StoredLineEntry toStored(LineEntry entry) {
        return new StoredLineEntry(
                entry.job().value(),
                entry.runnerClass().value(),
                Nanos.of(entry.createdAt()),
                entry.runner().value());
    }

    private static LineEntry fromStored(StoredLineEntry stored) {
        return new LineEntry(
                new JobId(stored.job()),
                new RunnerClassName(stored.runnerClass()),
                Nanos.toInstant(stored.createdAt()),
                new RunnerName(stored.runner()));
    }
}
