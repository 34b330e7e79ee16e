package dev.jitney.standalone.demo;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is seen of one organization at a moment. Changed by {@link Observation} only. */
final class OrganizationSeen {
    private final int limit;

    /** Pods that exist and have not ended, and the job in the name of each. */
    private final Map<String, Long> pods = new HashMap<>();

    private final Set<String> registrations = new HashSet<>();

    /** Runners asked for, by job, that have had no pod yet. */
    private final Map<Long, String> asked = new HashMap<>();

    /** Runners that have taken a job. */
    private final Set<String> busy = new HashSet<>();

    /** Jobs whose webhook was accepted and that wait, oldest first. */
    private final NavigableSet<JobSeen> waiting = new TreeSet<>(JobSeen.BY_AGE);

    private final Map<Long, JobSeen> waitingById = new HashMap<>();
    private @Nullable Instant belowLimitSince = Instant.EPOCH;
    private int peak;

    OrganizationSeen(int limit) {
        this.limit = limit;
    }

    // What happens.

    void waits(JobSeen job) {
        waiting.add(job);
        waitingById.put(job.id, job);
    }

    void waitsNoMore(JobSeen job) {
        waiting.remove(job);
        waitingById.remove(job.id);
        asked.remove(job.id);
    }

    void asked(long job, String runner) {
        if (!pods.containsKey(runner)) {
            asked.put(job, runner);
        }
    }

    void registered(String runner) {
        registrations.add(runner);
    }

    void removed(String runner) {
        registrations.remove(runner);
    }

    void podMade(String runner, long job) {
        pods.put(runner, job);
        asked.remove(job, runner);
        peak = Math.max(peak, pods.size());
    }

    /** Returns whether it counted until now. */
    boolean podEnded(String runner) {
        busy.remove(runner);
        return pods.remove(runner) != null;
    }

    void tookJob(String runner) {
        busy.add(runner);
    }

    /** To be called after each change. */
    void note(Instant now) {
        if (used() >= limit) {
            belowLimitSince = null;
        } else if (belowLimitSince == null) {
            belowLimitSince = now;
        }
    }

    // What follows from it.

    int peak() {
        return peak;
    }

    int pods() {
        return pods.size();
    }

    /** Runners there are: pods that have not ended and registrations, each name once. */
    int runners() {
        Set<String> names = new HashSet<>(registrations);
        names.addAll(pods.keySet());
        return names.size();
    }

    /** Runners there are and those asked for. */
    int used() {
        Set<String> names = new HashSet<>(registrations);
        names.addAll(pods.keySet());
        names.addAll(asked.values());
        return names.size();
    }

    boolean hasBeenBelowLimitSince(Instant moment) {
        return belowLimitSince != null && !belowLimitSince.isAfter(moment);
    }

    /** Jobs that wait and that no runner is seen for. */
    int unserved() {
        int count = (int) waiting.stream().filter(job -> job.askedAt == null).count();
        return Math.max(0, count - spares());
    }

    /** The oldest job that waits and that no runner is seen for. */
    Optional<JobSeen> oldestUnserved() {
        int skip = spares();
        for (Iterator<JobSeen> jobs = waiting.iterator(); jobs.hasNext(); ) {
            JobSeen job = jobs.next();
            if (job.askedAt == null && skip-- <= 0) {
                return Optional.of(job);
            }
        }
        return Optional.empty();
    }

    /** Idle runners whose own job no longer waits, so that they are there for another one. */
    private int spares() {
        return (int)
                pods.entrySet().stream()
                        .filter(pod -> !busy.contains(pod.getKey()))
                        .filter(pod -> !waitingById.containsKey(pod.getValue()))
                        .count();
    }
}
