package dev.jitney.standalone;

import dev.jitney.core.ledger.LedgerUnavailable;
import dev.jitney.core.policy.PolicyRefused;
import dev.jitney.core.policy.PolicyStore;
import dev.jitney.ledger.Access;
import dev.jitney.ledger.InfinispanPolicyStore;
import dev.jitney.ledger.LedgerClient;
import dev.jitney.standalone.install.SiteDirectory;
import dev.jitney.standalone.system.RunningSystem;
import dev.jitney.standalone.system.StartFailed;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Where a policy is: in the system that is up here, or on a server that is named. Servers of a
 * cluster are reached through {@code kubectl port-forward}, and only there.
 */
final class PolicyPlace {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String FORWARDED = "localhost:11222";
    private static final String NAME_INSIDE = "infinispan.jitney-infinispan.svc.cluster.local";

    /** Replaced by picocli. */
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where to look for a system that is up (.jitney in the project).")
    private @Nullable Path data;

    @Option(
            names = "--installation",
            paramLabel = "DIR",
            description = {
                "That of a cluster, as ./jitney install made the directory, through",
                "kubectl -n jitney-infinispan port-forward service/infinispan 11222."
            })
    private @Nullable Path installation;

    @Option(
            names = "--infinispan",
            paramLabel = "HOST:PORT",
            description = {
                "The Infinispan of a system elsewhere; with --installation, the near end of",
                "another port-forward (" + FORWARDED + ")."
            })
    private @Nullable String infinispan;

    @Option(
            names = "--infinispan-name",
            paramLabel = "NAME",
            description = {
                "What its certificate has to be for (HOST; with --installation",
                NAME_INSIDE + ")."
            })
    private @Nullable String certifiedName;

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
        String address = address();
        try (LedgerClient client = LedgerClient.through(address, name(address), access())) {
            return work.apply(new InfinispanPolicyStore(client, PATIENCE));
        } catch (PolicyRefused refused) {
            throw new StartFailed(String.valueOf(refused.getMessage()), refused);
        } catch (LedgerUnavailable e) {
            throw new StartFailed(
                    "Infinispan on %s does not answer%s; nothing may have changed"
                            .formatted(address, why(name(address))),
                    e);
        }
    }

    /** Empty when a server was named and no broker. */
    Optional<URI> broker() {
        if (broker != null) {
            return Optional.of(broker);
        }
        return isElsewhere() ? Optional.empty() : Optional.of(URI.create(fromSystem("broker")));
    }

    private boolean isElsewhere() {
        return infinispan != null || installation != null;
    }

    private String address() {
        if (!isElsewhere()) {
            return fromSystem("infinispan");
        }
        String address = infinispan == null ? FORWARDED : infinispan;
        if (!address.matches("[^:;\\s]+:[0-9]{1,5}")) {
            throw new ParameterException(
                    spec.commandLine(), "--infinispan is '" + address + "'; write HOST:PORT");
        }
        return address;
    }

    private String name(String address) {
        if (certifiedName != null) {
            return certifiedName;
        }
        return installation == null ? address.substring(0, address.indexOf(':')) : NAME_INSIDE;
    }

    /** The client tries again whatever is wrong, so what was wrong is not known in the end. */
    private String why(String name) {
        return isElsewhere()
                ? ": is it, or the port-forward to it, there; is this its password; and is its"
                        + " certificate for "
                        + name
                        + " and of the authority in ca.crt"
                : "";
    }

    private Access access() {
        Path directory = credentials;
        if (directory == null && installation != null) {
            directory = SiteDirectory.infinispanClient(installation);
        }
        try {
            return directory == null ? Access.OPEN : Access.read(directory);
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
                                                + "; start one with ./jitney up, or name a"
                                                + " cluster's: --installation"));
    }
}
