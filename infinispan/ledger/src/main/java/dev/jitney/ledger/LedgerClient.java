package dev.jitney.ledger;

import dev.jitney.ledger.stored.LedgerSchema;
import dev.jitney.ledger.stored.PolicySchema;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.infinispan.client.hotrod.RemoteCache;
import org.infinispan.client.hotrod.RemoteCacheManager;
import org.infinispan.client.hotrod.configuration.ClientIntelligence;
import org.infinispan.client.hotrod.configuration.Configuration;
import org.infinispan.client.hotrod.configuration.ConfigurationBuilder;
import org.infinispan.protostream.GeneratedSchema;

/**
 * The connection of a process to Infinispan, shared by {@link InfinispanLedgers}, {@link
 * InfinispanGates}, {@link InfinispanLocks} and {@link InfinispanPolicyStore}.
 *
 * <p>Making one is cheap and reaches for nothing; the first use connects, or {@link #connect()}
 * ahead of it. It finds back by itself when the servers were gone. Thread safe.
 */
public final class LedgerClient implements AutoCloseable {
    private static final Logger LOG = System.getLogger(LedgerClient.class.getName());
    private static final int CALL_MILLIS = 5_000;
    private static final int CONNECT_MILLIS = 2_000;
    private static final ThreadFactory DAEMONS =
            Thread.ofPlatform().daemon().name("infinispan-client-", 0).factory();

    private final String servers;
    private final String certifiedName;
    private final ClientIntelligence intelligence;
    private final Access access;
    private final Lazy<RemoteCacheManager> manager = new Lazy<>(this::start);
    private final Lazy<RemoteCache<String, Object>> ledgers = new Lazy<>(this::open);
    private final Lazy<RemoteCache<String, String>> locks = new Lazy<>(this::openLocks);
    private final Lazy<RemoteCache<String, Object>> policy = new Lazy<>(this::openPolicy);

    /** Threads that may still be at work when a short-lived client closes. */
    private final Queue<Thread> registering = new ConcurrentLinkedQueue<>();

    /**
     * A client.
     *
     * @param servers {@code host:port}, several separated by semicolons; one that answers suffices,
     *     it tells the others
     * @param access with TLS, certificates are held against the name of the first server, also
     *     those of servers that it tells of by address
     */
    public LedgerClient(String servers, Access access) {
        this(
                servers,
                servers.split("[:;]", -1)[0],
                ClientIntelligence.HASH_DISTRIBUTION_AWARE,
                access);
    }

    private LedgerClient(
            String servers, String certifiedName, ClientIntelligence intelligence, Access access) {
        this.servers = servers;
        this.certifiedName = certifiedName;
        this.intelligence = intelligence;
        this.access = access;
    }

    /**
     * A client that nobody asks who it is.
     *
     * @param servers as above
     */
    public LedgerClient(String servers) {
        this(servers, Access.OPEN);
    }

    /**
     * A client outside the servers' network, for which a tunnel such as that of {@code kubectl
     * port-forward} is the only way in: it asks there and nowhere else, whatever servers tell it
     * of.
     *
     * @param tunnel {@code host:port} of its near end
     * @param certifiedName with TLS, what the certificate at its far end has to be for
     */
    public static LedgerClient through(String tunnel, String certifiedName, Access access) {
        return new LedgerClient(tunnel, certifiedName, ClientIntelligence.BASIC, access);
    }

    /** Begins to connect, so that the first use need not wait as long. */
    public void connect() {
        var _ = ledgers.get();
    }

    /** Whether a server answers for the cache of the ledgers within a second. Never throws. */
    public boolean isReachable() {
        Deadline deadline = Deadline.in(Duration.ofSeconds(1));
        try {
            var cache = NoAnswer.await(ledgers.get(), deadline);
            NoAnswer.await(cache.containsKeyAsync(KeyedLedgers.CLUSTER), deadline);
            return true;
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "Infinispan does not answer", e);
            return false;
        }
    }

    @Override
    public void close() {
        registering.forEach(LedgerClient::await);
        RemoteCacheManager started = manager.ifMade();
        if (started != null) {
            started.close();
        }
    }

    private static void await(Thread thread) {
        try {
            thread.join(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The cache of the ledgers; fails when it cannot be reached or does not exist. */
    CompletableFuture<RemoteCache<String, Object>> ledgersCache() {
        return ledgers.get();
    }

    /** The cache of the locks; fails when it cannot be reached or does not exist. */
    CompletableFuture<RemoteCache<String, String>> locksCache() {
        return locks.get();
    }

    /** The cache of the policy; fails when it cannot be reached or does not exist. */
    CompletableFuture<RemoteCache<String, Object>> policyCache() {
        return policy.get();
    }

    CompletableFuture<RemoteCacheManager> manager() {
        return manager.get();
    }

    private RemoteCacheManager start() {
        RemoteCacheManager started = new RemoteCacheManager(configuration(), false);
        started.start();
        return started;
    }

    private RemoteCache<String, Object> open() {
        RemoteCacheManager started = manager.get().join();
        RemoteCache<String, Object> cache = cache(started, "ledgers");
        registering.add(
                Thread.startVirtualThread(() -> registerSchema(started, LedgerSchema.create())));
        return cache;
    }

    private RemoteCache<String, String> openLocks() {
        return cache(manager.get().join(), "locks");
    }

    private RemoteCache<String, Object> openPolicy() {
        RemoteCacheManager started = manager.get().join();
        RemoteCache<String, Object> cache = cache(started, "policy");
        registering.add(
                Thread.startVirtualThread(() -> registerSchema(started, PolicySchema.create())));
        return cache;
    }

    private static <V> RemoteCache<String, V> cache(RemoteCacheManager manager, String name) {
        RemoteCache<String, V> cache = manager.getCache(name);
        if (cache == null) {
            throw new NoAnswer("the server has no cache '" + name + "'", null);
        }
        return cache;
    }

    private Configuration configuration() {
        ConfigurationBuilder builder = new ConfigurationBuilder();
        builder.addServers(servers)
                .clientIntelligence(intelligence)
                .socketTimeout(CALL_MILLIS)
                .connectionTimeout(CONNECT_MILLIS)
                .addContextInitializers(LedgerSchema.create(), PolicySchema.create());
        // The client's own executor is a bounded pool without a queue, and every call that a lost
        // server leaves behind goes to it at the same time: what it rejects is never answered. Not
        // virtual threads: Netty's loops run there too and would keep the carriers for themselves.
        builder.asyncExecutorFactory().factory(_ -> Executors.newCachedThreadPool(DAEMONS));
        secure(builder);
        return builder.build();
    }

    private void secure(ConfigurationBuilder builder) {
        access.login()
                .ifPresent(
                        each ->
                                builder.security()
                                        .authentication()
                                        .enable()
                                        .username(each.user())
                                        .password(each.password()));
        access.tls()
                .ifPresent(
                        tls ->
                                builder.security()
                                        .ssl()
                                        .enable()
                                        .sslContext(tls)
                                        .sniHostName(certifiedName)
                                        .hostnameValidation(true));
    }

    /**
     * Tells the server the schema, so that people can read the records as JSON. Nothing else
     * depends on it. A schema that is there is left alone: it may be a newer one.
     */
    private static void registerSchema(RemoteCacheManager manager, GeneratedSchema schema) {
        try {
            RemoteCache<String, String> schemas = manager.getCache("___protobuf_metadata");
            if (schemas != null && !schemas.containsKey(schema.getProtoFileName())) {
                schemas.putIfAbsent(schema.getProtoFileName(), schema.getProtoFile());
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "a schema was not registered", e);
        }
    }
}
