package dev.jitney.ghes.simulator;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which runner gets which job. GitHub binds a runner to labels and not to a job: any idle runner of
 * the organization that has all labels of the job will do.
 */
final class Assignment {

    private Assignment() {}

    /**
     * @param id older jobs have lower ids
     * @param labels in lower case
     */
    record QueuedJob(long id, Set<String> labels) {}

    /**
     * @param id older registrations have lower ids
     * @param name may name the job it was made for
     * @param labels in lower case
     */
    record IdleRunner(long id, String name, Set<String> labels) {

        boolean canTake(QueuedJob job) {
            return labels.containsAll(job.labels());
        }

        boolean isNamedAfter(QueuedJob job) {
            return Arrays.asList(name.split("-", -1)).contains(Long.toString(job.id()));
        }
    }

    /** Labels are compared without regard to case. */
    static Set<String> labels(Collection<String> labels) {
        return labels.stream()
                .map(label -> label.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The job for a runner that became idle: the oldest it can take.
     *
     * @param queued oldest first
     * @param swap take another one than the oldest and the one the runner is named after
     */
    static Optional<QueuedJob> forRunner(
            IdleRunner runner, Stream<QueuedJob> queued, boolean swap) {
        Stream<QueuedJob> eligible = queued.filter(runner::canTake);
        if (!swap) return eligible.findFirst();
        List<QueuedJob> jobs = eligible.toList();
        return jobs.stream()
                .skip(1)
                .filter(job -> !runner.isNamedAfter(job))
                .findFirst()
                .or(() -> jobs.stream().findFirst());
    }

    /**
     * The runner for a job that was just queued: the one that has waited longest, or with {@code
     * swap} the newest.
     */
    static Optional<IdleRunner> forJob(QueuedJob job, Stream<IdleRunner> idle, boolean swap) {
        Comparator<IdleRunner> age = Comparator.comparingLong(IdleRunner::id);
        return idle.filter(runner -> runner.canTake(job)).min(swap ? age.reversed() : age);
    }
}
