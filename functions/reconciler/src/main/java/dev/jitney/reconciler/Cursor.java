package dev.jitney.reconciler;

import dev.jitney.ledger.Bookmarks;
import dev.jitney.ledger.InMemoryBookmarks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Where the last rounds stopped, so that bounded rounds reach everything in turn, and how many
 * calls have been made lately. Kept in the store, so it survives the end of a process. Safe for
 * threads.
 */
public final class Cursor {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String CALLS = "calls";

    private final Bookmarks bookmarks;
    private final SortedMap<String, String> moved = new TreeMap<>();
    private SortedMap<String, String> at = Collections.emptySortedMap();

    public Cursor(Bookmarks bookmarks) {
        this.bookmarks = bookmarks;
    }

    /** One that is gone with the process. */
    public Cursor() {
        this(new InMemoryBookmarks());
    }

    /** Reads where the last tick stopped. */
    public synchronized void load() {
        moved.clear();
        at = bookmarks.update(before -> before);
    }

    /** Writes what has moved since; a tick that is cut off before begins there again. */
    public synchronized void save() {
        if (!moved.isEmpty()) {
            at = bookmarks.update(before -> merged(before, moved));
            moved.clear();
        }
    }

    /** Everything, sorted by key, from the one after the bookmark of a round on. */
    public synchronized <T> List<T> from(String round, List<T> all, Function<T, String> key) {
        List<T> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparing(key));
        String last = get(round);
        int next = 0;
        while (next < sorted.size() && key.apply(sorted.get(next)).compareTo(last) <= 0) {
            next++;
        }
        Collections.rotate(sorted, -next);
        return sorted;
    }

    /** Where a round stopped; empty at its beginning. */
    public synchronized String get(String round) {
        return moved.getOrDefault(round, at.getOrDefault(round, ""));
    }

    public synchronized void put(String round, String key) {
        moved.put(round, key);
    }

    /**
     * Takes calls out of what there is. They come back evenly, not at the beginning of a minute:
     * ticks come a little early and a little late. Whoever ends without {@link #giveBack} has used
     * them all, so a process that dies calls GitHub no more often than one that lives.
     *
     * @param most as many as a tick may make
     * @param perMinute as many as there are at most, and as many as come back in a minute
     */
    public int reserve(int most, int perMinute, Instant now) {
        int[] taken = {0};
        bookmarks.update(
                before -> {
                    Spent spent =
                            Spent.read(before.getOrDefault(CALLS, ""), now).later(perMinute, now);
                    taken[0] = Math.clamp((long) perMinute - spent.calls(), 0, most);
                    return with(before, spent.plus(taken[0]));
                });
        return taken[0];
    }

    /** Gives back what was reserved and not used; a negative number was used beyond it. */
    public void giveBack(int unused, Instant now) {
        bookmarks.update(
                before ->
                        with(
                                before,
                                Spent.read(before.getOrDefault(CALLS, ""), now).plus(-unused)));
    }

    private static SortedMap<String, String> with(SortedMap<String, String> before, Spent spent) {
        return merged(before, new TreeMap<>(Map.of(CALLS, spent.write())));
    }

    private static SortedMap<String, String> merged(
            SortedMap<String, String> before, SortedMap<String, String> changes) {
        SortedMap<String, String> after = new TreeMap<>(before);
        after.putAll(changes);
        return after;
    }

    /** Calls that have not come back yet, and the moment up to which they have. */
    private record Spent(Instant since, int calls) {
        static Spent read(String text, Instant now) {
            int slash = text.indexOf('/');
            if (slash < 0) {
                return new Spent(now, 0);
            }
            Instant since = Instant.ofEpochMilli(Long.parseLong(text.substring(0, slash)));
            int calls = Integer.parseInt(text.substring(slash + 1));
            return now.isBefore(since) ? new Spent(now, 0) : new Spent(since, calls);
        }

        Spent later(int perMinute, Instant now) {
            long back = perMinute * Duration.between(since, now).toMillis() / MINUTE.toMillis();
            if (back == 0) {
                return this;
            }
            if (back >= calls) {
                return new Spent(now, 0);
            }
            // Less than a call is left for the next time.
            Instant until = since.plus(MINUTE.multipliedBy(back).dividedBy(perMinute));
            return new Spent(until, Math.toIntExact(calls - back));
        }

        Spent plus(int more) {
            return new Spent(since, Math.max(0, calls + more));
        }

        String write() {
            return since.toEpochMilli() + "/" + calls;
        }
    }
}
