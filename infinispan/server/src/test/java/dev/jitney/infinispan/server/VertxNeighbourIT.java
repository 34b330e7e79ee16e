package dev.jitney.infinispan.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jitney.infinispan.server.EmbeddedInfinispan.Config;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.infinispan.client.hotrod.RemoteCache;
import org.infinispan.client.hotrod.RemoteCacheManager;
import org.infinispan.client.hotrod.configuration.ConfigurationBuilder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server shares its process with a Vert.x server: both bring Netty, and must agree on it. */
class VertxNeighbourIT {
    @TempDir Path data;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bothServe(boolean nativeTransport) throws Exception {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(nativeTransport));
        try (var server = EmbeddedInfinispan.start(Config.onLoopback(data, 0));
                var client = client(server.port());
                var http = HttpClient.newHttpClient()) {
            RemoteCache<String, String> cache = client.getCache("ledgers");
            cache.put("key", "shared");
            HttpServer neighbour =
                    vertx.createHttpServer()
                            .requestHandler(request -> request.response().end("served"))
                            .listen(0, "127.0.0.1")
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get(30, TimeUnit.SECONDS);
            URI address = URI.create("http://127.0.0.1:" + neighbour.actualPort());

            String body =
                    http.send(
                                    HttpRequest.newBuilder(address).build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body();

            assertEquals("served", body);
            assertEquals("shared", cache.get("key"));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    private static RemoteCacheManager client(int port) {
        ConfigurationBuilder builder = new ConfigurationBuilder();
        builder.addServer().host("127.0.0.1").port(port);
        return new RemoteCacheManager(builder.build());
    }
}
