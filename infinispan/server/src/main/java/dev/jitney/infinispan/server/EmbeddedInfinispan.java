package dev.jitney.infinispan.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.infinispan.health.ClusterHealth;
import org.infinispan.health.HealthStatus;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.server.core.security.sasl.SaslAuthenticator;
import org.infinispan.server.hotrod.HotRodServer;
import org.infinispan.server.hotrod.configuration.HotRodServerConfigurationBuilder;

/**
 * One running Hot Rod server of Infinispan with the caches and counters of {@code infinispan/}.
 *
 * <p>What it has acknowledged is in files below its data directory, so that it may be killed at any
 * moment and started again over the same directory. It does not survive the loss of the machine's
 * memory: files are not forced to the disk with each write. Unless it is told how, it authenticates
 * nobody, so keep it on loopback. It is alone, or one of several that hold three copies of
 * everything.
 */
public final class EmbeddedInfinispan implements AutoCloseable {
    private final DefaultCacheManager container;
    private final HotRodServer server;
    private final int port;

    private EmbeddedInfinispan(DefaultCacheManager container, HotRodServer server, int port) {
        this.container = container;
        this.server = server;
        this.port = port;
    }

    /**
     * Where the server keeps its data and where it listens.
     *
     * @param dataDir made when missing; used by at most one running server
     * @param port 0 for any free one
     * @param host address to listen on
     * @param membership empty for a server that is alone
     * @param tls what it proves itself with; empty for a server that speaks in the clear
     * @param logins how it asks clients who they are, by {@code SCRAM-SHA-256}; empty for one that
     *     asks nobody
     */
    public record Config(
            Path dataDir,
            int port,
            String host,
            Optional<Membership> membership,
            Optional<SSLContext> tls,
            Optional<SaslAuthenticator> logins) {
        public Config {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("not a port: " + port);
            }
        }

        public static Config onLoopback(Path dataDir, int port) {
            return new Config(
                    dataDir,
                    port,
                    "127.0.0.1",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        /** One of several servers on this machine that hold copies of each other's data. */
        public static Config ofMember(Path dataDir, int port, Membership membership) {
            return new Config(
                    dataDir,
                    port,
                    "127.0.0.1",
                    Optional.of(membership),
                    Optional.empty(),
                    Optional.empty());
        }

        /** The same server, over TLS. */
        public Config withTls(SSLContext context) {
            return new Config(dataDir, port, host, membership, Optional.of(context), logins);
        }

        /** The same server, for clients that say who they are. */
        public Config withLogins(SaslAuthenticator authenticator) {
            return new Config(dataDir, port, host, membership, tls, Optional.of(authenticator));
        }
    }

    /**
     * Starts a server; when it returns, clients are served.
     *
     * @throws RuntimeException when the port is taken or the data directory cannot be used; nothing
     *     is left running then
     */
    public static EmbeddedInfinispan start(Config config) {
        int port = config.port() == 0 ? freePort(config.host()) : config.port();
        DefaultCacheManager container =
                ServerContainer.start(config.dataDir(), config.membership());
        HotRodServer server = new HotRodServer();
        try {
            var listening = new HotRodServerConfigurationBuilder();
            listening.host(config.host()).port(port);
            config.tls().ifPresent(context -> listening.ssl().enable().sslContext(context));
            config.logins().ifPresent(each -> authenticate(listening, each));
            server.start(listening.build(), container);
            // Without it every request is refused: "HotRod server is not fully initialized".
            server.postStart();
        } catch (Exception e) {
            server.stop();
            container.stop();
            // Netty throws the checked exception of a taken port without declaring it.
            throw new IllegalStateException("no server on " + config.host() + ":" + port, e);
        }
        return new EmbeddedInfinispan(container, server, port);
    }

    private static void authenticate(
            HotRodServerConfigurationBuilder listening, SaslAuthenticator authenticator) {
        listening
                .authentication()
                .enable()
                .sasl()
                .serverName("infinispan")
                .addMechanisms("SCRAM-SHA-256")
                .authenticator(authenticator);
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /**
     * Whether all of so many servers see each other and every copy is where it should be: the
     * moment at which one of them may go.
     */
    public boolean isWhole(int members) {
        ClusterHealth health = container.getHealth().getClusterHealth();
        return health.getNumberOfNodes() == members
                && health.getHealthStatus() == HealthStatus.HEALTHY;
    }

    /**
     * Stops the caches of all servers of the cluster, so that they may be started again with all
     * data, all at the same time. What {@code POST /rest/v2/container?action=shutdown} does, and
     * the Infinispan Operator at {@code replicas: 0}. Each server is still to be closed.
     */
    public void shutDownCluster() {
        container.shutdownAllCaches();
    }

    /** Stops the server; its data stay. Twice is as good as once. */
    @Override
    public void close() {
        server.stop();
        container.stop();
    }

    /** Infinispan tells its clients the configured port, so it cannot be left to the system. */
    private static int freePort(String host) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on " + host, e);
        }
    }
}
