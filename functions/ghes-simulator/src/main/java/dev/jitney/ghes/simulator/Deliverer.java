package dev.jitney.ghes.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URLEncoder;
import java.util.concurrent.TimeUnit;

/** Posts webhooks with GitHub's headers. */
final class Deliverer {

    private final HttpClient client;
    private final RegisteredHooks hooks;
    private final GhesSimulatorConfig config;
    private final Urls urls;

    Deliverer(
            Vertx vertx,
            RegisteredHooks hooks,
            GhesSimulatorConfig config,
            Urls urls,
            int concurrency) {
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setMaxPoolSize(concurrency)
                                .setKeepAlive(true)
                                .setConnectTimeout((int) config.deliveryTimeout().toMillis()));
        this.hooks = hooks;
        this.config = config;
        this.urls = urls;
    }

    /** The HTTP status; failed on a timeout or a broken connection. */
    Future<Integer> deliver(Delivery delivery) {
        long millis = config.deliveryTimeout().toMillis();
        Hook hook = hooks.find(delivery.hookId()).orElseThrow();
        Buffer body = isForm(hook) ? form(delivery.body()) : delivery.body();
        RequestOptions options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setAbsoluteURI(hook.config().url())
                        .setIdleTimeout(millis);
        return client.request(options)
                .compose(request -> headers(request, delivery, hook, body).send(body))
                .compose(Deliverer::drained)
                .timeout(millis, TimeUnit.MILLISECONDS);
    }

    /** The connection is free for the next one only after the body was read. */
    private static Future<Integer> drained(HttpClientResponse response) {
        return response.body().map(response.statusCode());
    }

    private static boolean isForm(Hook hook) {
        return hook.config().contentType().equals("form");
    }

    private static Buffer form(Buffer json) {
        return Buffer.buffer("payload=" + URLEncoder.encode(json.toString(), UTF_8));
    }

    private HttpClientRequest headers(
            HttpClientRequest request, Delivery delivery, Hook hook, Buffer body) {
        String type = isForm(hook) ? "application/x-www-form-urlencoded" : "application/json";
        request.putHeader("Content-Type", type)
                .putHeader("Accept", "*/*")
                .putHeader("User-Agent", "GitHub-Hookshot/51a7c3e")
                .putHeader("X-GitHub-Event", delivery.event())
                .putHeader("X-GitHub-Delivery", delivery.guid())
                .putHeader("X-GitHub-Hook-ID", Long.toString(hook.id()))
                .putHeader("X-GitHub-Hook-Installation-Target-ID", "1")
                .putHeader("X-GitHub-Hook-Installation-Target-Type", hook.targetType())
                .putHeader("X-GitHub-Enterprise-Host", urls.host())
                .putHeader("X-GitHub-Enterprise-Version", config.site().version());
        String secret = hook.config().secret();
        if (secret.isEmpty()) return request;
        byte[] bytes = body.getBytes();
        return request.putHeader("X-Hub-Signature", Signature.sha1(secret, bytes))
                .putHeader("X-Hub-Signature-256", Signature.sha256(secret, bytes));
    }
}
