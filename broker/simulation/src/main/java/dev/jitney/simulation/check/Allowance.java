package dev.jitney.simulation.check;

import dev.jitney.core.Organization;
import dev.jitney.core.Overrides;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClassName;
import dev.jitney.simulation.engine.Nanos;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * What operators allow, and allowed a short while ago.
 *
 * <p>A function may act on a policy that it read a moment before a change. So what is too much must
 * be too much by every policy of that while, and what a job may have it must have by every one.
 */
public final class Allowance {
    /** While the store is silent a reading is good for 30 s, and a delivery has 30 s. */
    static final long LATE = Nanos.MINUTE;

    private final List<Policy> lately = new ArrayList<>();
    private int everMost;
    private int everCapacity;

    public Allowance(Policy policy) {
        lately.add(policy);
        remember(policy);
    }

    /** From now on another policy holds; {@link #forget} is due after {@link #LATE}. */
    void change(Policy policy) {
        lately.add(policy);
        remember(policy);
    }

    /** The oldest of the policies does not count any more. */
    void forget() {
        lately.removeFirst();
    }

    private void remember(Policy policy) {
        everCapacity = Math.max(everCapacity, policy.capacity());
        everMost = Math.max(everMost, policy.organizationLimit());
        for (int limit : policy.overrides().limits().values()) {
            everMost = Math.max(everMost, limit);
        }
    }

    /** The most that an organization may have. */
    int most(Organization organization) {
        return most(policy -> limit(policy, organization));
    }

    /** What an organization may have for certain. */
    int least(Organization organization) {
        return least(policy -> limit(policy, organization));
    }

    /** Said once more here: what the code that is checked takes for the limit may be wrong. */
    private static int limit(Policy policy, Organization organization) {
        Overrides overrides = policy.overrides();
        return overrides.frozen().stream().anyMatch(each -> each.matches(organization))
                ? 0
                : overrides.limits().getOrDefault(organization, policy.organizationLimit());
    }

    private static int capacity(Policy policy) {
        return policy.overrides().draining() ? 0 : policy.capacity();
    }

    int capacityMost() {
        return most(Allowance::capacity);
    }

    int capacityLeast() {
        return least(Allowance::capacity);
    }

    int most(RunnerClassName runnerClass) {
        return most(policy -> policy.limitOf(runnerClass));
    }

    int least(RunnerClassName runnerClass) {
        return least(policy -> policy.limitOf(runnerClass));
    }

    /** The most that any organization was ever allowed. */
    int everMost() {
        return everMost;
    }

    /** The most that the cluster was ever allowed. */
    int everCapacity() {
        return everCapacity;
    }

    private int most(ToIntFunction<Policy> number) {
        int most = 0;
        for (Policy policy : lately) {
            most = Math.max(most, number.applyAsInt(policy));
        }
        return most;
    }

    private int least(ToIntFunction<Policy> number) {
        int least = Integer.MAX_VALUE;
        for (Policy policy : lately) {
            least = Math.min(least, number.applyAsInt(policy));
        }
        return least;
    }
}
