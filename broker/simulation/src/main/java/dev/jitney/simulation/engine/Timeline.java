package dev.jitney.simulation.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time: one queue of events, and tasks that block in it.
 *
 * <p>Exactly one thread runs at a time. A task that waits takes the next event from the queue by
 * itself and hands over to the thread whose turn that is; so a wait costs one hand-over at most,
 * and none when the next event is its own. Events of the same moment come in the order they were
 * asked for, so a run depends on nothing but what its actions do.
 */
public final class Timeline {
    private final PriorityQueue<Event> queue = new PriorityQueue<>(1024);
    private final Deque<Worker> idle = new ArrayDeque<>();
    private final List<Worker> workers = new ArrayList<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private long now;
    private long asked;
    private boolean stopped;
    private @Nullable Throwable failure;
    private @Nullable Task current;

    private record Event(
            long at, long order, @Nullable Runnable action, @Nullable Task task, int ticket)
            implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /** Nanoseconds since the run began. */
    public long now() {
        return now;
    }

    /** Has an action run after a delay in nanoseconds. It must not wait. */
    public void after(long delay, Runnable action) {
        queue.add(new Event(now + Math.max(0, delay), asked++, action, null, 0));
    }

    /** Begins a task after a delay. It may wait. */
    public Task begin(long delay, Runnable body) {
        Task task = new Task(body);
        wake(task, delay);
        return task;
    }

    /** The task that runs now. */
    public Task current() {
        Task task = current;
        if (task == null) {
            throw new IllegalStateException("not in a task");
        }
        return task;
    }

    private void wake(Task task, long delay) {
        queue.add(new Event(now + Math.max(0, delay), asked++, null, task, task.ticket));
    }

    /**
     * Waits in virtual time.
     *
     * @throws Killed if the task was killed before or meanwhile
     */
    public void sleep(long delay) {
        Task task = current();
        task.checkAlive();
        wake(task, delay);
        suspend(task);
    }

    /** Waits until a future is done, at most for a time; tells whether it is. */
    public boolean await(CompletableFuture<?> future, long longest) {
        Task task = current();
        task.checkAlive();
        if (!future.isDone()) {
            wake(task, longest);
            int ticket = task.ticket;
            var _ =
                    future.whenComplete(
                            (_, _) -> {
                                if (task.ticket == ticket) {
                                    wake(task, 0);
                                }
                            });
            suspend(task);
        }
        return future.isDone();
    }

    /** Runs until nothing is left, {@link #stop} or a failure. */
    public void run() throws InterruptedException {
        worker().wake();
        done.await();
        switch (failure) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }

    /** Ends the run after the action that calls it. */
    public void stop() {
        stopped = true;
    }

    /** Ends the run with a failure that no code in between can catch. */
    public Killed fail(Throwable reason) {
        if (failure == null) {
            failure = reason;
        }
        stopped = true;
        return new Killed();
    }

    private Worker worker() {
        Worker worker = new Worker();
        workers.add(worker);
        return worker;
    }

    private @Nullable Event next() {
        Event event = stopped ? null : queue.poll();
        if (event == null) {
            stopped = true;
        } else {
            now = event.at;
        }
        return event;
    }

    private void act(Runnable action) {
        try {
            action.run();
        } catch (Killed _) {
            // Its reason is kept.
        } catch (RuntimeException | Error e) {
            var _ = fail(e);
        }
    }

    /** Lets others run until it is this task's turn again. */
    private void suspend(Task task) {
        while (true) {
            Event event = next();
            if (event == null) {
                break;
            }
            if (event.action != null) {
                act(event.action);
                continue;
            }
            Task turn = event.task;
            if (turn == null || turn.ticket != event.ticket) {
                continue;
            }
            turn.ticket++;
            if (turn != task) {
                handOver(turn);
                task.worker().sleep();
            }
            break;
        }
        current = task;
        task.checkAlive();
    }

    private void handOver(Task turn) {
        Worker worker = turn.worker;
        if (worker == null) {
            worker = idle.isEmpty() ? worker() : idle.pop();
            worker.assigned = turn;
            turn.worker = worker;
        }
        worker.wake();
    }

    /** One thread of control: a delivery being handled, say. */
    public final class Task {
        private final Runnable body;
        private @Nullable Worker worker;
        private boolean killed;
        private int ticket;

        private Task(Runnable body) {
            this.body = body;
        }

        /** From now on nothing it does has an effect: it ends at its next wait. */
        public void kill() {
            killed = true;
        }

        public boolean isKilled() {
            return killed;
        }

        /**
         * Ends the task if it must not go on.
         *
         * @throws Killed if it was killed, or the run is over
         */
        public void checkAlive() {
            if (killed || stopped) {
                throw new Killed();
            }
        }

        private Worker worker() {
            Worker own = worker;
            if (own == null) {
                throw new IllegalStateException("not begun");
            }
            return own;
        }

        private void run() {
            current = this;
            try {
                if (!killed) {
                    body.run();
                }
            } catch (Killed _) {
                // As if it had never been.
            } catch (RuntimeException | Error e) {
                if (!killed) {
                    var _ = fail(e);
                }
            }
            current = null;
        }
    }

    /** A thread that runs one task after the other. */
    private final class Worker implements Runnable {
        private final Thread thread = Thread.ofVirtual().unstarted(this);
        private boolean started;
        private volatile boolean turn;
        private @Nullable Task assigned;

        void wake() {
            turn = true;
            if (started) {
                java.util.concurrent.locks.LockSupport.unpark(thread);
            } else {
                started = true;
                thread.start();
            }
        }

        void sleep() {
            while (!turn) {
                java.util.concurrent.locks.LockSupport.park(this);
            }
            turn = false;
        }

        @Override
        public void run() {
            sleep();
            while (!stopped) {
                Task task = assigned;
                if (task != null) {
                    assigned = null;
                    task.run();
                } else {
                    serve();
                }
            }
            workers.remove(this);
            // One after the other, so that even the end is in order.
            if (workers.isEmpty()) {
                done.countDown();
            } else {
                workers.getFirst().wake();
            }
        }

        private void serve() {
            Event event = next();
            if (event == null) {
                return;
            }
            if (event.action != null) {
                act(event.action);
                return;
            }
            Task turnOf = event.task;
            if (turnOf == null || turnOf.ticket != event.ticket) {
                return;
            }
            turnOf.ticket++;
            if (turnOf.worker == null) {
                turnOf.worker = this;
                assigned = turnOf;
            } else {
                idle.push(this);
                handOver(turnOf);
                sleep();
            }
        }
    }
}
