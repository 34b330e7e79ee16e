package dev.jitney.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.infinispan.server.EmbeddedInfinispan;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfinispanBookmarksIT extends BookmarksContract {
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
    Bookmarks bookmarks() {
        return new InfinispanBookmarks(client);
    }

    @Test
    void outliveTheProcessThatPutThem_andAreNoLedger() {
        bookmarks()
                .update(
                        before -> {
                            var after = new TreeMap<>(before);
                            after.put("outlives", "octo");
                            return after;
                        });

        try (var another = new LedgerClient("127.0.0.1:" + server.port())) {
            var read = new InfinispanBookmarks(another).update(before -> before);
            assertEquals("octo", read.get("outlives"));
            List<OrgLedger> ledgers = new InfinispanLedgers(another).readAll();
            assertEquals(List.of(), ledgers);
        }
    }
}
