package dev.jitney.simulation.store;

import dev.jitney.simulation.engine.FunctionProcess;
import dev.jitney.simulation.engine.Nanos;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** A lock between the deliveries of one process, whose waiters wait in virtual time. */
public final class VirtualLock implements Lock {
    private final FunctionProcess process;
    private final Deque<CompletableFuture<Boolean>> waiting = new ArrayDeque<>();
    private boolean held;

    public VirtualLock(FunctionProcess process) {
        this.process = process;
    }

    @Override
    public void lock() {
        if (tryLock()) {
            return;
        }
        CompletableFuture<Boolean> turn = new CompletableFuture<>();
        waiting.add(turn);
        while (!turn.isDone()) {
            process.timeline().await(turn, Nanos.HOUR);
            process.checkAlive();
        }
    }

    @Override
    public boolean tryLock() {
        boolean free = !held;
        held = true;
        return free;
    }

    @Override
    public void unlock() {
        CompletableFuture<Boolean> next = waiting.poll();
        held = next != null;
        if (next != null) {
            next.complete(true);
        }
    }

    @Override
    public void lockInterruptibly() {
        lock();
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) {
        throw new UnsupportedOperationException("nobody waits for this lock for a time");
    }

    @Override
    public Condition newCondition() {
        throw new UnsupportedOperationException("nobody waits for a condition");
    }
}
