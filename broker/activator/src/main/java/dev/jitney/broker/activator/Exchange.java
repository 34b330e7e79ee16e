package dev.jitney.broker.activator;

import dev.jitney.broker.dispatcher.Lease;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request through the gateway. Confined to the event loop of its connection. */
final class Exchange {
    /** Headers that belong to one connection. */
    private static final Set<String> HOP_BY_HOP =
            Set.of(
                    "connection",
                    "keep-alive",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "content-length");

    private final Vertx vertx;
    private final Context context;
    private final HttpClient client;
    private final HttpServerRequest incoming;
    private final Buffer body;
    private @Nullable Lease lease;
    private @Nullable HttpClientRequest outgoing;
    private long timer;
    private boolean over;

    Exchange(Vertx vertx, HttpClient client, HttpServerRequest incoming, Buffer body) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.client = client;
        this.incoming = incoming;
        this.body = body;
    }

    void run(Future<Lease> acquired, Duration timeout) {
        timer =
                vertx.setTimer(
                        timeout.toMillis(),
                        late -> {
                            finish(504);
                            if (outgoing != null) {
                                outgoing.reset();
                            }
                        });
        acquired.onComplete(result -> context.runOnContext(here -> acquired(result.result())));
    }

    private void acquired(@Nullable Lease result) {
        if (result == null) {
            finish(503);
        } else if (over) {
            result.release();
        } else {
            lease = result;
            send(result);
        }
    }

    private void send(Lease to) {
        RequestOptions options =
                new RequestOptions()
                        .setMethod(incoming.method())
                        .setHost(to.baseUri().getHost())
                        .setPort(to.baseUri().getPort())
                        .setURI(incoming.uri());
        client.request(options)
                .compose(
                        request -> {
                            outgoing = request;
                            copy(incoming.headers(), request.headers());
                            return request.send(body);
                        })
                .compose(response -> response.body().map(content -> respond(response, content)))
                .onFailure(failure -> finish(502));
    }

    /** Answers with what the instance answered, as a whole: half an answer would be no 502. */
    private HttpClientResponse respond(HttpClientResponse response, Buffer content) {
        if (!over) {
            end();
            incoming.response().setStatusCode(response.statusCode());
            copy(response.headers(), incoming.response().headers());
            incoming.response().end(content);
        }
        return response;
    }

    private void finish(int status) {
        if (!over) {
            end();
            Gateway.answer(incoming.response(), status);
        }
    }

    private void end() {
        over = true;
        vertx.cancelTimer(timer);
        if (lease != null) {
            lease.release();
        }
    }

    private static void copy(MultiMap from, MultiMap to) {
        for (Map.Entry<String, String> header : from) {
            if (!HOP_BY_HOP.contains(header.getKey().toLowerCase(java.util.Locale.ROOT))) {
                to.add(header.getKey(), header.getValue());
            }
        }
    }
}
