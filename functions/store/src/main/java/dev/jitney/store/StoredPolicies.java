package dev.jitney.store;

import dev.jitney.core.Capacity;
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
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The policy as it is stored, over what the function is configured with.
 *
 * <p>The store is read at most once in a while, by one thread; the others go on with what was read
 * a moment before, or wait. What is configured is no answer while the store is silent: operators
 * may have decided for less. A document that has not been seeded yet, in a new store or after a
 * wipe, is seeded.
 */
public final class StoredPolicies implements Policies {
    /** A limit may have been lowered since: nothing is decided by an older reading. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Logger LOG = System.getLogger(StoredPolicies.class.getName());

    private final PolicyStore store;
    private final Policy configured;
    private final Capacity capacity;
    private final PolicySettings seed;
    private final long everyNanos;
    private final LongSupplier nanoTime;
    private final InstantSource clock;
    private final Lock reading;
    private volatile Seen seen;

    /**
     * What was read last.
     *
     * @param policy null when the store was never read
     * @param at when it was read, as {@code nanoTime} counts
     * @param tried when it was last tried to
     */
    private record Seen(@Nullable Policy policy, long at, long tried) {}

    /**
     * Policies over a store.
     *
     * @param configured what holds where the document says nothing
     * @param capacity what holds of it for the whole cluster
     * @param seed what a document begins with
     * @param every how long a reading is good for
     * @param nanoTime as {@link System#nanoTime}
     * @param clock says when a document was seeded
     * @param reading held while the store is read; need not be reentrant
     */
    public StoredPolicies(
            PolicyStore store,
            Policy configured,
            Capacity capacity,
            PolicySettings seed,
            Duration every,
            LongSupplier nanoTime,
            InstantSource clock,
            Lock reading) {
        this.store = store;
        this.configured = configured;
        this.capacity = capacity;
        this.seed = seed;
        this.everyNanos = every.toNanos();
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.reading = reading;
        this.seen = new Seen(null, 0, nanoTime.getAsLong() - everyNanos - 1);
    }

    @Override
    public Policy current() {
        Optional<Policy> last = known();
        if (last.isPresent() && !isDue()) {
            return last.get();
        }
        // The first of a burst after a pause reads; the others wait for it: what they know is old.
        if (last.isEmpty() || !isOfThisMoment()) {
            reading.lock();
        } else if (!reading.tryLock()) {
            return last.get();
        }
        try {
            return isDue() ? read() : known().orElseGet(this::read);
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

    private boolean isOfThisMoment() {
        return nanoTime.getAsLong() - seen.at() <= 2 * everyNanos;
    }

    private boolean isDue() {
        return nanoTime.getAsLong() - seen.tried() > everyNanos;
    }

    /** The last reading, unless it is too old to be believed. */
    private Optional<Policy> known() {
        Seen last = seen;
        return nanoTime.getAsLong() - last.at() > LONGEST.toNanos()
                ? Optional.empty()
                : Optional.ofNullable(last.policy());
    }

    private Policy read() {
        try {
            PolicyDocument document = store.read();
            if (!document.seeded()) {
                document = store.update(this::seeding);
            }
            Policy policy = document.over(configured, capacity);
            long now = nanoTime.getAsLong();
            seen = new Seen(policy, now, now);
            return policy;
        } catch (LedgerUnavailable e) {
            seen = new Seen(seen.policy(), seen.at(), nanoTime.getAsLong());
            Policy last = known().orElseThrow(() -> e);
            LOG.log(Level.WARNING, "the policy could not be read; the last one known holds");
            return last;
        }
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
