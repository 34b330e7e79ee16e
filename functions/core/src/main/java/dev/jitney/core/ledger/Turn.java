package dev.jitney.core.ledger;

import dev.jitney.core.Organization;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerName;
import java.time.Instant;
import java.util.List;
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
        return take(ledger, policy, LineBounds.STANDARD, now);
    }

    /** The same with another length of the line's front. */
    public Step<ClusterLedger, List<Place>> take(
            ClusterLedger ledger, Policy policy, LineBounds bounds, Instant now) {
        LineEdit edit = new LineEdit(ledger, policy, bounds, now);
        release.ifPresent(edit::release);
        edit.standIn(organization, standing, applicant);
        edit.serve();
        return edit.done();
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
        return LineEdit.oldest(ledger, policy, now).map(LineEdit.Candidate::organization);
    }
}
