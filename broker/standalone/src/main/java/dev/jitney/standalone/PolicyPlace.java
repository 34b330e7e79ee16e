package dev.jitney.standalone;

import dev.jitney.core.ledger.LedgerUnavailable;
import dev.jitney.core.policy.PolicyRefused;
import dev.jitney.core.policy.PolicyStore;
import dev.jitney.ledger.InfinispanPolicyStore;
import dev.jitney.ledger.LedgerClient;
import dev.jitney.standalone.system.RunningSystem;
import dev.jitney.standalone.system.StartFailed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
            names = "--infinispan-login-file",
            paramLabel = "F",
            description = "File with a user in its first line and the password in its second.")
    private @Nullable Path login;

    @Option(
            names = "--broker",
            paramLabel = "URL",
            description = "The broker of a system elsewhere, told of every change.")
    private @Nullable URI broker;

    /** Does something with the stored policy. */
    <R> R at(Function<PolicyStore, R> work) {
        String servers = infinispan == null ? fromSystem("infinispan") : infinispan;
        try (LedgerClient client = new LedgerClient(servers, login())) {
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

    private Optional<LedgerClient.Login> login() {
        if (login == null) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(login);
            if (lines.size() >= 2) {
                return Optional.of(
                        new LedgerClient.Login(lines.get(0).strip(), lines.get(1).strip()));
            }
        } catch (IOException e) {
            throw new StartFailed("cannot read " + login, e);
        }
        throw new StartFailed(
                login + " needs a user in its first line and a password in its second");
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
