package dev.jitney.core.ledger;

import dev.jitney.core.Organization;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The younger part of one class's line, which is not in the cluster's ledger: that record holds the
 * front of the line only and stays small, however many organizations wait (docs/decisions/0018).
 *
 * <p>Organizations that stand further back are filed in pages by the minute of their oldest job
 * there. When the front gets short, the oldest of them are recalled: first {@code from} moves on,
 * so that newcomers join the front, then the pages are read, then their organizations stand in.
 * Whoever files reads {@code from} once more after filing; so nobody is missed in between.
 *
 * @param from jobs of this age and younger stand further back
 * @param recall set while organizations are being called to the front
 * @param minutes in which jobs that stand further back were created; each has its pages
 * @param unfiled organizations that were just moved back and are in no page yet, with the age of
 *     their oldest job there
 */
public record Overflow(
        Age from,
        Optional<Recall> recall,
        SortedSet<Long> minutes,
        Map<Organization, Age> unfiled) {

    /**
     * Organizations are being called to the front.
     *
     * @param from jobs of this age and younger, down to the overflow's {@code from}, are called:
     *     until all are there none of them is served, or one would pass another
     * @param since when it began; one that takes long was cut off and is taken up again
     */
    public record Recall(Age from, Instant since) {}

    /** Nobody stands further back. */
    static final Overflow NONE = beginning(Age.LAST);

    public Overflow {
        minutes = Collections.unmodifiableSortedSet(new TreeSet<>(minutes));
        unfiled = Collections.unmodifiableMap(new LinkedHashMap<>(unfiled));
    }

    static Overflow beginning(Age from) {
        return new Overflow(from, Optional.empty(), new TreeSet<>(), Map.of());
    }

    /** Only jobs older than this are served: all of them are in the front. */
    public Age servedUntil() {
        return recall.map(Recall::from).orElse(from);
    }

    Overflow withMinute(long minute) {
        if (minutes.contains(minute)) {
            return this;
        }
        SortedSet<Long> more = new TreeSet<>(minutes);
        more.add(minute);
        return new Overflow(from, recall, more, unfiled);
    }

    /** The front was cut: these organizations stand further back now. */
    Overflow cutAt(Age cut, Map<Organization, Age> moved) {
        Map<Organization, Age> all = new LinkedHashMap<>(unfiled);
        moved.forEach((organization, age) -> all.merge(organization, age, Overflow::older));
        SortedSet<Long> more = new TreeSet<>(minutes);
        moved.values().forEach(age -> more.add(age.minute()));
        // A recall that reaches no further than the cut has nothing left to call.
        Optional<Recall> left = recall.filter(each -> each.from().isOlderThan(cut));
        return new Overflow(cut, left, more, all);
    }

    /** These are in their pages now. */
    Overflow filed(Map<Organization, Age> filed) {
        Map<Organization, Age> left = new LinkedHashMap<>(unfiled);
        filed.forEach(left::remove);
        return new Overflow(from, recall, minutes, left);
    }

    /** Jobs older than {@code to} are called to the front. */
    Overflow recalledUpTo(Age to, Instant now) {
        return new Overflow(to, Optional.of(new Recall(from, now)), minutes, unfiled);
    }

    Overflow recallTakenUp(Age recalledFrom, Instant now) {
        return new Overflow(from, Optional.of(new Recall(recalledFrom, now)), minutes, unfiled);
    }

    /** All that were called stand in the front. Empty when nobody stands further back any more. */
    Optional<Overflow> recalled() {
        if (from.equals(Age.LAST)) {
            return Optional.empty();
        }
        return Optional.of(
                new Overflow(from, Optional.empty(), minutes.tailSet(from.minute()), unfiled));
    }

    private static Age older(Age one, Age other) {
        return one.isOlderThan(other) ? one : other;
    }
}
