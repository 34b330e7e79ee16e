package dev.jitney.core;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What the operators allow, and the one thing that decisions ask.
 *
 * <p>It is a value: a decision uses one from beginning to end. A limit that was lowered below what
 * runs ends nothing; nothing new starts until enough has ended.
 *
 * @param capacity most runners of the whole cluster at the same time; 0 stops everything new. Ask
 *     {@link #openCapacity()}, which knows of maintenance too
 * @param organizationLimit most runners of one organization at the same time, over all classes,
 *     unless an override says otherwise. Ask {@link #limitOf(Organization, Instant)}
 * @param classes in order of preference: the first that serves a job's labels takes it
 * @param overrides what differs for single organizations and classes
 */
public record Policy(
        int capacity, int organizationLimit, List<RunnerClass> classes, Overrides overrides) {
    public Policy {
        if (capacity < 0) {
            throw new IllegalArgumentException("capacity is negative: " + capacity);
        }
        if (organizationLimit < 0) {
            throw new IllegalArgumentException(
                    "limit per organization is negative: " + organizationLimit);
        }
        classes = List.copyOf(classes);
    }

    /** The plain case: the same for all organizations. */
    public Policy(int capacity, int organizationLimit, List<RunnerClass> classes) {
        this(capacity, organizationLimit, classes, Overrides.NONE);
    }

    /** Most runners of the whole cluster for now: none beyond what runs while draining. */
    public int openCapacity() {
        return overrides.draining() ? 0 : capacity;
    }

    /** Most runners of an organization now; 0 while it is frozen or denied. */
    public int limitOf(Organization organization, Instant now) {
        return heldBy(organization) == Held.NONE
                ? overrides.limitOf(organization, organizationLimit, now)
                : 0;
    }

    /** Whether an organization may have runners at all: the jobs of others are left alone. */
    public boolean admits(Organization organization) {
        return overrides.admits(organization);
    }

    /**
     * What keeps an organization from anything new, whatever runs; {@link Held#NONE} if nothing.
     */
    public Held heldBy(Organization organization) {
        if (!overrides.admits(organization)) {
            return Held.DENIED;
        }
        return overrides.isFrozen(organization) ? Held.FROZEN : Held.NONE;
    }

    /** What keeps a class from anything new, whatever runs; {@link Held#NONE} if nothing. */
    public Held heldBy(RunnerClassName runnerClass) {
        return overrides.isFrozen(runnerClass) ? Held.FROZEN : Held.NONE;
    }

    /** What keeps everything new from starting, whatever runs; {@link Held#NONE} if nothing. */
    public Held heldByMaintenance() {
        return overrides.draining() ? Held.DRAINING : Held.NONE;
    }

    public Optional<RunnerClass> classFor(Collection<String> runsOn) {
        return classes.stream().filter(each -> each.serves(runsOn)).findFirst();
    }

    public Optional<RunnerClass> classNamed(RunnerClassName name) {
        return classes.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /**
     * Most runners of a class now; 0 while it is frozen. A class that was taken out of the policy
     * admits nothing new.
     */
    public int limitOf(RunnerClassName name) {
        if (heldBy(name) != Held.NONE) {
            return 0;
        }
        return classNamed(name).map(RunnerClass::limit).orElse(0);
    }
}
