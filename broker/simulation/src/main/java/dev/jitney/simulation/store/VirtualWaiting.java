package dev.jitney.simulation.store;

import dev.jitney.ledger.Waiting;
import dev.jitney.simulation.engine.FunctionProcess;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waiting in the virtual time of one process. */
public final class VirtualWaiting implements Waiting {
    private final FunctionProcess process;

    public VirtualWaiting(FunctionProcess process) {
        this.process = process;
    }

    @Override
    public long nanoTime() {
        return process.timeline().now();
    }

    @Override
    public void sleep(Duration moment) {
        process.sleep(moment.toNanos());
    }

    @Override
    public <T extends @Nullable Object> T await(CompletableFuture<T> answer, Duration longest)
            throws InterruptedException, ExecutionException, TimeoutException {
        process.checkAlive();
        boolean done = process.timeline().await(answer, longest.toNanos());
        process.checkAlive();
        if (!done) {
            throw new TimeoutException("no answer within " + longest);
        }
        return answer.get();
    }

    @Override
    public int anyOf(int first, int last) {
        return first + process.latency().below(last - first + 1);
    }
}
