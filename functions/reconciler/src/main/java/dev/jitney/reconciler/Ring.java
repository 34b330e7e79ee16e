package dev.jitney.reconciler;

import dev.jitney.ghes.GhesUnavailable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Visits many things a few at a time, over many ticks. The bookmark of a round moves past what was
 * done and past nothing else: what the budget cut off is gone on with in its middle.
 */
final class Ring {
    /** Fewer visits than this say nothing about the server. */
    private static final int SOME = 8;

    /**
     * Calls that a visit may need. No more is begun at the same time than that will do for: of what
     * is cut off behind another one nothing is kept.
     */
    private static final int USUAL = 4;

    private final Cursor cursor;
    private final Workers parallel;
    private final Tolerance tolerance;

    /** Bears the failure of one step, so that the rest of a round is done. */
    @FunctionalInterface
    interface Tolerance {
        void bear(String what, Runnable work);
    }

    /** Looks at one thing. */
    @FunctionalInterface
    interface Visit<T> {
        /**
         * Goes on with it.
         *
         * @param from where the last visit was cut off; empty for the beginning
         * @return where this one was cut off; nothing when it is done
         */
        Optional<String> go(T item, String from);
    }

    /**
     * Where a round stopped.
     *
     * @param key of the last thing, empty before the first one; has no space
     * @param cut where in its middle, unless it is done
     */
    record Stop(String key, Optional<String> cut) {
        static Stop read(String text) {
            int space = text.indexOf(' ');
            return space < 0
                    ? new Stop(text, Optional.empty())
                    : new Stop(text.substring(0, space), Optional.of(text.substring(space + 1)));
        }

        String write() {
            return cut.map(at -> key + " " + at).orElse(key);
        }

        boolean isBefore(String other) {
            int compared = key.compareTo(other);
            return cut.isPresent() ? compared <= 0 : compared < 0;
        }

        /** Where to go on with a thing. */
        String within(String other) {
            return key.equals(other) ? cut.orElse("") : "";
        }
    }

    /** How a visit ended. */
    private sealed interface Outcome {
        record Done() implements Outcome {}

        record Cut(String at) implements Outcome {}

        record Unanswered() implements Outcome {}
    }

    Ring(Cursor cursor, Workers parallel, Tolerance tolerance) {
        this.cursor = cursor;
        this.parallel = parallel;
        this.tolerance = tolerance;
    }

    /** What a round has not come to yet, in its order. */
    <T> List<T> ahead(String round, List<T> all, Function<T, String> key) {
        Stop stop = Stop.read(cursor.get(round));
        return all.stream()
                .filter(each -> stop.isBefore(key.apply(each)))
                .sorted(Comparator.comparing(key))
                .toList();
    }

    /** What a round has behind it, in its order. */
    <T> List<T> behind(String round, List<T> all, Function<T, String> key) {
        Stop stop = Stop.read(cursor.get(round));
        return all.stream()
                .filter(each -> !stop.isBefore(key.apply(each)))
                .sorted(Comparator.comparing(key))
                .toList();
    }

    /** Once around, from where the round stopped, as far as the budget goes. */
    <T> void around(String round, List<T> all, Function<T, String> key, Part part, Visit<T> visit) {
        List<T> order = new ArrayList<>(ahead(round, all, key));
        order.addAll(behind(round, all, key));
        var _ = along(round, order, key, part, visit);
    }

    /**
     * Along a list, as far as the budget goes. What cannot be read counts as done: it must not hold
     * up the round. But while the server answers hardly anything, nothing counts.
     *
     * @return whether all of it is done
     */
    <T> boolean along(
            String round, List<T> order, Function<T, String> key, Part part, Visit<T> visit) {
        Stop stop = Stop.read(cursor.get(round));
        int done = 0;
        while (done < order.size() && !part.isOver()) {
            int some = Math.clamp(part.left() / USUAL, 1, order.size() - done);
            List<T> next = order.subList(done, done + some);
            Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
            parallel.each(
                    next,
                    part::isOver,
                    each -> {
                        String name = key.apply(each);
                        outcomes.put(name, visit(round, each, stop.within(name), visit));
                    });
            if (isDown(outcomes) || !settle(round, next, key, outcomes)) {
                return false;
            }
            done += some;
        }
        return done == order.size();
    }

    /** Writes down what was done, for a tick may die; false if it was not all. */
    private <T> boolean settle(
            String round, List<T> all, Function<T, String> key, Map<String, Outcome> outcomes) {
        boolean whole = true;
        for (int i = 0; whole && i < all.size(); i++) {
            String name = key.apply(all.get(i));
            switch (outcomes.get(name)) {
                case null -> whole = false;
                case Outcome.Cut(String at) -> {
                    cursor.put(round, new Stop(name, Optional.of(at)).write());
                    whole = false;
                }
                case Outcome.Done _, Outcome.Unanswered _ -> cursor.put(round, name);
            }
        }
        tolerance.bear("BOOKMARKS", cursor::save);
        return whole;
    }

    private <T> Outcome visit(String round, T item, String from, Visit<T> visit) {
        Outcome[] outcome = {new Outcome.Done()};
        tolerance.bear(
                "round " + round,
                () -> {
                    try {
                        visit.go(item, from).ifPresent(at -> outcome[0] = new Outcome.Cut(at));
                    } catch (GhesUnavailable e) {
                        outcome[0] = new Outcome.Unanswered();
                        throw e;
                    }
                });
        return outcome[0];
    }

    private static boolean isDown(Map<String, Outcome> outcomes) {
        long unanswered =
                outcomes.values().stream().filter(Outcome.Unanswered.class::isInstance).count();
        return outcomes.size() >= SOME && 2 * unanswered > outcomes.size();
    }
}
