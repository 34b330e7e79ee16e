package dev.jitney.reconciler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jitney.core.Organization;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClass;
import dev.jitney.ghes.GhesUnavailable;
import dev.jitney.ghes.Repository;
import dev.jitney.ledger.InMemoryBookmarks;
import dev.jitney.ledger.InMemoryLedgers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A round a minute over one organization: which repositories are asked for their runs. */
class NewPushesTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final int PLENTY = 100;

    private final FakeGhes ghes = new FakeGhes();
    private final InMemoryBookmarks bookmarks = new InMemoryBookmarks();
    private final Sweep sweep =
            new Sweep(
                    ghes,
                    InMemoryLedgers.opened(),
                    new Policy(10, 10, List.of(RunnerClass.of("small", "small"))),
                    new MissedEvents(new ObjectMapper()),
                    Duration.ofSeconds(20),
                    _ -> {});
    private List<Organization> organizations = List.of(new Organization("octo"));

    private void pushed(String name, Duration ago) {
        ghes.repositories.add(new Repository(name, false, Optional.of(NOW.minus(ago))));
    }

    private static void bear(String what, Runnable work) {
        try {
            work.run();
        } catch (GhesUnavailable e) {
            assertEquals("round new", what);
        }
    }

    private List<String> round(int minute, int budget) {
        var cursor = new Cursor(bookmarks);
        cursor.load();
        ghes.asked.clear();
        Instant now = NOW.plus(Duration.ofMinutes(minute));
        new NewPushes(
                        new Ring(cursor, new InParallel(Runnable::run), NewPushesTest::bear),
                        cursor,
                        sweep)
                .go(organizations, new Part(new CallBudget(budget), 0, now, () -> false, _ -> {}));
        cursor.save();
        return ghes.asked.stream().distinct().toList();
    }

    @Test
    void theFirstRoundLooksHalfAnHourBack_theSecondTwoHours_andTheNextOnesAtWhatIsNew() {
        pushed("octo/a", Duration.ofMinutes(29));
        pushed("octo/b", Duration.ofMinutes(118));
        pushed("octo/c", Duration.ofMinutes(125));

        assertEquals(List.of("octo/a"), round(0, PLENTY));
        assertEquals(List.of("octo/a", "octo/b"), round(1, PLENTY));
        assertEquals(List.of(), round(2, PLENTY));
    }

    @Test
    void aPushIsLookedAtThreeTimes_andThenNoMore() {
        for (int minute = 0; minute < 5; minute++) {
            assertEquals(List.of(), round(minute, PLENTY));
        }
        pushed("octo/a", Duration.ofMinutes(-5).plusSeconds(30));

        assertEquals(List.of("octo/a"), round(5, PLENTY));
        assertEquals(List.of("octo/a"), round(6, PLENTY));
        assertEquals(List.of("octo/a"), round(7, PLENTY));
        assertEquals(List.of(), round(8, PLENTY));
    }

    @Test
    void aRoundThatTakesSeveralTicksLosesNothing() {
        organizations =
                List.of(new Organization("a"), new Organization("b"), new Organization("octo"));
        for (int minute = 0; minute < 9; minute++) {
            assertEquals(List.of(), round(minute, 2));
        }
        pushed("octo/a", Duration.ofMinutes(-9).plusSeconds(30));

        var asked = new ArrayList<String>();
        for (int minute = 9; minute < 20; minute++) {
            asked.addAll(round(minute, 4));
        }
        assertEquals(List.of("octo/a"), asked.stream().distinct().toList());
    }

    @Test
    void whileTheServerAnswersNothing_nothingCountsAsLookedAt() {
        var many = new ArrayList<Organization>();
        for (int i = 10; i < 30; i++) {
            many.add(new Organization("o" + i));
        }
        organizations = many;
        for (int minute = 0; minute < 3; minute++) {
            var _ = round(minute, PLENTY);
        }
        pushed("octo/a", Duration.ofMinutes(-3).plusSeconds(30));
        many.forEach(each -> ghes.unreadable.add(each.login()));
        for (int minute = 3; minute < 10; minute++) {
            assertEquals(List.of(), round(minute, PLENTY));
        }
        ghes.unreadable.clear();

        assertEquals(List.of("octo/a"), round(10, PLENTY));
    }
}
