package dev.jitney.ledger;

import dev.jitney.core.ledger.LedgerUnavailable;
import dev.jitney.core.ledger.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Changes records, one writer per key.
 *
 * <p>Callers of one key queue up; one of them applies all that wait in one read and one replace, so
 * that a hot record costs the store one replace for many callers and never a conflict inside the
 * process. Writers of other processes are met by reading and applying again. A store that says
 * {@link LedgerUnavailable} by itself is not asked again.
 */
final class KeyedWriter<L> {
    /*
     * A batch fails as a whole when its deadline passes: the deadline is that of the caller who
     * leads it. Callers who came later fail earlier than they had to; the store was silent
     * for seconds then, and the broker delivers their events again.
     */

    /** Most callers served by one replace: bounds how long a single replace can get. */
    static final int BATCH_MAX = 256;

    private static final int ATTEMPTS_MAX = 100;
    private static final int LONGEST_PAUSE_MILLIS = 200;

    private final VersionedStore<L> store;
    private final Function<String, L> empty;
    private final Duration patience;
    private final Waiting waiting;
    private final Map<String, Lane<L>> lanes = new ConcurrentHashMap<>();

    /**
     * A writer of the records of one store.
     *
     * @param empty the record of a key that has none
     * @param patience how long an update or a read may take in all
     */
    KeyedWriter(VersionedStore<L> store, Function<String, L> empty, Duration patience) {
        this(store, empty, patience, Waiting.REAL);
    }

    KeyedWriter(
            VersionedStore<L> store,
            Function<String, L> empty,
            Duration patience,
            Waiting waiting) {
        this.store = store;
        this.empty = empty;
        this.patience = patience;
        this.waiting = waiting;
    }

    /**
     * Applies a transition and stores the outcome.
     *
     * @throws LedgerUnavailable when it could not be stored in time; the outcome is unknown
     */
    <R> Request.Applied<L, R> update(String key, Function<? super L, Step<L, R>> transition) {
        Deadline deadline = Deadline.in(patience, waiting);
        Lane<L> lane = lanes.computeIfAbsent(key, _ -> new Lane<>());
        Request<L, R> request = new Request<>(transition);
        if (!lane.join(request) && !request.awaitCall(deadline)) {
            lane.leave(request);
            if (!request.isDone()) {
                throw unavailable(key, new TimeoutException("other updates of it were not done"));
            }
        }
        if (!request.isDone()) {
            try {
                serve(key, lane.batch(BATCH_MAX), deadline);
            } finally {
                lane.handOver();
            }
        }
        return request.outcome();
    }

    /**
     * The record as it is now; an empty one when there is none.
     *
     * @throws LedgerUnavailable when it could not be read in time
     */
    L read(String key) {
        Deadline deadline = Deadline.in(patience, waiting);
        RuntimeException last;
        int attempt = 0;
        do {
            try {
                return valueOf(key, store.get(key, deadline));
            } catch (LedgerUnavailable e) {
                throw e;
            } catch (RuntimeException e) {
                last = e;
            }
        } while (mayTryAgain(++attempt, deadline));
        throw unavailable(key, last);
    }

    private void serve(String key, List<Request<L, ?>> batch, Deadline deadline) {
        Throwable last = new TimeoutException("other writers were always faster");
        int attempt = 0;
        try {
            do {
                try {
                    if (attempt(key, batch, deadline)) {
                        return;
                    }
                } catch (LedgerUnavailable e) {
                    throw e;
                } catch (RuntimeException e) {
                    last = e;
                }
            } while (mayTryAgain(++attempt, deadline));
        } catch (LedgerUnavailable | Error e) {
            last = e;
        }
        LedgerUnavailable failure = unavailable(key, last);
        batch.forEach(request -> request.failed(failure));
    }

    /** True when every request of the batch has been stored. */
    private boolean attempt(String key, List<Request<L, ?>> batch, Deadline deadline) {
        Versioned<L> seen = store.get(key, deadline);
        L before = valueOf(key, seen);
        L after = before;
        for (Request<L, ?> request : batch) {
            after = request.apply(after);
        }
        if (isChanged(before, after) && !write(key, seen, after, deadline)) {
            return false;
        }
        for (Request<L, ?> request : batch) {
            request.stored(after);
        }
        return true;
    }

    /** A transition that changes nothing returns the very same record: {@link Step}. */
    @SuppressWarnings("ReferenceEquality")
    private static <L> boolean isChanged(L before, L after) {
        return after != before;
    }

    private boolean write(String key, @Nullable Versioned<L> seen, L after, Deadline deadline) {
        return seen == null
                ? store.putIfAbsent(key, after, deadline)
                : store.replace(key, seen, after, deadline);
    }

    private L valueOf(String key, @Nullable Versioned<L> seen) {
        return seen == null ? empty.apply(key) : seen.value();
    }

    private static boolean mayTryAgain(int attempt, Deadline deadline) {
        int longest = Math.min(1 << Math.min(attempt, 10), LONGEST_PAUSE_MILLIS);
        Duration pause = Duration.ofMillis(deadline.waiting().anyOf(1, longest));
        return attempt < ATTEMPTS_MAX && deadline.pause(pause);
    }

    private static LedgerUnavailable unavailable(String key, Throwable cause) {
        return new LedgerUnavailable("the ledger '" + key + "' could not be reached", cause);
    }
}
