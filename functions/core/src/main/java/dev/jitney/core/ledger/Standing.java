package dev.jitney.core.ledger;

import dev.jitney.core.RunnerClassName;
import dev.jitney.core.RunnerName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one organization that stand in line: of each class its oldest, as many as the
 * organization may still have runners.
 *
 * @param revision revision of the organization's ledger they were read from: an older reading must
 *     not replace a newer one
 */
public record Standing(long revision, List<LineEntry> entries) {
    public Standing {
        entries = List.copyOf(entries);
    }

    /** What is left without a runner; null when nothing is, as {@code Map.compute} wants it. */
    @Nullable Standing without(RunnerName runner) {
        List<LineEntry> left =
                entries.stream().filter(each -> !each.runner().equals(runner)).toList();
        return left.isEmpty() ? null : new Standing(revision, left);
    }

    /** What is left without one entry; null when nothing is, as {@code Map.compute} wants it. */
    @Nullable Standing without(LineEntry entry) {
        List<LineEntry> left = entries.stream().filter(each -> !each.equals(entry)).toList();
        return left.isEmpty() ? null : new Standing(revision, left);
    }

    /** What is left without the jobs of a class that are as young as {@code cut} or younger. */
    Standing olderThan(Age cut, RunnerClassName runnerClass) {
        return new Standing(
                revision,
                entries.stream()
                        .filter(
                                each ->
                                        !each.runnerClass().equals(runnerClass)
                                                || each.age().isOlderThan(cut))
                        .toList());
    }

    /** The age of the oldest job that another standing of the organization does not have. */
    Optional<Age> oldestNotIn(Standing other) {
        return entries.stream()
                .filter(each -> !other.entries().contains(each))
                .map(LineEntry::age)
                .min(Comparator.naturalOrder());
    }

    /**
     * The age of the oldest job of a class that stands further back; empty when all of them stand
     * in front.
     */
    public Optional<Age> oldestFurtherBack(RunnerClassName runnerClass, ClusterLedger cluster) {
        Overflow further = cluster.overflow().get(runnerClass);
        if (further == null) {
            return Optional.empty();
        }
        return entries.stream()
                .filter(each -> each.runnerClass().equals(runnerClass))
                .map(LineEntry::age)
                .filter(age -> !age.isOlderThan(further.from()))
                .min(Comparator.naturalOrder());
    }
}
