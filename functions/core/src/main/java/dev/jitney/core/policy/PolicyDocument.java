package dev.jitney.core.policy;

import dev.jitney.core.Boost;
import dev.jitney.core.Capacity;
import dev.jitney.core.Organization;
import dev.jitney.core.Overrides;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClass;
import dev.jitney.core.ledger.Step;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What operators have decided, as it is stored: what it says wins over the functions' settings, and
 * what it leaves out is left to them.
 *
 * @param revision one more with each change
 * @param seeded whether what the deployment brings has been put in
 * @param room how many runners the nodes can hold, where the capacity follows them; no decision of
 *     an operator, and so in no log
 * @param draining nothing new anywhere
 * @param boosts in the order of logins; those that have ended go with the next change
 * @param log the last changes, the latest first, at most {@value #LOG_MAX}
 */
public record PolicyDocument(
        long revision,
        boolean seeded,
        PolicySettings settings,
        OptionalInt room,
        boolean draining,
        Map<Organization, Boost> boosts,
        List<AuditEntry> log) {

    /** Most changes remembered. */
    static final int LOG_MAX = 200;

    public static final PolicyDocument EMPTY =
            new PolicyDocument(
                    0, false, PolicySettings.NONE, OptionalInt.empty(), false, Map.of(), List.of());

    public PolicyDocument {
        boosts = Collections.unmodifiableMap(new TreeMap<>(boosts));
        log = List.copyOf(log);
    }

    /** What came of a change. */
    public enum Outcome {
        CHANGED,
        /** It holds already. */
        UNCHANGED
    }

    /**
     * Makes a change. Idempotent: the same change again, found by its id, changes nothing.
     *
     * @throws PolicyRefused when it makes no sense
     */
    public Step<PolicyDocument, Outcome> with(PolicyChange change) {
        if (log.stream().anyMatch(entry -> entry.id().equals(change.id()))) {
            return new Step<>(this, Outcome.CHANGED);
        }
        PolicyDraft draft = new PolicyDraft(this, change.when());
        draft.make(change.edit());
        return draft.isChanged()
                ? new Step<>(draft.done(change.audited(revision + 1)), Outcome.CHANGED)
                : new Step<>(this, Outcome.UNCHANGED);
    }

    /** The same with another number of runners that the nodes can hold. */
    public PolicyDocument withRoom(OptionalInt seen) {
        return seen.equals(room)
                ? this
                : new PolicyDocument(revision, seeded, settings, seen, draining, boosts, log);
    }

    /** What decisions ask, with these settings where the document says nothing. */
    public Policy over(Policy configured) {
        return over(configured, new Capacity.Fixed(configured.capacity()));
    }

    /** The same where the capacity may follow the nodes. */
    public Policy over(Policy configured, Capacity capacity) {
        return new Policy(
                settings.capacity().orElseGet(() -> capacity.of(room)),
                settings.organizationLimit().orElse(configured.organizationLimit()),
                configured.classes().stream().map(this::limited).toList(),
                overrides());
    }

    private RunnerClass limited(RunnerClass configured) {
        return configured.withLimit(
                settings.classLimits().getOrDefault(configured.name(), configured.limit()));
    }

    private Overrides overrides() {
        return new Overrides(
                draining,
                settings.allowed(),
                settings.denied(),
                settings.frozen(),
                settings.frozenClasses(),
                settings.limits(),
                boosts);
    }

    /** The boosts that have not ended. */
    public Map<Organization, Boost> boostsAt(Instant now) {
        Map<Organization, Boost> running = new TreeMap<>(boosts);
        running.values().removeIf(boost -> !boost.holdsAt(now));
        return running;
    }
}
