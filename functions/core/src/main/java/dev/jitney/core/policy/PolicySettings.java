package dev.jitney.core.policy;

import dev.jitney.core.Organization;
import dev.jitney.core.OrganizationPattern;
import dev.jitney.core.RunnerClassName;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What a policy file can say: everything but boosts and maintenance, which are of the moment.
 *
 * @param capacity most runners of the cluster; empty leaves it to the functions' settings
 * @param organizationLimit most runners of an organization; empty as above
 * @param classLimits most runners of a class, in the order of names; a class that is not here has
 *     the limit of the functions' settings
 * @param limits of single organizations, in the order of logins
 * @param allowed when not empty, only these organizations get runners
 * @param denied these organizations get none
 * @param frozen these organizations get nothing new
 * @param frozenClasses these classes get nothing new
 */
public record PolicySettings(
        OptionalInt capacity,
        OptionalInt organizationLimit,
        Map<RunnerClassName, Integer> classLimits,
        Map<Organization, Integer> limits,
        List<OrganizationPattern> allowed,
        List<OrganizationPattern> denied,
        List<OrganizationPattern> frozen,
        List<RunnerClassName> frozenClasses) {

    /** Says nothing, so that the functions' settings hold. */
    public static final PolicySettings NONE =
            new PolicySettings(
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    Map.of(),
                    Map.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of());

    /**
     * @throws IllegalArgumentException for a negative limit
     */
    public PolicySettings {
        classLimits = Collections.unmodifiableMap(new TreeMap<>(classLimits));
        limits = Collections.unmodifiableMap(new TreeMap<>(limits));
        allowed = inOrder(allowed);
        denied = inOrder(denied);
        frozen = inOrder(frozen);
        frozenClasses = inOrder(frozenClasses);
        capacity.ifPresent(value -> count("capacity", value));
        organizationLimit.ifPresent(value -> count("the limit per organization", value));
        classLimits.forEach((name, value) -> count("the limit of class " + name, value));
        limits.forEach((name, value) -> count("the limit of " + name, value));
    }

    private static <T extends Comparable<T>> List<T> inOrder(List<T> names) {
        return names.stream().distinct().sorted().toList();
    }

    static int count(String what, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(what + " is " + value + "; write a number from 0");
        }
        return value;
    }
}
