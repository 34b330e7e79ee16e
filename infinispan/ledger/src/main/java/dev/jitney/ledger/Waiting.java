package dev.jitney.ledger;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** How the callers of a store wait: by the machine's clock, or by a simulation's. */
public interface Waiting {
    /** By the machine's clock; blocks the calling thread. */
    Waiting REAL = new Real();

    /** A clock that only its differences mean something of, like {@link System#nanoTime}. */
    long nanoTime();

    void sleep(Duration moment) throws InterruptedException;

    /**
     * Waits for an answer.
     *
     * @throws ExecutionException as {@link CompletableFuture#get()}
     * @throws TimeoutException when it did not come in time
     */
    <T extends @Nullable Object> T await(CompletableFuture<T> answer, Duration longest)
            throws InterruptedException, ExecutionException, TimeoutException;

    /**
     * One of the numbers from {@code first} to {@code last}, so that writers do not march in step.
     */
    int anyOf(int first, int last);

    /** See {@link #REAL}. */
    final class Real implements Waiting {
        private Real() {}

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration moment) throws InterruptedException {
            Thread.sleep(moment);
        }

        @Override
        public <T extends @Nullable Object> T await(CompletableFuture<T> answer, Duration longest)
                throws InterruptedException, ExecutionException, TimeoutException {
            return answer.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int anyOf(int first, int last) {
            return ThreadLocalRandom.current().nextInt(first, last + 1);
        }
    }
}
