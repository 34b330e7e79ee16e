package dev.jitney.ledger;

import dev.jitney.core.ledger.LedgerUnavailable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.infinispan.client.hotrod.Flag;
import org.infinispan.client.hotrod.RemoteCache;

/**
 * Locks as entries of the cache {@code locks}: the name and who holds it. The server lets an entry
 * go when its life is over. Nothing takes longer than five seconds.
 */
public final class InfinispanLocks implements Locks {
    private static final Logger LOG = System.getLogger(InfinispanLocks.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final LedgerClient client;

    public InfinispanLocks(LedgerClient client) {
        this.client = client;
    }

    @Override
    public Optional<Lock> take(String name, Duration life) {
        String holder = UUID.randomUUID().toString();
        Deadline deadline = Deadline.in(PATIENCE);
        try {
            RemoteCache<String, String> cache = NoAnswer.await(client.locksCache(), deadline);
            String before =
                    NoAnswer.await(
                            cache.withFlags(Flag.FORCE_RETURN_VALUE)
                                    .putIfAbsentAsync(
                                            name, holder, life.toMillis(), TimeUnit.MILLISECONDS),
                            deadline);
            // A refusal that names this holder means that a repeated call had taken the lock.
            return before == null || before.equals(holder)
                    ? Optional.of(() -> giveBack(name, holder))
                    : Optional.empty();
        } catch (RuntimeException e) {
            throw new LedgerUnavailable("the lock " + name + " could not be asked for", e);
        }
    }

    private void giveBack(String name, String holder) {
        Deadline deadline = Deadline.in(PATIENCE);
        try {
            RemoteCache<String, String> cache = NoAnswer.await(client.locksCache(), deadline);
            var held = NoAnswer.await(cache.getWithMetadataAsync(name), deadline);
            if (held != null && held.getValue().equals(holder)) {
                NoAnswer.await(cache.removeWithVersionAsync(name, held.getVersion()), deadline);
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the lock " + name + " was not given back; it ends by itself");
            LOG.log(Level.DEBUG, "why it was not given back", e);
        }
    }
}
