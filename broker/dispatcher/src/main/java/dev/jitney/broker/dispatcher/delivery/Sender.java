package dev.jitney.broker.dispatcher.delivery;

import dev.jitney.broker.dispatcher.Lease;
import dev.jitney.broker.dispatcher.Subscribers;
import dev.jitney.broker.dispatcher.Target;
import dev.jitney.broker.dispatcher.ingress.Hops;
import dev.jitney.broker.dispatcher.ingress.HttpEvents;
import io.cloudevents.CloudEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends one event to one target, in binary mode. Confined to the event loop that made it. */
public final class Sender {
    private static final int REPLY_BYTES_MAX = 2 << 20;
    private static final int CONNECTIONS_PER_TARGET_MAX = 512;

    private final Vertx vertx;
    private final Context context;
    private final HttpClient client;
    private final Subscribers subscribers;
    private final URI ingress;

    /**
     * A sender with connections of its own.
     *
     * @param ingress address of the ingress, for targets that are Brokers of this process
     */
    public Sender(Vertx vertx, Subscribers subscribers, URI ingress) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.subscribers = subscribers;
        this.ingress = ingress;
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setMaxPoolSize(CONNECTIONS_PER_TARGET_MAX)
                                .setMaxWaitQueueSize(-1)
                                .setConnectTimeout(2000)
                                .setKeepAliveTimeout(60));
    }

    /**
     * Makes one attempt.
     *
     * @param namespace of the Trigger or source, told to the subscriber
     * @param timeout of the whole attempt, a cold start of the subscriber included
     * @return fails when there was no complete answer in time
     */
    Future<Response> send(Target target, CloudEvent event, String namespace, Duration timeout) {
        Promise<Response> promise = Promise.promise();
        Attempt attempt = new Attempt(promise, Hops.strip(event), namespace);
        long timer =
                vertx.setTimer(
                        Math.max(1, timeout.toMillis()),
                        expired -> {
                            promise.tryFail(new TimeoutException("no answer within " + timeout));
                            attempt.abandon();
                        });
        Future<Response> result = promise.future().onComplete(done -> vertx.cancelTimer(timer));
        switch (target) {
            case Target.OfUri(URI uri) -> attempt.request(uri);
            case Target.OfBroker broker -> attempt.request(ingress.resolve(broker.broker().path()));
            case Target.OfService service ->
                    onThisLoop(subscribers.acquire(service.service()))
                            .onFailure(promise::tryFail)
                            .onSuccess(lease -> attempt.use(lease, service.path(), result));
        }
        return result;
    }

    /** Whoever keeps the promise of a lease may do so on a thread of its own. */
    private <T> Future<T> onThisLoop(Future<T> future) {
        Promise<T> here = Promise.promise();
        future.onComplete(result -> context.runOnContext(hop -> here.handle(result)));
        return here.future();
    }

    /**
     * Makes one attempt on behalf of a source.
     *
     * @return fails when the target did not answer with 2xx in time
     */
    public Future<Void> offer(Target target, CloudEvent event, String namespace) {
        return send(target, event, namespace, Duration.ofSeconds(10))
                .compose(
                        response ->
                                response.status() / 100 == 2
                                        ? Future.succeededFuture()
                                        : Future.failedFuture("status " + response.status()));
    }

    /** One attempt; given up when its promise is kept by somebody else. */
    private final class Attempt {
        private final Promise<Response> promise;
        private final CloudEvent event;
        private final String namespace;
        private @Nullable HttpClientRequest open;

        Attempt(Promise<Response> promise, CloudEvent event, String namespace) {
            this.promise = promise;
            this.event = event;
            this.namespace = namespace;
        }

        void use(Lease lease, String path, Future<Response> result) {
            result.onComplete(done -> lease.release());
            if (!result.isComplete()) {
                request(lease.baseUri().resolve(path));
            }
        }

        void request(URI uri) {
            boolean tls = "https".equals(uri.getScheme());
            int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
            RequestOptions options =
                    new RequestOptions()
                            .setMethod(HttpMethod.POST)
                            .setHost(uri.getHost())
                            .setPort(port)
                            .setSsl(tls)
                            .setURI(pathAndQuery(uri));
            client.request(options).onFailure(promise::tryFail).onSuccess(this::write);
        }

        private void write(HttpClientRequest request) {
            if (promise.future().isComplete()) {
                request.reset();
                return;
            }
            open = request;
            HttpEvents.writeHeaders(event, request.headers());
            request.putHeader("Prefer", "reply").putHeader("Kn-Namespace", namespace);
            request.send(HttpEvents.body(event)).onFailure(promise::tryFail).onSuccess(this::read);
        }

        private void read(HttpClientResponse response) {
            Buffer body = Buffer.buffer();
            response.exceptionHandler(promise::tryFail);
            response.handler(
                    part -> {
                        if (body.length() + part.length() <= REPLY_BYTES_MAX) {
                            body.appendBuffer(part);
                        } else {
                            promise.tryFail("the answer exceeds " + REPLY_BYTES_MAX + " bytes");
                            abandon();
                        }
                    });
            response.endHandler(
                    end ->
                            promise.tryComplete(
                                    new Response(response.statusCode(), response.headers(), body)));
        }

        void abandon() {
            if (open != null) {
                open.reset();
            }
        }
    }

    private static String pathAndQuery(URI uri) {
        String path =
                uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }
}
