package dev.jitney.broker.activator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.NetClient;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Asks an instance whether it is ready, as Knative's queue proxy does: often. */
final class Probe implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 1000;

    private final HttpClient http;
    private final NetClient tcp;

    Probe(Vertx vertx) {
        http =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setConnectTimeout(TIMEOUT_MILLIS)
                                .setKeepAlive(false));
        tcp = vertx.createNetClient();
    }

    /**
     * One probe.
     *
     * @param path of an HTTP probe; null connects only
     * @return fails when the instance is not ready
     */
    Future<Void> ask(URI instance, @Nullable String path) {
        if (path == null) {
            return tcp.connect(instance.getPort(), instance.getHost())
                    .compose(socket -> socket.close());
        }
        return http.request(HttpMethod.GET, instance.getPort(), instance.getHost(), path)
                .compose(request -> request.idleTimeout(TIMEOUT_MILLIS).send())
                .compose(
                        response ->
                                response.statusCode() >= 200 && response.statusCode() < 400
                                        ? Future.succeededFuture()
                                        : Future.failedFuture("status " + response.statusCode()));
    }

    @Override
    public void close() {
        http.close();
        tcp.close();
    }
}
