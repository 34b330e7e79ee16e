package dev.jitney.ledger;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.infinispan.client.hotrod.Flag;
import org.infinispan.client.hotrod.MetadataValue;
import org.infinispan.client.hotrod.RemoteCache;
import org.jspecify.annotations.Nullable;

/** Versioned records in a cache of Infinispan. */
final class HotRodStore<L> implements VersionedStore<L> {
    private final Supplier<CompletableFuture<RemoteCache<String, Object>>> cache;
    private final Function<L, Object> toStored;
    private final Function<Object, L> fromStored;
    private final int lifespanSeconds;

    HotRodStore(
            Supplier<CompletableFuture<RemoteCache<String, Object>>> cache,
            Function<L, Object> toStored,
            Function<Object, L> fromStored) {
        this(cache, toStored, fromStored, Duration.ofSeconds(-1));
    }

    /**
     * Records that the cache forgets by itself.
     *
     * @param lifespan since the last write
     */
    HotRodStore(
            Supplier<CompletableFuture<RemoteCache<String, Object>>> cache,
            Function<L, Object> toStored,
            Function<Object, L> fromStored,
            Duration lifespan) {
        this.lifespanSeconds = Math.toIntExact(lifespan.toSeconds());
        this.cache = cache;
        this.toStored = toStored;
        this.fromStored = fromStored;
    }

    @Override
    public @Nullable Versioned<L> get(String key, Deadline deadline) {
        MetadataValue<Object> found =
                NoAnswer.await(cache(deadline).getWithMetadataAsync(key), deadline);
        return found == null
                ? null
                : new Versioned<>(found.getVersion(), fromStored.apply(found.getValue()));
    }

    @Override
    public boolean replace(String key, Versioned<L> seen, L next, Deadline deadline) {
        Object stored = toStored.apply(next);
        return NoAnswer.await(
                cache(deadline)
                        .replaceWithVersionAsync(key, stored, seen.version(), lifespanSeconds, -1),
                deadline);
    }

    /** A refusal that carries the very record means that an earlier, repeated call stored it. */
    @Override
    public boolean putIfAbsent(String key, L first, Deadline deadline) {
        Object stored = toStored.apply(first);
        Object previous =
                NoAnswer.await(
                        cache(deadline)
                                .withFlags(Flag.FORCE_RETURN_VALUE)
                                .putIfAbsentAsync(key, stored, lifespanSeconds, TimeUnit.SECONDS),
                        deadline);
        return previous == null || previous.equals(stored);
    }

    private RemoteCache<String, Object> cache(Deadline deadline) {
        return NoAnswer.await(cache.get(), deadline);
    }
}
