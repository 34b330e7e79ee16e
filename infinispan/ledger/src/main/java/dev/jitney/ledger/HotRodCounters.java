package dev.jitney.ledger;

import dev.jitney.core.ledger.Gates;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.infinispan.client.hotrod.RemoteCounterManagerFactory;
import org.infinispan.counter.api.CounterConfiguration;
import org.infinispan.counter.api.CounterManager;
import org.infinispan.counter.api.CounterType;
import org.infinispan.counter.api.Storage;
import org.infinispan.counter.api.StrongCounter;
import org.infinispan.counter.exception.CounterOutOfBoundsException;

/**
 * Strong bounded counters of Infinispan.
 *
 * <p>Only ever stepped by one: a larger step that is refused leaves the counter at its bound. A
 * counter that fails is looked up, and defined, anew at its next use: the server may have lost it.
 */
final class HotRodCounters implements CounterStore {
    private final LedgerClient client;
    private final Map<String, CompletableFuture<Known>> known = new ConcurrentHashMap<>();

    HotRodCounters(LedgerClient client) {
        this.client = client;
    }

    private record Known(StrongCounter counter, long ceiling) {}

    @Override
    public CompletableFuture<Stepped> step(String name, int bound, boolean up) {
        return forgetful(
                name,
                known.computeIfAbsent(name, _ -> lookedUp(name, bound))
                        .thenCompose(found -> step(found, up)));
    }

    private static CompletableFuture<Stepped> step(Known found, boolean up) {
        StrongCounter counter = found.counter();
        return (up ? counter.incrementAndGet() : counter.decrementAndGet())
                .thenApply(value -> new Stepped(true, value, found.ceiling()))
                .exceptionallyCompose(
                        failure ->
                                isOutOfBounds(failure)
                                        ? CompletableFuture.completedFuture(
                                                new Stepped(
                                                        false,
                                                        up ? found.ceiling() : 0,
                                                        found.ceiling()))
                                        : CompletableFuture.failedFuture(failure));
    }

    /** Some calls wrap it in an exception of the transport. */
    private static boolean isOutOfBounds(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof CounterOutOfBoundsException) {
                return true;
            }
        }
        return false;
    }

    @Override
    public CompletableFuture<?> compareAndSwap(String name, long expected, long next) {
        return forgetful(
                name,
                existing(name)
                        .thenCompose(found -> found.counter().compareAndSwap(expected, next)));
    }

    @Override
    public CompletableFuture<?> set(String name, long value) {
        return forgetful(
                name,
                existing(name)
                        .thenCompose(
                                found ->
                                        found.counter()
                                                .getAndSet(Math.clamp(value, 0, found.ceiling()))));
    }

    @Override
    public Map<String, Long> readAll(Deadline deadline) {
        CounterManager manager = NoAnswer.await(counters(), deadline);
        var names =
                NoAnswer.await(
                        CompletableFuture.supplyAsync(
                                manager::getCounterNames, Thread::startVirtualThread),
                        deadline);
        Map<String, CompletableFuture<Long>> answers = new TreeMap<>();
        for (String name : names) {
            if (isGate(name)) {
                answers.put(name, existing(name).thenCompose(found -> found.counter().getValue()));
            }
        }
        Map<String, Long> values = new TreeMap<>();
        answers.forEach(
                (name, answer) -> {
                    try {
                        values.put(name, NoAnswer.await(answer, deadline));
                    } catch (NoAnswer e) {
                        known.remove(name);
                    }
                });
        return values;
    }

    private static boolean isGate(String name) {
        return name.equals(Gates.CLUSTER) || name.startsWith("org/") || name.startsWith("class/");
    }

    private CompletableFuture<Known> existing(String name) {
        CompletableFuture<Known> found = known.get(name);
        return found != null
                ? found
                : counters()
                        .thenApplyAsync(manager -> find(manager, name), Thread::startVirtualThread);
    }

    private CompletableFuture<Known> lookedUp(String name, int bound) {
        return counters()
                .thenApplyAsync(
                        manager -> {
                            // False, and harmless, when it exists, whatever its bounds.
                            manager.defineCounter(name, definition(bound));
                            return find(manager, name);
                        },
                        Thread::startVirtualThread);
    }

    private static Known find(CounterManager manager, String name) {
        CounterConfiguration configuration = manager.getConfiguration(name);
        if (configuration == null) {
            throw new NoAnswer("no such counter: " + name, null);
        }
        return new Known(manager.getStrongCounter(name), configuration.upperBound());
    }

    /** Volatile: it can be rebuilt from the ledgers, and some stored definitions were lost. */
    private static CounterConfiguration definition(int bound) {
        return CounterConfiguration.builder(CounterType.BOUNDED_STRONG)
                .lowerBound(0)
                .upperBound(Math.max(1, bound))
                .initialValue(0)
                .storage(Storage.VOLATILE)
                .build();
    }

    private CompletableFuture<CounterManager> counters() {
        return client.manager().thenApply(RemoteCounterManagerFactory::asCounterManager);
    }

    private <T> CompletableFuture<T> forgetful(String name, CompletableFuture<T> call) {
        return call.whenComplete(
                (_, failure) -> {
                    if (failure != null) {
                        known.remove(name);
                    }
                });
    }
}
