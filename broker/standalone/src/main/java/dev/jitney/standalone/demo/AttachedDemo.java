package dev.jitney.standalone.demo;

import dev.jitney.standalone.system.StartFailed;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Asks a running system, through its {@link ControlServer}, to run a demo. */
public final class AttachedDemo {
    private AttachedDemo() {}

    /**
     * Runs a demo over there.
     *
     * @param control address of the control server
     * @param progress is given lines to show
     * @return the report
     * @throws StartFailed if the system refuses, or goes away
     */
    public static JsonObject run(String control, DemoOptions options, Consumer<String> progress)
            throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(control + "/demo"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(options.toJson().encode()))
                        .build();
        try (HttpClient http =
                        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
                Stream<String> lines =
                        http.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
            for (String line : (Iterable<String>) lines::iterator) {
                JsonObject message = new JsonObject(line);
                if (message.containsKey("report")) {
                    return message.getJsonObject("report");
                }
                if (message.containsKey("error")) {
                    throw new StartFailed(message.getString("error"));
                }
                progress.accept(message.getString("progress"));
            }
        } catch (IOException | java.io.UncheckedIOException gone) {
            throw new StartFailed("the system that is up does not answer any more", gone);
        }
        throw new StartFailed("the system that is up ended in the middle of the demo");
    }
}
