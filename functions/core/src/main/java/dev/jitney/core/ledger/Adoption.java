package dev.jitney.core.ledger;

import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.RunnerName;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes runners in that live without a record, so that they count: after the store lost everything,
 * and whenever a pod is found that nobody stands for. First the organization's ledger, which lets
 * events find the lease, then the cluster's. Limits are not asked: what lives, lives, and an
 * organization that has too many gets no new ones until it is below.
 */
public final class Adoption {
    private Adoption() {}

    /**
     * Writes down a lease for a runner that lives. Idempotent; a lease that is there already is
     * better than one that was guessed, and is kept. A job that another lease serves is served by
     * that one only, and one that has ended by none, unless this runner is seen at work on it: else
     * it is to retire.
     */
    public static Step<OrgLedger, Lease> adopted(OrgLedger ledger, Lease found, Instant now) {
        Optional<Lease> known = ledger.lease(found.runner());
        if (known.isPresent()) {
            return new Step<>(ledger, known.get());
        }
        Lease lease = isNeeded(ledger, found) ? found : found.in(LeaseState.RETIRING, now);
        return new Step<>(new OrgEdit(ledger, now).adopt(lease).done(), lease);
    }

    /** That a runner not known was at work on a job is written down as the end of the job. */
    private static boolean isNeeded(OrgLedger ledger, Lease found) {
        JobId job = found.job().id();
        boolean ended = ledger.isFinished(job) && found.state() != LeaseState.BUSY;
        return !ended && ledger.leaseServing(job).isEmpty();
    }

    /** The loss is noticed: from now on it is known since when. Idempotent. */
    public static ClusterLedger begun(ClusterLedger ledger, Instant now) {
        return ledger.rebuild() instanceof Rebuild.Needed
                ? new ClusterLedger(
                        ledger.revision() + 1,
                        new Rebuild.Begun(now),
                        ledger.places(),
                        ledger.line(),
                        ledger.overflow())
                : ledger;
    }

    /**
     * Every runner that lives is known: the ledger may be believed again. Idempotent; once it is
     * open, nothing that was counted for the rebuild is added any more.
     */
    public static ClusterLedger opened(ClusterLedger ledger, Collection<Place> counted) {
        return ledger.isOpen()
                ? ledger
                : new ClusterLedger(
                        ledger.revision() + 1,
                        new Rebuild.Done(),
                        with(ledger.places(), counted),
                        without(ledger.line(), counted),
                        ledger.overflow());
    }

    /** A runner that was found has its place. Idempotent; a rebuild counts it by itself. */
    public static ClusterLedger placed(ClusterLedger ledger, Place found) {
        return !ledger.isOpen() || ledger.places().containsKey(found.runner())
                ? ledger
                : new ClusterLedger(
                        ledger.revision() + 1,
                        ledger.rebuild(),
                        with(ledger.places(), List.of(found)),
                        without(ledger.line(), List.of(found)),
                        ledger.overflow());
    }

    private static Map<RunnerName, Place> with(
            Map<RunnerName, Place> places, Collection<Place> more) {
        Map<RunnerName, Place> all = new LinkedHashMap<>(places);
        more.forEach(place -> all.putIfAbsent(place.runner(), place));
        return all;
    }

    /** Who has a place by being counted stands in line no more, or it would be granted again. */
    private static Map<Organization, Standing> without(
            Map<Organization, Standing> line, Collection<Place> counted) {
        Map<Organization, Standing> left = new LinkedHashMap<>(line);
        counted.forEach(
                place ->
                        left.computeIfPresent(
                                place.organization(),
                                (_, standing) -> standing.without(place.runner())));
        return left;
    }
}
