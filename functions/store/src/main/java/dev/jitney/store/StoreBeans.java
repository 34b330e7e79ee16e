package dev.jitney.store;

import dev.jitney.core.ledger.Ledgers;
import dev.jitney.ledger.Access;
import dev.jitney.ledger.Bookmarks;
import dev.jitney.ledger.InfinispanBookmarks;
import dev.jitney.ledger.InfinispanGates;
import dev.jitney.ledger.InfinispanLedgers;
import dev.jitney.ledger.InfinispanLocks;
import dev.jitney.ledger.InspectableGates;
import dev.jitney.ledger.LedgerClient;
import dev.jitney.ledger.Locks;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Reads {@code JITNEY_INFINISPAN} (host:port, several separated by semicolons) and, where servers
 * ask who comes, {@code JITNEY_INFINISPAN_CREDENTIALS}: the directory that {@link Access} reads.
 */
@Singleton
final class StoreBeans {

    @Produces
    @Singleton
    LedgerClient client(
            @ConfigProperty(name = "jitney.infinispan") String servers,
            @ConfigProperty(name = "jitney.infinispan-credentials") Optional<Path> credentials) {
        return new LedgerClient(servers, credentials.map(Access::read).orElse(Access.OPEN));
    }

    void close(@Disposes LedgerClient client) {
        client.close();
    }

    @Produces
    @Singleton
    Ledgers ledgers(LedgerClient client) {
        return new InfinispanLedgers(client);
    }

    @Produces
    @Singleton
    InspectableGates gates(LedgerClient client) {
        return new InfinispanGates(client);
    }

    @Produces
    @Singleton
    Locks locks(LedgerClient client) {
        return new InfinispanLocks(client);
    }

    @Produces
    @Singleton
    Bookmarks bookmarks(LedgerClient client) {
        return new InfinispanBookmarks(client);
    }
}
