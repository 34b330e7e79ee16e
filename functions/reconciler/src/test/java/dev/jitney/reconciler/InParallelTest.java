package dev.jitney.reconciler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InParallelTest {
    private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();

    @Test
    void returnsWhenEverythingIsDone_andDoesAFewThingsAtOnce() {
        var done = new ConcurrentSkipListSet<Integer>();
        var atOnce = new AtomicInteger();
        var peak = new AtomicInteger();

        new InParallel(Thread::startVirtualThread)
                .each(
                        HUNDRED,
                        () -> false,
                        each -> {
                            peak.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                            atOnce.decrementAndGet();
                            done.add(each);
                        });

        assertEquals(100, done.size());
        assertTrue(peak.get() <= 8, "at once: " + peak);
    }

    @Test
    void inTheCallingThreadEverythingHappensInOrder() {
        var done = new ArrayList<Integer>();

        new InParallel(Runnable::run).each(HUNDRED, () -> false, done::add);

        assertEquals(HUNDRED, done);
    }

    @Test
    void beginsNothingMoreWhenItIsOver() {
        var done = new ArrayList<Integer>();

        new InParallel(Runnable::run).each(HUNDRED, () -> done.size() == 3, done::add);

        assertEquals(List.of(0, 1, 2), done);
    }
}
