package dev.jitney.store;

import dev.jitney.core.Policy;
import dev.jitney.core.ledger.LedgerUnavailable;
import dev.jitney.core.ledger.Step;
import dev.jitney.core.policy.Policies;
import dev.jitney.core.policy.PolicyChange;
import dev.jitney.core.policy.PolicyDocument;
import dev.jitney.core.policy.PolicyEdit;
import dev.jitney.core.policy.PolicySettings;
import dev.jitney.core.policy.PolicyStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The policy as it is stored, over what the function is configured with.
 *
 * <p>The store is read at most once in a while, by one thread; the others go on with what was read
 * before. A document that has not been seeded yet, in a new store or after a wipe, is seeded.
 */
final class StoredPolicies implements Policies {
    private static final Logger LOG = System.getLogger(StoredPolicies.class.getName());

    private final PolicyStore store;
    private final Policy configured;
    private final PolicySettings seed;
    private final long everyNanos;
    private final LongSupplier nanoTime;
    private final InstantSource clock;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Seen seen;

    /**
     * @param policy the last one that was known
     * @param ever whether it was ever read from the store
     * @param at as {@code nanoTime} counts
     */
    private record Seen(Policy policy, boolean ever, long at) {}

    /**
     * Policies over a store.
     *
     * @param configured what holds where the document says nothing
     * @param seed what a document begins with
     * @param every how long a reading is good for
     * @param nanoTime as {@link System#nanoTime}
     * @param clock says when a document was seeded
     */
    StoredPolicies(
            PolicyStore store,
            Policy configured,
            PolicySettings seed,
            Duration every,
            LongSupplier nanoTime,
            InstantSource clock) {
        this.store = store;
        this.configured = configured;
        this.seed = seed;
        this.everyNanos = every.toNanos();
        this.nanoTime = nanoTime;
        this.clock = clock;
        Policy first = seeded(PolicyDocument.EMPTY).over(configured);
        this.seen = new Seen(first, false, nanoTime.getAsLong() - everyNanos - 1);
    }

    @Override
    public Policy current() {
        Seen last = seen;
        if (nanoTime.getAsLong() - last.at() <= everyNanos) {
            return last.policy();
        }
        if (!last.ever()) {
            // Everybody waits for the first reading: what is configured may be less strict.
            reading.lock();
        } else if (!reading.tryLock()) {
            return last.policy();
        }
        try {
            boolean stale = nanoTime.getAsLong() - seen.at() > everyNanos;
            return stale ? read() : seen.policy();
        } finally {
            reading.unlock();
        }
    }

    @Override
    public Policy fresh() {
        reading.lock();
        try {
            return read();
        } finally {
            reading.unlock();
        }
    }

    private Policy read() {
        Seen last = seen;
        try {
            PolicyDocument document = store.read();
            if (!document.seeded()) {
                document = store.update(this::seeding);
            }
            seen = new Seen(document.over(configured), true, nanoTime.getAsLong());
        } catch (LedgerUnavailable e) {
            LOG.log(Level.WARNING, "the policy could not be read; the last one known holds");
            seen = new Seen(last.policy(), last.ever(), nanoTime.getAsLong());
        }
        return seen.policy();
    }

    private Step<PolicyDocument, PolicyDocument> seeding(PolicyDocument before) {
        PolicyDocument after = seeded(before);
        return new Step<>(after, after);
    }

    private PolicyDocument seeded(PolicyDocument document) {
        return document.seeded()
                ? document
                : document.with(
                                new PolicyChange(
                                        "seed",
                                        new PolicyEdit.Seed(seed),
                                        "deployment",
                                        clock.instant().truncatedTo(ChronoUnit.SECONDS),
                                        ""))
                        .next();
    }
}
