package dev.jitney.standalone.platform;

import dev.jitney.broker.activator.Activator;
import dev.jitney.broker.activator.ActivatorConfig;
import dev.jitney.broker.activator.CommandLine;
import dev.jitney.broker.activator.Gateway;
import dev.jitney.broker.activator.InstanceEvent;
import dev.jitney.broker.dispatcher.BrokerConfig;
import dev.jitney.broker.dispatcher.Faults;
import dev.jitney.broker.dispatcher.LocalBroker;
import dev.jitney.broker.dispatcher.ServiceRef;
import dev.jitney.broker.dispatcher.manifest.Manifests;
import dev.jitney.core.ledger.Adoption;
import dev.jitney.infinispan.server.EmbeddedInfinispan;
import dev.jitney.ledger.InfinispanLedgers;
import dev.jitney.ledger.LedgerClient;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Broker, activator, gateway and Infinispan, in this process. All it keeps is below its data
 * directory and its ports are given, so it may be killed at any moment and started again.
 */
final class Platform implements AutoCloseable {
    private static final Duration DRAIN = Duration.ofSeconds(2);
    private static final Duration STOP_GRACE = Duration.ofSeconds(3);
    private static final Duration TRAINING_STOP_GRACE = Duration.ofMinutes(2);
    private static final int QUEUE_MAX = 2_000;
    private static final String IMAGE_PREFIX = "jitney/";

    private final Vertx vertx;
    private final EmbeddedInfinispan infinispan;
    private final Activator activator;
    private final LocalBroker broker;
    private final Gateway gateway;

    private Platform(
            Vertx vertx,
            EmbeddedInfinispan infinispan,
            Activator activator,
            LocalBroker broker,
            Gateway gateway) {
        this.vertx = vertx;
        this.infinispan = infinispan;
        this.activator = activator;
        this.broker = broker;
        this.gateway = gateway;
    }

    /** Starts everything; returns once all of it listens. A failure leaves the process to end. */
    static Platform start(PlatformSettings settings, Consumer<PlatformMessage> tell) {
        // It takes the longest, and the others need not wait for it before functions start.
        CompletableFuture<EmbeddedInfinispan> infinispan =
                CompletableFuture.supplyAsync(() -> store(settings));
        Vertx vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setFileSystemOptions(
                                        new FileSystemOptions()
                                                .setFileCachingEnabled(false)
                                                .setClassPathResolvingEnabled(false)));
        Manifests manifests = Manifests.read(settings.root().resolve("knative/base"));
        Activator activator = Activator.create(vertx, activator(settings, tell), manifests);
        EmbeddedInfinispan store = infinispan.join();
        LocalBroker broker = LocalBroker.start(vertx, broker(settings), manifests, activator);
        activator.open(broker.url());
        Gateway gateway =
                Gateway.start(
                        vertx,
                        activator,
                        Map.of("/webhook", new ServiceRef("jitney", "webhook")),
                        settings.ports().gateway());
        return new Platform(vertx, store, activator, broker, gateway);
    }

    /**
     * Starts the store. One that never was is opened at once: nothing can run yet. On a cluster
     * nobody knows that, and the reconciler counts first.
     */
    private static EmbeddedInfinispan store(PlatformSettings settings) {
        Path data = settings.data().resolve("infinispan");
        boolean isNew = !Files.exists(data);
        int port = settings.ports().infinispan();
        EmbeddedInfinispan store =
                EmbeddedInfinispan.start(EmbeddedInfinispan.Config.onLoopback(data, port));
        if (isNew) {
            try (LedgerClient client = new LedgerClient("127.0.0.1:" + store.port())) {
                new InfinispanLedgers(client).change(ledger -> Adoption.opened(ledger, List.of()));
            }
        }
        return store;
    }

    private static ActivatorConfig activator(
            PlatformSettings settings, Consumer<PlatformMessage> tell) {
        Path functions = settings.root().resolve("functions");
        return new ActivatorConfig(
                settings.data().resolve("activator"),
                settings.data().resolve("logs"),
                image -> functions.resolve(functionOf(image)).resolve("target/quarkus-app"),
                settings.training() ? new TrainingCommand() : CommandLine.aotJar(),
                new GivenSecrets(settings),
                settings.environment(),
                timing(settings),
                QUEUE_MAX,
                (service, instance, line) ->
                        FunctionOutput.worthShowing(line)
                                .ifPresent(
                                        text ->
                                                tell.accept(
                                                        new PlatformMessage.Line(
                                                                service.name(), text))),
                event -> tell.accept(message(event)));
    }

    private static ActivatorConfig.Timing timing(PlatformSettings settings) {
        ActivatorConfig.Timing usual = ActivatorConfig.Timing.defaults();
        return new ActivatorConfig.Timing(
                settings.idle(),
                settings.idle() == null ? null : Duration.ZERO,
                usual.startDeadline(),
                settings.training() ? TRAINING_STOP_GRACE : STOP_GRACE,
                // One instance that does everything makes the fullest cache.
                settings.training() ? Duration.ofHours(1) : usual.scaleUpAfter(),
                usual.crashBackoffMax(),
                usual.probeEvery());
    }

    private static BrokerConfig broker(PlatformSettings settings) {
        BrokerConfig usual = BrokerConfig.in(settings.data().resolve("broker"));
        PlatformSettings.Delivery delivery = settings.delivery();
        BrokerConfig.Log log = usual.log();
        return new BrokerConfig(
                settings.ports().broker(),
                new BrokerConfig.Log(
                        log.directory(),
                        delivery.forceToDisk(),
                        log.segmentBytes(),
                        log.bytesMax(),
                        log.pendingMax()),
                new BrokerConfig.Delivery(
                        usual.delivery().rules(),
                        usual.delivery().inFlightMax(),
                        Faults.preset(delivery.faults(), delivery.seed())),
                delivery.tick(),
                DRAIN);
    }

    private static String functionOf(String image) {
        return image.startsWith(IMAGE_PREFIX) ? image.substring(IMAGE_PREFIX.length()) : image;
    }

    private static PlatformMessage message(InstanceEvent event) {
        String function = event.service().name();
        return switch (event) {
            case InstanceEvent.Started started ->
                    new PlatformMessage.FunctionStarted(
                            function, started.instance(), started.pid());
            case InstanceEvent.Ready ready ->
                    new PlatformMessage.FunctionReady(
                            function, ready.instance(), ready.coldStart());
            case InstanceEvent.Stopped stopped ->
                    new PlatformMessage.FunctionEnded(function, stopped.instance(), "");
            case InstanceEvent.Died died ->
                    new PlatformMessage.FunctionEnded(function, died.instance(), died.reason());
        };
    }

    /** Lets no request in, drains, stops the functions, and closes the stores. */
    @Override
    public void close() {
        gateway.close();
        broker.close();
        activator.close();
        infinispan.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
