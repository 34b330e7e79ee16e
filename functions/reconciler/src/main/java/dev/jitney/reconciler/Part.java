package dev.jitney.reconciler;

import dev.jitney.cloudevents.OutgoingEvent;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One tick's part of some work. A share says until when something new is begun; what was begun may
 * use a little more, so that few things are cut off in their middle and begun twice.
 *
 * @param budget that every call is taken from
 * @param kept calls of it that nothing new is begun with
 * @param over once it says so, nothing more is done
 * @param events takes what was found, as soon as it is known
 */
record Part(
        CallBudget budget,
        int kept,
        Instant now,
        BooleanSupplier over,
        Consumer<List<OutgoingEvent>> events) {
    private static final int KEPT_MAX = 40;

    /** Whether nothing new may be begun. */
    boolean isOver() {
        return over.getAsBoolean() || left() == 0;
    }

    /** Calls that something new may be begun with; never negative. */
    int left() {
        return Math.max(0, budget.left() - kept);
    }

    /** The right to one call, for what has been begun. */
    boolean take() {
        return !over.getAsBoolean() && budget.take();
    }

    /** The same with so many calls and not one more. */
    Part upTo(int calls) {
        return new Part(budget.upTo(calls), 0, now, over, events);
    }

    /** The same with a share of the calls that are left. */
    Part share(int parts, int of) {
        int begin = left() * parts / of;
        int most = Math.min(budget.left(), begin + Math.min(begin, KEPT_MAX));
        return new Part(budget.upTo(most), most - begin, now, over, events);
    }
}
