package dev.jitney.standalone;

import dev.jitney.core.ledger.LedgerUnavailable;
import dev.jitney.core.policy.PolicyRefused;
import dev.jitney.core.policy.PolicyStore;
import dev.jitney.ledger.Access;
import dev.jitney.ledger.InfinispanPolicyStore;
import dev.jitney.ledger.LedgerClient;
import dev.jitney.standalone.system.RunningSystem;
import dev.jitney.standalone.system.StartFailed;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a policy is: in the system that is up here, or on a server that is named. */
final class PolicyPlace {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where to look for a system that is up (.jitney in the project).")
    private @Nullable Path data;

    @Option(
            names = "--infinispan",
            paramLabel = "HOST:PORT",
            description = "The Infinispan of a system elsewhere.")
    private @Nullable String infinispan;

    @Option(
            names = "--infinispan-credentials",
            paramLabel = "DIR",
            description = "Directory with the files username, password and, for TLS, ca.crt.")
    private @Nullable Path credentials;

    @Option(
            names = "--broker",
            paramLabel = "URL",
            description = "The broker of a system elsewhere, told of every change.")
    private @Nullable URI broker;

    /** Does something with the stored policy. */
    <R> R at(Function<PolicyStore, R> work) {
        String servers = infinispan == null ? fromSystem("infinispan") : infinispan;
        try (LedgerClient client = new LedgerClient(servers, access())) {
            return work.apply(new InfinispanPolicyStore(client, PATIENCE));
        } catch (PolicyRefused refused) {
            throw new StartFailed(String.valueOf(refused.getMessage()), refused);
        } catch (LedgerUnavailable e) {
            throw new StartFailed(
                    "Infinispan on " + servers + " does not answer; nothing may have changed", e);
        }
    }

    /** Empty when a server was named and no broker. */
    Optional<URI> broker() {
        if (broker != null) {
            return Optional.of(broker);
        }
        return infinispan == null
                ? Optional.of(URI.create(fromSystem("broker")))
                : Optional.empty();
    }

    private Access access() {
        try {
            return credentials == null ? Access.OPEN : Access.read(credentials);
        } catch (IllegalArgumentException e) {
            throw new StartFailed(String.valueOf(e.getMessage()), e);
        }
    }

    private String fromSystem(String name) {
        Path where = data == null ? Project.current().defaultData() : data;
        return RunningSystem.on(where)
                .flatMap(system -> system.address(name))
                .orElseThrow(
                        () ->
                                new StartFailed(
                                        "no system is up on "
                                                + where
                                                + "; start one with ./jitney up, or give"
                                                + " --infinispan and --broker"));
    }
}
