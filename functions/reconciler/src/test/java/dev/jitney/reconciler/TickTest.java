package dev.jitney.reconciler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.ghes.JobStatus;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever a tick asks GitHub comes out of its budget. */
class TickTest {
    private final VirtualSite site = new VirtualSite();

    private void seconds(int count) {
        for (int i = 0; i < count; i++) {
            site.second();
        }
    }

    @Test
    void aRepairThatAsksGithub_waitsUntilThereAreCalls() {
        site.lost = job -> job.status == JobStatus.COMPLETED;
        site.arrives(1, "acme", Duration.ofSeconds(30));
        seconds(180);

        site.tick(0, Runnable::run);
        assertEquals(Set.of("small-1"), site.pods.pods.keySet());

        site.tick(2, Runnable::run);
        assertEquals(Set.of(), site.pods.pods.keySet());
        site.assertNothingLeft();
    }

    @Test
    void aLostStoreIsCounted_asManyPodsATickAsThereAreCalls() {
        site.arrives(1, "acme", Duration.ofHours(1));
        site.arrives(2, "acme", Duration.ofHours(1));
        site.arrives(3, "octo", Duration.ofHours(1));
        seconds(10);
        site.ledgers.wipe();
        site.tick(0, Runnable::run);
        seconds(90);

        site.tick(2, Runnable::run);
        assertFalse(site.ledgers.readCluster().isOpen());

        site.tick(2, Runnable::run);
        assertTrue(site.ledgers.readCluster().isOpen());
        assertEquals(3, site.ledgers.readCluster().places().size());
    }
}
