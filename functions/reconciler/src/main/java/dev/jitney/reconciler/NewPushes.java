package dev.jitney.reconciler;

import dev.jitney.core.Organization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The round over all organizations for what was pushed since the round before the last one began:
 * one call for an organization, and some for each push. A push is looked at two or three times, so
 * a call that failed, or a job that GitHub made minutes after the push, does no harm.
 *
 * <p>After an installation or a lost store nobody knows when rounds began: the first round looks
 * half an hour back, and the second one as far as the slower rounds do.
 */
final class NewPushes {
    private static final String ROUND = "new";
    private static final String BEGUN = "new/begun";
    private static final int REMEMBERED = 3;

    /** Most jobs that wait were pushed within it, and it costs half as much as a longer one. */
    private static final Duration AT_FIRST = Duration.ofMinutes(30);

    private final Ring ring;
    private final Cursor cursor;
    private final Sweep sweep;

    NewPushes(Ring ring, Cursor cursor, Sweep sweep) {
        this.ring = ring;
        this.cursor = cursor;
        this.sweep = sweep;
    }

    /** Whether the first two rounds are not complete: many jobs that wait may be unknown. */
    static boolean isRecovering(Cursor cursor) {
        return begun(cursor).size() < REMEMBERED;
    }

    /**
     * Goes on, at most once around.
     *
     * @param organizations all of the server
     */
    void go(List<Organization> organizations, Part part) {
        if (begun(cursor).isEmpty()) {
            begin(part.now());
        }
        List<Organization> behind = ring.behind(ROUND, organizations, Organization::login);
        if (along(ring.ahead(ROUND, organizations, Organization::login), part)) {
            begin(part.now());
            var _ = along(behind, part);
        }
    }

    private boolean along(List<Organization> organizations, Part part) {
        Sweep.Window window = window(part.now());
        return ring.along(
                ROUND,
                organizations,
                Organization::login,
                part,
                (each, from) -> sweep.pushed(each, window, from, part));
    }

    private Sweep.Window window(Instant now) {
        List<Instant> begun = begun(cursor);
        return switch (begun.size()) {
            case 1 -> Sweep.Window.of(now.minus(AT_FIRST));
            case 2 -> sweep.recently(now, Set.of());
            default -> sweep.since(begun.getLast());
        };
    }

    private void begin(Instant now) {
        List<Instant> all = new ArrayList<>(begun(cursor));
        all.addFirst(now);
        cursor.put(ROUND, "");
        cursor.put(
                BEGUN,
                all.stream()
                        .limit(REMEMBERED)
                        .map(each -> Long.toString(each.toEpochMilli()))
                        .collect(Collectors.joining(" ")));
    }

    /** When this round and the two before it began. */
    private static List<Instant> begun(Cursor cursor) {
        return Stream.of(cursor.get(BEGUN).split(" "))
                .filter(each -> !each.isEmpty())
                .map(each -> Instant.ofEpochMilli(Long.parseLong(each)))
                .toList();
    }
}
