package dev.jitney.reconciler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CursorTest {
    private final Cursor cursor = new Cursor();

    @Test
    void beginsAtTheBeginning() {
        assertEquals(List.of("a", "b", "c"), cursor.jobs(List.of("a", "b", "c")));
    }

    @Test
    void beginsWhereTheLastRoundStopped() {
        cursor.jobDone();
        cursor.jobDone();

        assertEquals(List.of("c", "a", "b"), cursor.jobs(List.of("a", "b", "c")));
    }

    @Test
    void reachesEverythingInTurn_roundForRound() {
        for (int i = 0; i < 3; i++) {
            cursor.organizationDone();
        }

        assertEquals(List.of("a", "b", "c"), cursor.organizations(List.of("a", "b", "c")));
    }

    @Test
    void countsJobsAndOrganizationsApart() {
        cursor.jobDone();

        assertEquals(List.of("a", "b"), cursor.organizations(List.of("a", "b")));
    }

    @Test
    void bearsThatTheListHasShrunk() {
        for (int i = 0; i < 5; i++) {
            cursor.jobDone();
        }

        assertEquals(List.of("b", "a"), cursor.jobs(List.of("a", "b")));
        assertEquals(List.of(), cursor.jobs(List.of()));
    }
}
