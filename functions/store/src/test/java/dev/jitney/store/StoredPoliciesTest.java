package dev.jitney.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.core.Capacity;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClass;
import dev.jitney.core.ledger.LedgerUnavailable;
import dev.jitney.core.ledger.Step;
import dev.jitney.core.policy.PolicyChange;
import dev.jitney.core.policy.PolicyDocument;
import dev.jitney.core.policy.PolicyEdit;
import dev.jitney.core.policy.PolicySettings;
import dev.jitney.core.policy.PolicyStore;
import dev.jitney.ledger.InMemoryPolicyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What a function takes for the policy, whatever the store says. */
class StoredPoliciesTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final Policy CONFIGURED =
            new Policy(200, 10, List.of(RunnerClass.of("linux", "linux")));
    private static final PolicySettings SEED = PolicyYaml.read("seed", "capacity: 60");

    private final InMemoryPolicyStore store = new InMemoryPolicyStore();
    private final AtomicLong nanos = new AtomicLong(-5);
    private final AtomicInteger changes = new AtomicInteger();
    private Capacity capacity = new Capacity.Fixed(CONFIGURED.capacity());

    private StoredPolicies policies(PolicySettings seed) {
        return policies(store, seed);
    }

    private StoredPolicies policies(PolicyStore from, PolicySettings seed) {
        return new StoredPolicies(
                from,
                CONFIGURED,
                capacity,
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
    void theCapacityFollowsTheNodes_unlessOperatorsSaidOtherwise() {
        capacity = new Capacity.Auto(5, 100);
        StoredPolicies policies = policies(PolicySettings.NONE);
        assertEquals(5, policies.current().openCapacity());

        room(OptionalInt.of(40));
        assertEquals(45, policies.fresh().openCapacity());
        room(OptionalInt.of(400));
        assertEquals(100, policies.fresh().openCapacity());

        capacity(7);
        assertEquals(7, policies.fresh().openCapacity());
        assertEquals(OptionalInt.of(400), store.read().room());
    }

    private void room(OptionalInt room) {
        store.update(document -> new Step<>(document.withRoom(room), true));
    }

    @Test
    void nobodyGoesOnWithAnOldReadingWhileAnotherReads() throws Exception {
        CountDownLatch reads = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        AtomicBoolean slow = new AtomicBoolean();
        PolicyStore slowStore =
                new PolicyStore() {
                    @Override
                    public PolicyDocument read() {
                        if (slow.get()) {
                            reads.countDown();
                            try {
                                answer.await();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        }
                        return store.read();
                    }

                    @Override
                    public <R> R update(Function<PolicyDocument, Step<PolicyDocument, R>> change) {
                        return store.update(change);
                    }
                };
        StoredPolicies policies = policies(slowStore, SEED);
        policies.current();
        capacity(5);
        later(Duration.ofSeconds(20));
        slow.set(true);

        var first = CompletableFuture.supplyAsync(policies::current, Thread::startVirtualThread);
        reads.await();
        var second = CompletableFuture.supplyAsync(policies::current, Thread::startVirtualThread);
        assertThrows(TimeoutException.class, () -> second.get(200, TimeUnit.MILLISECONDS));
        answer.countDown();

        assertEquals(5, first.get().openCapacity());
        assertEquals(5, second.get().openCapacity());
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
