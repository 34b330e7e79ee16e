package dev.jitney.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every kind of lock does. */
abstract class LocksContract {
    private static final Duration LONG = Duration.ofMinutes(1);

    abstract Locks locks();

    /** Lets a lock of this life come to its end. */
    abstract void outlive(String name, Duration life) throws InterruptedException;

    @Test
    void aLockHasOneHolder() throws Exception {
        var taken = Crowd.run(16, 64, _ -> locks().take("crowd", LONG));

        assertEquals(1, taken.stream().filter(Optional::isPresent).count());
    }

    @Test
    void aLockThatWasGivenBackMayBeTakenAgain() {
        try (var _ = locks().take("again", LONG).orElseThrow()) {
            assertTrue(locks().take("again", LONG).isEmpty());
            assertTrue(locks().take("another", LONG).isPresent());
        }
        assertTrue(locks().take("again", LONG).isPresent());
    }

    @Test
    void aLockWhoseHolderDiedEndsByItself() throws Exception {
        var _ = locks().take("died", Duration.ofMillis(200)).orElseThrow();

        outlive("died", Duration.ofMillis(200));

        assertTrue(locks().take("died", LONG).isPresent());
    }

    @Test
    void aHolderThatTookTooLongDoesNotGiveBackTheLockOfTheNext() throws Exception {
        var slow = locks().take("slow", Duration.ofMillis(200)).orElseThrow();
        outlive("slow", Duration.ofMillis(200));
        var _ = locks().take("slow", LONG).orElseThrow();

        slow.close();

        assertTrue(locks().take("slow", LONG).isEmpty());
    }
}
