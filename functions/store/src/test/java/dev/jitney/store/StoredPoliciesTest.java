package dev.jitney.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.core.Policy;
import dev.jitney.core.ledger.LedgerUnavailable;
import dev.jitney.core.policy.PolicyChange;
import dev.jitney.core.policy.PolicyDocument;
import dev.jitney.core.policy.PolicyEdit;
import dev.jitney.core.policy.PolicySettings;
import dev.jitney.ledger.InMemoryPolicyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** What a function takes for the policy, whatever the store says. */
class StoredPoliciesTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final Policy CONFIGURED =
            new Policy(200, 10, Policy.parseClasses("linux=linux"));
    private static final PolicySettings SEED = PolicyYaml.read("seed", "capacity: 60");

    private final InMemoryPolicyStore store = new InMemoryPolicyStore();
    private final AtomicLong nanos = new AtomicLong(-5);
    private final AtomicInteger changes = new AtomicInteger();

    private StoredPolicies policies(PolicySettings seed) {
        return new StoredPolicies(
                store,
                CONFIGURED,
                seed,
                Duration.ofSeconds(1),
                nanos::get,
                () -> NOW,
                new ReentrantLock());
    }

    private void capacity(int capacity) {
        var change =
                new PolicyChange(
                        "change-" + changes.incrementAndGet(),
                        new PolicyEdit.SetCapacity(OptionalInt.of(capacity)),
                        "alice",
                        NOW,
                        "");
        store.update(document -> document.with(change));
    }

    private void later(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    @Test
    void withoutAnything_whatIsConfiguredHolds() {
        assertEquals(CONFIGURED, policies(PolicySettings.NONE).current());
    }

    @Test
    void aNewStoreIsSeeded_once() {
        assertEquals(60, policies(SEED).current().openCapacity());
        PolicyDocument seeded = store.read();
        assertTrue(seeded.seeded());
        assertEquals("begin with the seed", seeded.log().getFirst().what());
        assertEquals(NOW, seeded.log().getFirst().when());

        policies(PolicyYaml.read("seed", "capacity: 70")).current();
        assertEquals(seeded, store.read());
    }

    @Test
    void whatOperatorsDecidedBeforeTheSeedCame_wins() {
        capacity(5);
        assertEquals(5, policies(SEED).current().openCapacity());
    }

    @Test
    void aChangeHoldsAfterASecond_andForWhomItMattersAtOnce() {
        StoredPolicies policies = policies(SEED);
        policies.current();
        capacity(5);

        later(Duration.ofSeconds(1));
        assertEquals(60, policies.current().openCapacity());
        later(Duration.ofNanos(1));
        assertEquals(5, policies.current().openCapacity());

        capacity(6);
        assertEquals(6, policies.fresh().openCapacity());
        assertEquals(6, policies.current().openCapacity());
    }

    @Test
    void whileTheStoreIsSilent_theLastOneKnownHolds() {
        StoredPolicies policies = policies(SEED);
        policies.current();
        capacity(5);
        policies.fresh();

        store.unavailable(true);
        later(Duration.ofSeconds(2));
        assertEquals(5, policies.current().openCapacity());
        assertEquals(5, policies.fresh().openCapacity());

        store.unavailable(false);
        capacity(7);
        later(Duration.ofSeconds(2));
        assertEquals(7, policies.current().openCapacity());
    }

    @Test
    void theLastOneKnownHoldsForHalfAMinute() {
        StoredPolicies policies = policies(SEED);
        policies.current();

        store.unavailable(true);
        later(Duration.ofSeconds(30));
        assertEquals(60, policies.current().openCapacity());
        later(Duration.ofSeconds(1));
        assertThrows(LedgerUnavailable.class, policies::current);
        assertThrows(LedgerUnavailable.class, policies::fresh);

        store.unavailable(false);
        assertEquals(60, policies.current().openCapacity());
    }

    @Test
    void aStoreThatWasNeverReached_givesNoPolicy() {
        StoredPolicies policies = policies(SEED);
        store.unavailable(true);
        assertThrows(LedgerUnavailable.class, policies::current);

        store.unavailable(false);
        assertEquals(60, policies.current().openCapacity());
    }
}
