package dev.jitney.broker.dispatcher;

import static java.util.Objects.requireNonNull;

import dev.jitney.broker.dispatcher.delivery.Dispatcher;
import dev.jitney.broker.dispatcher.delivery.Sender;
import dev.jitney.broker.dispatcher.ingress.Ingress;
import dev.jitney.broker.dispatcher.log.EventLog;
import dev.jitney.broker.dispatcher.manifest.Manifests;
import dev.jitney.broker.dispatcher.manifest.References;
import dev.jitney.broker.dispatcher.ping.PingRunner;
import io.cloudevents.CloudEvent;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What runs on the one event loop of the broker: no locks, and no hops between threads. */
final class BrokerLoop extends AbstractVerticle {
    private final BrokerConfig config;
    private final Manifests manifests;
    private final Subscribers subscribers;
    private final EventLog log;
    private final List<PingRunner> pings = new ArrayList<>();
    private volatile @Nullable Dispatcher dispatcher;
    private volatile @Nullable URI url;

    BrokerLoop(BrokerConfig config, Manifests manifests, Subscribers subscribers, EventLog log) {
        this.config = config;
        this.manifests = manifests;
        this.subscribers = subscribers;
        this.log = log;
    }

    @Override
    public void start(Promise<Void> started) {
        HttpServerOptions options = new HttpServerOptions().setMaxHeaderSize(64 << 10);
        vertx.createHttpServer(options)
                .requestHandler(new Ingress(brokers(), this::accept))
                .listen(SocketAddress.inetSocketAddress(config.port(), "127.0.0.1"))
                .onSuccess(this::startDelivery)
                .<Void>mapEmpty()
                .onComplete(started);
    }

    private void startDelivery(HttpServer server) {
        URI ingress = URI.create("http://127.0.0.1:" + server.actualPort());
        Sender sender = new Sender(vertx, subscribers, ingress);
        Dispatcher started = new Dispatcher(vertx, config, manifests, log, sender);
        url = ingress;
        dispatcher = started;
        started.recover();
        References references = new References(manifests);
        manifests
                .pingSources()
                .forEach(
                        source ->
                                pings.add(
                                        new PingRunner(
                                                vertx,
                                                Clock.systemUTC(),
                                                sender,
                                                source,
                                                references,
                                                config.pingEvery())));
        pings.forEach(PingRunner::start);
    }

    private Future<Void> accept(BrokerRef broker, CloudEvent event) {
        Dispatcher current = dispatcher;
        return current == null
                ? Future.failedFuture("the broker is starting")
                : current.accept(broker, event);
    }

    private Set<BrokerRef> brokers() {
        return manifests.brokers().stream()
                .map(b -> new BrokerRef(Manifests.namespaceOf(b), b.getMetadata().getName()))
                .collect(Collectors.toSet());
    }

    URI url() {
        return requireNonNull(url, "not started");
    }

    Dispatcher dispatcher() {
        return requireNonNull(dispatcher, "not started");
    }

    /** Stops the clock and the queues; completes when nothing is in flight. */
    CompletableFuture<Void> drain() {
        CompletableFuture<Void> drained = new CompletableFuture<>();
        context.runOnContext(
                begin -> {
                    pings.forEach(PingRunner::stop);
                    dispatcher().drain().onComplete(done -> drained.complete(null));
                });
        return drained;
    }
}
