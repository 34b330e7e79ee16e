package dev.jitney.core.policy;

import dev.jitney.core.Boost;
import dev.jitney.core.Organization;
import dev.jitney.core.OrganizationPattern;
import dev.jitney.core.RunnerClassName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/** A document in the making; lives inside one change only. */
final class PolicyDraft {
    /** Longer than this a boost is a limit. */
    private static final Duration BOOST_LONGEST = Duration.ofDays(31);

    /** The document is read with every event, so it stays small. */
    private static final int NAMES_MAX = 2_000;

    private final PolicyDocument before;
    private final Instant now;
    private boolean seeded;
    private boolean draining;
    private OptionalInt capacity;
    private OptionalInt organizationLimit;
    private final TreeMap<RunnerClassName, Integer> classLimits;
    private final TreeMap<Organization, Integer> limits;
    private final TreeSet<OrganizationPattern> allowed;
    private final TreeSet<OrganizationPattern> denied;
    private final TreeSet<OrganizationPattern> frozen;
    private final TreeSet<RunnerClassName> frozenClasses;
    private final TreeMap<Organization, Boost> boosts;

    PolicyDraft(PolicyDocument before, Instant now) {
        PolicySettings settings = before.settings();
        this.before = before;
        this.now = now;
        this.seeded = before.seeded();
        this.draining = before.draining();
        this.capacity = settings.capacity();
        this.organizationLimit = settings.organizationLimit();
        this.classLimits = new TreeMap<>(settings.classLimits());
        this.limits = new TreeMap<>(settings.limits());
        this.allowed = new TreeSet<>(settings.allowed());
        this.denied = new TreeSet<>(settings.denied());
        this.frozen = new TreeSet<>(settings.frozen());
        this.frozenClasses = new TreeSet<>(settings.frozenClasses());
        this.boosts = new TreeMap<>(before.boosts());
    }

    void make(PolicyEdit edit) {
        switch (edit) {
            case PolicyEdit.SetCapacity(OptionalInt number) -> capacity = number;
            case PolicyEdit.SetOrganizationLimit(OptionalInt limit) -> organizationLimit = limit;
            case PolicyEdit.SetLimit(Organization organization, OptionalInt limit) ->
                    put(limits, organization, limit);
            case PolicyEdit.SetClassLimit(RunnerClassName runnerClass, OptionalInt limit) ->
                    put(classLimits, runnerClass, limit);
            case PolicyEdit.Freeze(OrganizationPattern organizations) -> frozen.add(organizations);
            case PolicyEdit.FreezeClass(RunnerClassName name) -> frozenClasses.add(name);
            case PolicyEdit.Unfreeze(OrganizationPattern organizations) -> unfreeze(organizations);
            case PolicyEdit.UnfreezeClass(RunnerClassName name) ->
                    require(frozenClasses.remove(name), "class " + name + " is not frozen");
            case PolicyEdit.Boost(Organization organization, int limit, Instant until) ->
                    boost(organization, new Boost(limit, until));
            case PolicyEdit.EndBoost(Organization organization) -> endBoost(organization);
            case PolicyEdit.Allow(OrganizationPattern organizations) -> allow(organizations);
            case PolicyEdit.Deny(OrganizationPattern organizations) -> denied.add(organizations);
            case PolicyEdit.Drain() -> draining = true;
            case PolicyEdit.Resume() -> {
                require(draining, "nothing is being drained");
                draining = false;
            }
            case PolicyEdit.Apply(PolicySettings settings, _) -> {
                clear();
                add(settings);
                seeded = true;
            }
            case PolicyEdit.Seed(PolicySettings settings) -> {
                add(settings);
                seeded = true;
            }
        }
        check();
    }

    private static <K> void put(Map<K, Integer> map, K key, OptionalInt limit) {
        if (limit.isPresent()) {
            map.put(key, limit.getAsInt());
        } else {
            map.remove(key);
        }
    }

    private void unfreeze(OrganizationPattern organizations) {
        if (frozen.remove(organizations)) {
            return;
        }
        if (organizations.text().indexOf('*') < 0) {
            Organization organization = new Organization(organizations.text());
            Optional<OrganizationPattern> by =
                    frozen.stream().filter(each -> each.matches(organization)).findFirst();
            require(
                    by.isEmpty(),
                    organization
                            + " is frozen by "
                            + by.map(OrganizationPattern::text).orElse("")
                            + "; unfreeze that, and freeze what shall stay frozen");
        }
        throw new PolicyRefused(organizations + " is not frozen");
    }

    private void boost(Organization organization, Boost boost) {
        require(boost.holdsAt(now), "the boost would have ended already");
        require(
                !boost.until().isAfter(now.plus(BOOST_LONGEST)),
                "a boost lasts at most 31 days; for longer, set the limit of the organization");
        boosts.put(organization, boost);
    }

    private void endBoost(Organization organization) {
        Boost boost = boosts.remove(organization);
        require(boost != null && boost.holdsAt(now), organization + " has no boost");
    }

    private void allow(OrganizationPattern organizations) {
        if (denied.remove(organizations)) {
            return;
        }
        if (organizations.equals(OrganizationPattern.EVERY)) {
            allowed.clear();
        } else {
            allowed.add(organizations);
        }
    }

    private void clear() {
        capacity = OptionalInt.empty();
        organizationLimit = OptionalInt.empty();
        classLimits.clear();
        limits.clear();
        allowed.clear();
        denied.clear();
        frozen.clear();
        frozenClasses.clear();
    }

    /** What is there stays. */
    private void add(PolicySettings settings) {
        capacity = capacity.isPresent() ? capacity : settings.capacity();
        organizationLimit =
                organizationLimit.isPresent() ? organizationLimit : settings.organizationLimit();
        settings.classLimits().forEach(classLimits::putIfAbsent);
        settings.limits().forEach(limits::putIfAbsent);
        allowed.addAll(settings.allowed());
        denied.addAll(settings.denied());
        frozen.addAll(settings.frozen());
        frozenClasses.addAll(settings.frozenClasses());
        allowed.remove(OrganizationPattern.EVERY);
    }

    private void check() {
        for (Collection<?> names :
                List.of(
                        limits.keySet(),
                        classLimits.keySet(),
                        allowed,
                        denied,
                        frozen,
                        boosts.keySet())) {
            require(
                    names.size() <= NAMES_MAX,
                    "more than " + NAMES_MAX + " names of one kind; use patterns");
        }
    }

    private static void require(boolean sense, String otherwise) {
        if (!sense) {
            throw new PolicyRefused(otherwise);
        }
    }

    boolean isChanged() {
        return seeded != before.seeded()
                || draining != before.draining()
                || !boosts.equals(before.boosts())
                || !settings().equals(before.settings());
    }

    PolicyDocument done(AuditEntry entry) {
        boosts.values().removeIf(boost -> !boost.holdsAt(now));
        List<AuditEntry> log = new ArrayList<>(List.of(entry));
        log.addAll(before.log());
        return new PolicyDocument(
                entry.revision(),
                seeded,
                settings(),
                before.room(),
                draining,
                boosts,
                log.subList(0, Math.min(log.size(), PolicyDocument.LOG_MAX)));
    }

    private PolicySettings settings() {
        return new PolicySettings(
                capacity,
                organizationLimit,
                classLimits,
                limits,
                List.copyOf(allowed),
                List.copyOf(denied),
                List.copyOf(frozen),
                List.copyOf(frozenClasses));
    }
}
