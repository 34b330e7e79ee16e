package dev.jitney.store;

import dev.jitney.core.ledger.Ledgers;
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
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Reads {@code JITNEY_INFINISPAN} (host:port, several separated by semicolons) and, where the
 * server asks for them, {@code JITNEY_INFINISPAN_USER} and {@code JITNEY_INFINISPAN_PASSWORD}.
 */
@Singleton
final class StoreBeans {

    @Produces
    @Singleton
    LedgerClient client(
            @ConfigProperty(name = "jitney.infinispan") String servers,
            @ConfigProperty(name = "jitney.infinispan-user") Optional<String> user,
            @ConfigProperty(name = "jitney.infinispan-password") Optional<String> password) {
        return new LedgerClient(
                servers, user.map(name -> new LedgerClient.Login(name, password.orElse(""))));
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
