package dev.jitney.ghes.simulator;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A runner as the simulated kubelet plays it: one call after the other. */
final class FakeRunner {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI server;
    private final String session;

    private FakeRunner(URI server, String session) {
        this.server = server;
        this.session = session;
    }

    static HttpResponse<String> open(URI server, String jitConfig) {
        return send(request(server, "/_runner/session").POST(BodyPublishers.ofString(jitConfig)));
    }

    static FakeRunner online(URI server, String jitConfig) {
        HttpResponse<String> opened = open(server, jitConfig);
        if (opened.statusCode() != 201) throw new AssertionError("status " + opened.statusCode());
        return new FakeRunner(server, new JsonObject(opened.body()).getString("session"));
    }

    HttpResponse<String> job() {
        return send(request(server, "/_runner/session/" + session + "/job"));
    }

    CompletableFuture<HttpResponse<String>> jobLater() {
        return HTTP.sendAsync(
                request(server, "/_runner/session/" + session + "/job").build(),
                BodyHandlers.ofString());
    }

    /** The id of the job it gets. */
    long take() {
        return jobId(job());
    }

    static long jobId(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) throw new AssertionError("status " + answer.statusCode());
        return new JsonObject(answer.body()).getLong("jobId");
    }

    int done() {
        return send(request(server, "/_runner/session/" + session + "/done")
                        .POST(BodyPublishers.noBody()))
                .statusCode();
    }

    static HttpRequest.Builder request(URI server, String path) {
        return HttpRequest.newBuilder(URI.create(server + path)).timeout(Duration.ofSeconds(20));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new AssertionError(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
