package dev.jitney.ledger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The callers of one key. One of them leads: it serves a batch and hands over to the next who
 * waits. Those it served go on at once and need no lock.
 */
final class Lane<L> {
    private final Deque<Request<L, ?>> waiting = new ArrayDeque<>();
    private boolean led;

    /** Queues a request. True when its caller leads. */
    synchronized boolean join(Request<L, ?> request) {
        waiting.add(request);
        boolean leads = !led;
        led = true;
        return leads;
    }

    /** Takes the next requests for their leader, whose own is the first. */
    synchronized List<Request<L, ?>> batch(int most) {
        List<Request<L, ?>> batch = new ArrayList<>();
        while (batch.size() < most && !waiting.isEmpty()) {
            batch.add(waiting.remove());
        }
        return batch;
    }

    synchronized void handOver() {
        Request<L, ?> next = waiting.peek();
        led = next != null;
        if (next != null) {
            next.lead();
        }
    }

    /** The caller waits no longer. It may have been told to lead a moment ago. */
    synchronized void leave(Request<L, ?> request) {
        boolean leads = request.isCalled();
        if (waiting.remove(request) && leads) {
            handOver();
        }
    }
}
