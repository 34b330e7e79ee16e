package dev.jitney.standalone.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What GHES and Kubernetes see of a system, and what follows from it. Nothing in here comes from
 * the system's own records.
 *
 * <h2>Violations</h2>
 *
 * One is counted whenever a pod or a registration comes into being and then the organization has
 * more runners than its limit, or the cluster more pods than its capacity. A runner is a name with
 * a pod that has not ended, or with a registration, or both.
 *
 * <h2>Inversions</h2>
 *
 * An inversion is a pod made for an organization X although another organization Y was to be served
 * first. It is judged when the JIT configuration of X's runner is first asked for, because that is
 * the first sign of the decision that anybody outside can see (what delays the pod after it, such
 * as a refusal of Kubernetes, changes no order), and counted when the pod is made. Y was to be
 * served first if, at that moment,
 *
 * <ol>
 *   <li>Y has a job older than the one that names X's runner, by {@code created_at} and then id;
 *   <li>its {@code queued} webhook was answered 2xx at least {@link #SETTLED} before;
 *   <li>it still waits: it has neither started nor ended;
 *   <li>no runner is there for it: none named after it was ever asked for, and the idle runners of
 *       Y whose own job no longer waits (they serve the oldest) are fewer than such jobs before it;
 *   <li>Y has been below its limit for at least {@link #SETTLED}, counting pods that have not
 *       ended, registrations, and runners asked for that have no pod yet. A place that came free a
 *       moment ago is on its way to the next in line, and what is on its way cannot be seen.
 *   <li>no runner for Y's job shows soon after. Where places were scarce (runners and the jobs
 *       whose organizations have room for them were more than the capacity), two places that came
 *       free in the same moment are given in order but their runners are made side by side, so that
 *       the younger one's may be seen first by some milliseconds: {@link #SIDE_BY_SIDE}. Without
 *       scarcity both have a place anyway: {@link #SETTLED}.
 * </ol>
 *
 * <h2>From webhook to pod</h2>
 *
 * Measured for jobs that found room: when their {@code queued} was answered 2xx, the runners of the
 * organization with its other jobs that nobody serves yet were fewer than its limit, and so it was
 * for the whole cluster and its capacity. Until the pod named after the job is made; a job that
 * another runner took first gives no measurement.
 *
 * <p>Not safe for threads.
 */
final class Observation {
    /** How long what was accepted may take to be known everywhere. */
    static final Duration SETTLED = Duration.ofSeconds(2);

    /** How far apart two runners may be asked for whose places were given in the same moment. */
    static final Duration SIDE_BY_SIDE = Duration.ofMillis(250);

    private static final int EXAMPLES_MAX = 20;

    private final int capacity;
    private final int orgLimit;
    private final Map<Long, JobSeen> jobs = new HashMap<>();
    private final Map<String, OrganizationSeen> organizations = new TreeMap<>();

    private final List<Overtaking> overtakings = new ArrayList<>();
    private final Set<String> made = new HashSet<>();
    private final Set<String> judged = new HashSet<>();
    private final Set<Long> gated = new HashSet<>();
    private final List<String> examples = new ArrayList<>();
    private int pods;
    private int podPeak;
    private int violations;
    private int running;
    private int ended;
    private int cancelled;

    /**
     * @param capacity most pods of the cluster
     * @param orgLimit most runners of an organization
     */
    Observation(int capacity, int orgLimit) {
        this.capacity = capacity;
        this.orgLimit = orgLimit;
    }

    private OrganizationSeen organization(String login) {
        return organizations.computeIfAbsent(login, _ -> new OrganizationSeen(orgLimit));
    }

    // GHES.

    void jobQueued(long id, String login, Instant at) {
        jobs.putIfAbsent(id, new JobSeen(id, organization(login), at));
    }

    void webhookAccepted(long id, String action, Instant at) {
        JobSeen job = jobs.get(id);
        if (job == null) {
            return;
        }
        if (action.equals("waiting")) {
            gated.add(id);
        }
        if (!action.equals("queued") || job.acceptedAt != null) {
            return;
        }
        job.acceptedAt = at;
        if (gated.contains(id)) {
            job.wantedAt = at;
        }
        if (job.isWaiting()) {
            job.foundRoom = hasRoom(job.organization);
            job.organization.waits(job);
        }
    }

    private boolean hasRoom(OrganizationSeen organization) {
        if (organization.used() + organization.unserved() >= orgLimit) {
            return false;
        }
        return wanted() < capacity;
    }

    /** Runners there are, and jobs whose organizations have room for them. */
    private int wanted() {
        return organizations.values().stream()
                .mapToInt(
                        each ->
                                Math.max(
                                        each.used(),
                                        Math.min(orgLimit, each.used() + each.unserved())))
                .sum();
    }

    void jobStarted(long id, String runner, Instant at) {
        JobSeen job = jobs.get(id);
        if (job == null || job.startedAt != null) {
            return;
        }
        job.startedAt = at;
        running++;
        job.organization.tookJob(runner);
        job.organization.waitsNoMore(job);
        job.organization.note(at);
    }

    void jobCompleted(long id, String conclusion, Instant at) {
        JobSeen job = jobs.get(id);
        if (job == null || job.ended) {
            return;
        }
        job.ended = true;
        ended++;
        if (job.startedAt != null) {
            running--;
        }
        if (conclusion.equals("cancelled")) {
            job.cancelled = true;
            cancelled++;
        }
        job.organization.waitsNoMore(job);
        job.organization.note(at);
    }

    void jitRequested(String login, String runner, Instant at) {
        OrganizationSeen organization = organization(login);
        RunnerJob.of(runner, jobs::containsKey)
                .ifPresent(
                        id -> {
                            JobSeen job = jobOf(id);
                            if (judged.add(runner)) {
                                judge(job, runner, at);
                            }
                            asked(job, at);
                            if (job.startedAt == null && !job.ended) {
                                organization.asked(id, runner);
                            }
                        });
        organization.note(at);
    }

    private static void asked(JobSeen job, Instant at) {
        if (job.askedAt == null) {
            job.askedAt = at;
        }
    }

    private JobSeen jobOf(long id) {
        JobSeen job = jobs.get(id);
        if (job == null) {
            throw new IllegalStateException("unknown job " + id);
        }
        return job;
    }

    void runnerRegistered(String login, String runner, Instant at) {
        OrganizationSeen organization = organization(login);
        organization.registered(runner);
        check(login, organization, runner);
        organization.note(at);
    }

    void runnerRemoved(String login, String runner, Instant at) {
        OrganizationSeen organization = organization(login);
        organization.removed(runner);
        organization.note(at);
    }

    // Kubernetes.

    void podCreated(String login, String runner, Instant at) {
        OrganizationSeen organization = organization(login);
        RunnerJob.of(runner, jobs::containsKey)
                .ifPresentOrElse(
                        id -> {
                            JobSeen job = jobOf(id);
                            if (judged.add(runner)) {
                                judge(job, runner, at);
                            }
                            asked(job, at);
                            if (job.podAt == null) {
                                job.podAt = at;
                            }
                            organization.podMade(runner, id);
                        },
                        () -> organization.podMade(runner, 0));
        pods++;
        podPeak = Math.max(podPeak, pods);
        made.add(runner);
        check(login, organization, runner);
        organization.note(at);
    }

    /** It has ended, or its object is gone. The second of the two changes nothing. */
    void podEnded(String login, String runner, Instant at) {
        OrganizationSeen organization = organization(login);
        if (organization.podEnded(runner)) {
            pods--;
        }
        organization.note(at);
    }

    private void check(String login, OrganizationSeen organization, String runner) {
        if (organization.runners() > orgLimit) {
            violations++;
            example(
                    "violation: %s has %d runners with %s"
                            .formatted(login, organization.runners(), runner));
        }
        if (pods > capacity) {
            violations++;
            example("violation: %d pods with %s".formatted(pods, runner));
        }
    }

    /**
     * A runner asked for although an older job of another organization had none.
     *
     * @param scarce whether there was no place for both
     */
    private record Overtaking(String runner, JobSeen older, Instant at, boolean scarce) {
        boolean isInversion() {
            return !older.wasServedBy(at.plus(scarce ? SIDE_BY_SIDE : SETTLED));
        }

        String text() {
            return "inversion: %s asked for at %s although older job %d waited, accepted at %s"
                    .formatted(runner, at, older.id, older.acceptedAt);
        }
    }

    private void judge(JobSeen job, String runner, Instant at) {
        Instant settled = at.minus(SETTLED);
        for (OrganizationSeen other : organizations.values()) {
            if (other != job.organization && other.hasBeenBelowLimitSince(settled)) {
                other.oldestUnserved()
                        .filter(older -> JobSeen.BY_AGE.compare(older, job) < 0)
                        .filter(older -> older.wasAcceptedBy(settled))
                        .map(older -> new Overtaking(runner, older, at, wanted() > capacity))
                        .ifPresent(overtakings::add);
            }
        }
    }

    private void example(String text) {
        if (examples.size() < EXAMPLES_MAX) {
            examples.add(text);
        }
    }

    // What is reported.

    /** Where the jobs are. */
    Progress.Counts counts() {
        return new Progress.Counts(jobs.size(), jobs.size() - running - ended, running, ended);
    }

    int cancelled() {
        return cancelled;
    }

    int podPeak() {
        return podPeak;
    }

    int podPeakPerOrganization() {
        return organizations.values().stream().mapToInt(OrganizationSeen::peak).max().orElse(0);
    }

    int violations() {
        return violations;
    }

    /** Runners of which each is an inversion, however many jobs it overtook. */
    int inversions() {
        return (int)
                overtakings.stream()
                        .filter(Overtaking::isInversion)
                        .map(Overtaking::runner)
                        .filter(made::contains)
                        .distinct()
                        .count();
    }

    /** What the first violations and inversions were, and how jobs that have not ended stand. */
    List<String> examples() {
        List<String> all = new ArrayList<>(examples);
        overtakings.stream()
                .filter(Overtaking::isInversion)
                .filter(each -> made.contains(each.runner()))
                .limit(EXAMPLES_MAX)
                .map(Overtaking::text)
                .forEach(all::add);
        jobs.values().stream()
                .filter(job -> !job.ended)
                .limit(EXAMPLES_MAX)
                .map(
                        job ->
                                "not ended: job %d, queued at %s, webhook accepted at %s, runner asked for at %s, pod at %s, started at %s"
                                        .formatted(
                                                job.id,
                                                job.queuedAt,
                                                job.acceptedAt,
                                                job.askedAt,
                                                job.podAt,
                                                job.startedAt))
                .forEach(all::add);
        return all;
    }

    /** Seconds from wanting a runner to starting, of the jobs that started. */
    Percentiles waitSeconds(double speed) {
        Collection<Double> waits = new ArrayList<>();
        for (JobSeen job : jobs.values()) {
            if (job.startedAt != null) {
                Duration wait = Duration.between(job.wantedAt, job.startedAt);
                waits.add(Math.max(0, wait.toMillis() * speed / 1000));
            }
        }
        return Percentiles.of(waits);
    }

    /** Real milliseconds from webhook to pod. */
    Percentiles webhookToPodMillis() {
        Collection<Double> times = new ArrayList<>();
        for (JobSeen job : jobs.values()) {
            if (job.foundRoom && job.podAt != null && job.acceptedAt != null) {
                Duration time = Duration.between(job.acceptedAt, job.podAt);
                times.add(Math.max(0, time.toNanos() / 1e6));
            }
        }
        return Percentiles.of(times);
    }
}
