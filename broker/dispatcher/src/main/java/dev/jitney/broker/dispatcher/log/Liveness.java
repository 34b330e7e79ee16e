package dev.jitney.broker.dispatcher.log;

import dev.jitney.broker.dispatcher.log.LogEntry.Accepted;
import dev.jitney.broker.dispatcher.log.LogEntry.Done;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which deliveries are owed, and by which segment. Segments end oldest first: the marks that finish
 * an event may lie in a later segment than the event, and must not vanish before it.
 */
final class Liveness {
    private final Deque<Segment> segments = new ArrayDeque<>();
    private final Map<Long, Owed> owed = new LinkedHashMap<>();

    private record Owed(Segment segment, Accepted accepted, BitSet triggers) {}

    void add(Segment segment) {
        segments.add(segment);
    }

    Segment current() {
        return segments.getLast();
    }

    long nextNumber() {
        return segments.isEmpty() ? 1 : segments.getLast().number() + 1;
    }

    void accepted(Segment segment, Accepted accepted) {
        int count = accepted.triggers().size();
        if (count == 0) {
            return;
        }
        BitSet triggers = new BitSet(count);
        triggers.set(0, count);
        owed.put(accepted.sequence(), new Owed(segment, accepted, triggers));
        segment.owe(count);
    }

    void done(Done done) {
        Owed event = owed.get(done.sequence());
        if (event == null || !event.triggers().get(done.trigger())) {
            return;
        }
        event.triggers().clear(done.trigger());
        event.segment().owe(-1);
        if (event.triggers().isEmpty()) {
            owed.remove(done.sequence());
        }
    }

    /** Deliveries owed, in the order the events were accepted. */
    List<Pending> pending() {
        List<Pending> pending = new ArrayList<>();
        for (Owed event : owed.values()) {
            event.triggers().stream().forEach(t -> pending.add(new Pending(event.accepted(), t)));
        }
        return pending;
    }

    /** Takes away the oldest segments that owe nothing; never the current one. */
    List<Segment> takeFinished() {
        List<Segment> finished = new ArrayList<>();
        while (segments.size() > 1 && segments.getFirst().owesNothing()) {
            finished.add(segments.removeFirst());
        }
        return finished;
    }

    long bytes() {
        return segments.stream().mapToLong(Segment::size).sum();
    }
}
