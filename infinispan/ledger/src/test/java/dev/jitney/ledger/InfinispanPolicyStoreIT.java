package dev.jitney.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jitney.core.ledger.LedgerUnavailable;
import dev.jitney.core.policy.PolicyChange;
import dev.jitney.core.policy.PolicyEdit;
import dev.jitney.core.policy.PolicyStore;
import dev.jitney.infinispan.server.EmbeddedInfinispan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfinispanPolicyStoreIT extends PolicyStoreContract {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @TempDir static Path data;
    static EmbeddedInfinispan server;
    static LedgerClient client;
    static InfinispanPolicyStore store;

    @BeforeAll
    static void start() {
        server = EmbeddedInfinispan.start(EmbeddedInfinispan.Config.onLoopback(data, 0));
        client = new LedgerClient("127.0.0.1:" + server.port());
        store = new InfinispanPolicyStore(client, PATIENCE);
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @BeforeEach
    void empty() throws Exception {
        client.policyCache().get().clear();
    }

    @Override
    PolicyStore store() {
        return store;
    }

    @Test
    void noChangeIsLostWhenTwoProcessesWrite() throws Exception {
        try (var other = new LedgerClient("127.0.0.1:" + server.port())) {
            var both = new PolicyStore[] {store, new InfinispanPolicyStore(other, PATIENCE)};
            Crowd.run(
                    8,
                    40,
                    i -> {
                        var edit = new PolicyEdit.SetLimit(Samples.org(i), OptionalInt.of(i));
                        var change = new PolicyChange("change-" + i, edit, "bob", Samples.NOW, "");
                        return both[i % 2].update(document -> document.with(change));
                    });
        }
        assertEquals(40, store.read().revision());
        assertEquals(40, store.read().settings().limits().size());
    }

    @Test
    void aServerThatIsNotThereIsReported() {
        try (var nobody = new LedgerClient("127.0.0.1:1")) {
            var unreachable = new InfinispanPolicyStore(nobody, Duration.ofMillis(300));
            assertThrows(LedgerUnavailable.class, unreachable::read);
        }
    }
}
