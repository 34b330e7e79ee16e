package dev.jitney.broker.dispatcher;

import dev.jitney.broker.dispatcher.manifest.Manifests;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** A broker with real sockets, a real log, and subscribers that do as the test says. */
final class Bench implements AutoCloseable {
    static final String HEAD =
            """
            apiVersion: eventing.knative.dev/v1
            kind: Broker
            metadata: {name: events, namespace: test}
            spec: {delivery: %s}
            ---
            apiVersion: serving.knative.dev/v1
            kind: Service
            metadata: {name: fn, namespace: test}
            spec: {template: {spec: {containers: [{image: fn}]}}}
            ---
            apiVersion: serving.knative.dev/v1
            kind: Service
            metadata: {name: letters, namespace: test}
            spec: {template: {spec: {containers: [{image: letters}]}}}
            ---
            """;
    static final String SINK =
            "deadLetterSink: {ref: {apiVersion: serving.knative.dev/v1, kind: Service, name:"
                    + " letters}}";

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, Subscriber> subscribers = new ConcurrentHashMap<>();
    private final Path directory;
    private final BrokerConfig config;
    private LocalBroker broker;

    /**
     * Starts a broker named test/events.
     *
     * @param delivery of the Broker, in YAML
     * @param triggers documents that follow the head
     */
    Bench(Path directory, String delivery, String triggers, UnaryOperator<BrokerConfig> settings)
            throws IOException {
        this.directory = directory;
        Path yaml = Files.createDirectories(directory.resolve("yaml"));
        Files.writeString(yaml.resolve("all.yaml"), HEAD.replace("%s", delivery) + triggers);
        this.config = settings.apply(BrokerConfig.in(directory.resolve("log")));
        // A server cannot be awaited on the event loop that asks for it: make them first.
        fn();
        letters();
        this.broker = start();
    }

    Bench(Path directory, String delivery, String triggers) throws IOException {
        this(directory, delivery, triggers, config -> config);
    }

    /** A Trigger in YAML that takes one type; {@code more} are further fields of its spec. */
    static String trigger(String name, String type, String more) {
        return """
        apiVersion: eventing.knative.dev/v1
        kind: Trigger
        metadata: {name: %s, namespace: test}
        spec:
          broker: events
          filter: {attributes: {type: %s}}
          subscriber: {ref: {apiVersion: serving.knative.dev/v1, kind: Service, name: fn}}
          %s
        ---
        """
                .formatted(name, type, more);
    }

    LocalBroker start() {
        Manifests manifests = Manifests.read(directory.resolve("yaml"));
        return LocalBroker.start(vertx, config, manifests, this::acquire);
    }

    private Future<Lease> acquire(ServiceRef service) {
        URI uri = subscriber(service.name()).uri();
        return Future.succeededFuture(
                new Lease() {
                    @Override
                    public URI baseUri() {
                        return uri;
                    }

                    @Override
                    public void release() {}
                });
    }

    Subscriber fn() {
        return subscriber("fn");
    }

    Subscriber letters() {
        return subscriber("letters");
    }

    private Subscriber subscriber(String name) {
        return subscribers.computeIfAbsent(name, n -> new Subscriber(vertx));
    }

    LocalBroker broker() {
        return broker;
    }

    void restart() {
        broker.close();
        broker = start();
    }

    Path file(String name) {
        return directory.resolve("log").resolve(name);
    }

    BrokerStats.TriggerStats stats(String trigger) {
        return java.util.Objects.requireNonNull(broker.stats().triggers().get("test/" + trigger));
    }

    /** A POST of a binary event with the given id and type. */
    HttpRequest.Builder event(String id, String type) {
        return request("/test/events")
                .header("ce-specversion", "1.0")
                .header("ce-id", id)
                .header("ce-type", type)
                .header("ce-source", "/test")
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString("{\"n\":1}"));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(broker.url().resolve(path));
    }

    int send(HttpRequest.Builder request) {
        return exchange(request).statusCode();
    }

    HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        broker.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        client.close();
    }
}
