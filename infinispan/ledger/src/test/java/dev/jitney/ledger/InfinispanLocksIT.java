package dev.jitney.ledger;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jitney.core.ledger.LedgerUnavailable;
import dev.jitney.infinispan.server.EmbeddedInfinispan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfinispanLocksIT extends LocksContract {
    @TempDir static Path data;

    static EmbeddedInfinispan server;
    static LedgerClient client;

    @BeforeAll
    static void start() {
        server = EmbeddedInfinispan.start(EmbeddedInfinispan.Config.onLoopback(data, 0));
        client = new LedgerClient("127.0.0.1:" + server.port());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Override
    Locks locks() {
        return new InfinispanLocks(client);
    }

    @Override
    void outlive(String name, Duration life) throws InterruptedException {
        Crowd.until(name + " ended", () -> !client.locksCache().join().containsKey(name));
    }

    @Test
    void nobodyCanTellWhetherALockIsHeldWhenNobodyAnswers() throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (var own = new LedgerClient("127.0.0.1:" + port)) {
            var unanswered = new InfinispanLocks(own);
            assertThrows(
                    LedgerUnavailable.class,
                    () -> unanswered.take("unanswered", Duration.ofSeconds(1)));
            assertFalse(own.isReachable());
        }
    }
}
