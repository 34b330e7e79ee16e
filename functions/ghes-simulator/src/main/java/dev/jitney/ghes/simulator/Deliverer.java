package dev.jitney.ghes.simulator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** Posts webhooks with GitHub's headers. */
final class Deliverer {

    private static final long HOOK_ID = 1;

    private final HttpClient client;
    private final URI target;
    private final GhesSimulatorConfig config;
    private final Urls urls;

    Deliverer(Vertx vertx, URI target, GhesSimulatorConfig config, Urls urls, int concurrency) {
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setMaxPoolSize(concurrency)
                                .setKeepAlive(true)
                                .setConnectTimeout((int) config.deliveryTimeout().toMillis()));
        this.target = target;
        this.config = config;
        this.urls = urls;
    }

    /** The HTTP status; failed on a timeout or a broken connection. */
    Future<Integer> deliver(Delivery delivery) {
        long millis = config.deliveryTimeout().toMillis();
        RequestOptions options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setAbsoluteURI(target.toString())
                        .setIdleTimeout(millis);
        return client.request(options)
                .compose(request -> headers(request, delivery).send(delivery.body()))
                .compose(Deliverer::drained)
                .timeout(millis, TimeUnit.MILLISECONDS);
    }

    /** The connection is free for the next one only after the body was read. */
    private static Future<Integer> drained(HttpClientResponse response) {
        return response.body().map(response.statusCode());
    }

    private HttpClientRequest headers(HttpClientRequest request, Delivery delivery) {
        byte[] body = delivery.body().getBytes();
        return request.putHeader("Content-Type", "application/json")
                .putHeader("Accept", "*/*")
                .putHeader("User-Agent", "GitHub-Hookshot/51a7c3e")
                .putHeader("X-GitHub-Event", "workflow_job")
                .putHeader("X-GitHub-Delivery", delivery.guid())
                .putHeader("X-GitHub-Hook-ID", Long.toString(HOOK_ID))
                .putHeader("X-GitHub-Hook-Installation-Target-ID", "1")
                .putHeader("X-GitHub-Hook-Installation-Target-Type", "business")
                .putHeader("X-GitHub-Enterprise-Host", urls.host())
                .putHeader("X-GitHub-Enterprise-Version", RestActions.VERSION)
                .putHeader("X-Hub-Signature", Signature.sha1(config.webhookSecret(), body))
                .putHeader("X-Hub-Signature-256", Signature.sha256(config.webhookSecret(), body));
    }
}
