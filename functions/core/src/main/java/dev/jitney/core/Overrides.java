package dev.jitney.core;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What operators have decided about single organizations and classes, and about everything at once,
 * on top of the plain limits. Whatever stops something wins: draining over all, deny over allow,
 * frozen over any limit.
 *
 * @param draining nothing new anywhere
 * @param allowed when not empty, only these organizations get runners
 * @param denied these organizations get none
 * @param frozen these organizations get nothing new for now
 * @param frozenClasses these classes get nothing new for now
 * @param limits most runners of one organization, where it differs from everybody's
 * @param boosts higher limits that end by themselves
 */
public record Overrides(
        boolean draining,
        List<OrganizationPattern> allowed,
        List<OrganizationPattern> denied,
        List<OrganizationPattern> frozen,
        List<RunnerClassName> frozenClasses,
        Map<Organization, Integer> limits,
        Map<Organization, Boost> boosts) {

    public static final Overrides NONE =
            new Overrides(false, List.of(), List.of(), List.of(), List.of(), Map.of(), Map.of());

    public Overrides {
        allowed = List.copyOf(allowed);
        denied = List.copyOf(denied);
        frozen = List.copyOf(frozen);
        frozenClasses = List.copyOf(frozenClasses);
        limits = Collections.unmodifiableMap(new LinkedHashMap<>(limits));
        boosts = Collections.unmodifiableMap(new LinkedHashMap<>(boosts));
        limits.forEach(
                (organization, limit) -> {
                    if (limit < 0) {
                        throw new IllegalArgumentException(
                                "limit of " + organization + " is negative: " + limit);
                    }
                });
    }

    boolean admits(Organization organization) {
        return (allowed.isEmpty() || anyMatches(allowed, organization))
                && !anyMatches(denied, organization);
    }

    boolean isFrozen(Organization organization) {
        return anyMatches(frozen, organization);
    }

    boolean isFrozen(RunnerClassName runnerClass) {
        return frozenClasses.contains(runnerClass);
    }

    /**
     * The limit of an organization that is neither frozen nor denied.
     *
     * @param otherwise everybody's limit
     */
    int limitOf(Organization organization, int otherwise, Instant now) {
        int limit = limits.getOrDefault(organization, otherwise);
        Boost boost = boosts.get(organization);
        return boost != null && boost.holdsAt(now) ? Math.max(limit, boost.limit()) : limit;
    }

    private static boolean anyMatches(
            List<OrganizationPattern> patterns, Organization organization) {
        return patterns.stream().anyMatch(each -> each.matches(organization));
    }
}
