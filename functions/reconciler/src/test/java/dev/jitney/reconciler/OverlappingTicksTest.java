package dev.jitney.reconciler;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.core.event.RunnerEvent;
import dev.jitney.ledger.InMemoryLocks;
import dev.jitney.ledger.Locks;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A tick that stands still for longer than its lock lives, while another one does its whole work
 * and time goes by, and then goes on with what it saw before: no repair of a stale tick does harm.
 */
class OverlappingTicksTest {
    private static final Duration LOCK = Duration.ofSeconds(40);

    private final VirtualSite site = new VirtualSite();
    private final Locks locks = new InMemoryLocks(() -> site.now);

    /** Stands still before its {@code n}-th piece of work. */
    private final class Stalling implements Executor {
        private final int n;
        private int done;
        private boolean stalled;

        Stalling(int n) {
            this.n = n;
        }

        @Override
        public void execute(Runnable work) {
            if (done++ == n) {
                stalled = true;
                seconds(90);
                try (var _ = locks.take("reconciler-tick", LOCK).orElseThrow()) {
                    site.tick(400, Runnable::run);
                }
                seconds(5);
            }
            work.run();
            site.assertLimits();
        }
    }

    private void seconds(int count) {
        for (int i = 0; i < count; i++) {
            site.second();
            site.assertLimits();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aStaleTickDoesNoHarm(long seed) {
        var random = new Random(seed);
        site.lost = _ -> random.nextInt(3) == 0;
        site.lostEvent = event -> event instanceof RunnerEvent.Requested && random.nextInt(3) == 0;
        int stalls = 0;
        long jobs = 0;
        for (int minute = 0; minute < 300; minute++) {
            if (jobs < 120) {
                for (int i = 0; i < 4; i++) {
                    String organization = "org-" + random.nextInt(4);
                    site.arrives(
                            ++jobs, organization, Duration.ofSeconds(30 + random.nextInt(120)));
                }
            }
            seconds(60);
            var executor = new Stalling(random.nextInt(30));
            try (var _ = locks.take("reconciler-tick", LOCK).orElseThrow()) {
                site.tick(400, executor);
            }
            stalls += executor.stalled ? 1 : 0;
            site.assertLimits();
        }
        assertTrue(stalls > 20, "stalled ticks: " + stalls);
        assertTrue(site.isOver(), "every job ran");
        site.assertNothingLeft();
    }
}
