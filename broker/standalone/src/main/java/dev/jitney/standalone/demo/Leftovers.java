package dev.jitney.standalone.demo;

import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.ghes.simulator.GhesSimulator;
import dev.jitney.ledger.InfinispanGates;
import dev.jitney.ledger.InfinispanLedgers;
import dev.jitney.ledger.LedgerClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/**
 * What is still there.
 *
 * @param leases in the ledgers of the organizations, places in that of the cluster, and jobs that
 *     wait in either
 * @param pods as Kubernetes has them, ended ones too
 * @param secrets as Kubernetes has them
 * @param registrations as GHES has them
 * @param counters that are not zero
 */
public record Leftovers(long leases, long pods, long secrets, long registrations, long counters) {

    boolean isNothing() {
        return leases == 0 && pods == 0 && secrets == 0 && registrations == 0 && counters == 0;
    }

    /** Looks for what is left, in Infinispan, Kubernetes and GHES. */
    static final class Search implements AutoCloseable {
        private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

        private final LedgerClient client;
        private final InfinispanLedgers ledgers;
        private final InfinispanGates gates;
        private final HttpClient http = HttpClient.newHttpClient();
        private final GhesSimulator ghes;
        private final URI kubernetes;

        Search(String infinispan, GhesSimulator ghes, URI kubernetes) {
            this.client = new LedgerClient(infinispan);
            this.ledgers = new InfinispanLedgers(client);
            this.gates = new InfinispanGates(client);
            this.ghes = ghes;
            this.kubernetes = kubernetes;
        }

        /**
         * @throws IOException if Kubernetes does not answer
         * @throws dev.jitney.core.ledger.LedgerUnavailable if Infinispan does not answer
         */
        Leftovers look() throws IOException, InterruptedException {
            List<OrgLedger> all = ledgers.readAll();
            long leases =
                    all.stream()
                            .mapToLong(
                                    each ->
                                            (long) each.leases().size()
                                                    + each.backlog().size()
                                                    + each.gated().size())
                            .sum();
            var cluster = ledgers.readCluster();
            leases += (long) cluster.places().size() + cluster.line().size();
            long counters = gates.readAll().values().stream().filter(value -> value != 0).count();
            JsonObject state = kubernetesState();
            return new Leftovers(
                    leases,
                    state.getLong("pods"),
                    state.getLong("secrets"),
                    ghes.state().registrations(),
                    counters);
        }

        private JsonObject kubernetesState() throws IOException, InterruptedException {
            HttpRequest request =
                    HttpRequest.newBuilder(kubernetes.resolve("/_simulator/state"))
                            .timeout(ANSWER_WITHIN)
                            .build();
            return new JsonObject(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        }

        @Override
        public void close() {
            client.close();
            http.close();
        }
    }
}
