package dev.jitney.standalone;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;

/**
 * Learns every secret of a system that is up, and looks for them where none may be: logs, the
 * events that the broker keeps, pods, and the surroundings of processes.
 *
 * <p>JIT configurations are learnt from the Secrets of the cluster as they come and go, so it looks
 * all the time until it is closed.
 */
final class SecretHunt implements AutoCloseable {
    private static final int SHORTEST = 8;

    private final Path data;
    private final URI kubernetes;
    private final HttpClient http = HttpClient.newHttpClient();

    /** What it is, by the secret itself. */
    private final Map<String, String> secrets = new ConcurrentHashMap<>();

    private final Map<String, String> pods = new ConcurrentHashMap<>();
    private final Set<String> surroundings = new ConcurrentSkipListSet<>();
    private final Thread watch;
    private volatile boolean over;

    SecretHunt(Path data) throws IOException {
        JsonObject up = new JsonObject(Files.readString(data.resolve("up.json")));
        this.data = data;
        this.kubernetes = URI.create(up.getString("kubernetes"));
        try (Stream<Path> files = Files.walk(data.resolve("secrets"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                for (String line : Files.readString(file).lines().toList()) {
                    learn(line.strip(), file.getFileName().toString());
                }
            }
        }
        this.watch = Thread.startVirtualThread(this::watch);
    }

    private void learn(String secret, String what) {
        if (secret.length() >= SHORTEST) {
            secrets.put(secret, what);
        }
    }

    private void watch() {
        while (!over) {
            try {
                look();
                Thread.sleep(100);
            } catch (IOException notNow) {
                // The platform is being started again.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void look() throws IOException, InterruptedException {
        for (Object item : items("secrets")) {
            JsonObject secret = (JsonObject) item;
            String name = secret.getJsonObject("metadata").getString("name");
            for (var each : secret.getJsonObject("data", new JsonObject())) {
                String encoded = each.getValue().toString();
                learn(encoded, "JIT configuration of " + name);
                learn(
                        new String(Base64.getDecoder().decode(encoded), UTF_8),
                        "JIT configuration of " + name);
            }
        }
        for (Object item : items("pods")) {
            JsonObject pod = (JsonObject) item;
            pods.put(pod.getJsonObject("metadata").getString("uid"), pod.encode());
        }
        for (String line : Files.readAllLines(data.resolve("pids"))) {
            remember(line.split(" ", -1)[0], "environ");
            remember(line.split(" ", -1)[0], "cmdline");
        }
    }

    /** What every process of the same user can read of another. */
    private void remember(String pid, String file) {
        try {
            surroundings.add(new String(Files.readAllBytes(Path.of("/proc", pid, file)), UTF_8));
        } catch (IOException _) {
            // It is gone, or there is no such thing on this system.
        }
    }

    private JsonArray items(String kind) throws IOException, InterruptedException {
        URI url = kubernetes.resolve("/api/v1/namespaces/jitney-runners/" + kind);
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() == 200
                ? new JsonObject(answer.body()).getJsonArray("items")
                : new JsonArray();
    }

    /** Kinds of secrets it knows. */
    Set<String> known() {
        Set<String> kinds = new TreeSet<>();
        secrets.values().forEach(what -> kinds.add(what.replaceFirst(" of .*", "")));
        return kinds;
    }

    /** Pods it has seen. */
    int pods() {
        return pods.size();
    }

    /**
     * Where a secret is that should not be there; nothing of the secret itself.
     *
     * @param more files to look at besides those of the data directory
     */
    List<String> leaks(List<Path> more) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        pods.forEach((uid, pod) -> texts.put("pod " + uid, pod));
        int number = 0;
        for (String each : surroundings) {
            texts.put("process " + ++number, each);
        }
        List<Path> files = new ArrayList<>(more);
        try (Stream<Path> all = Files.walk(data)) {
            all.filter(Files::isRegularFile).filter(this::mayBeRead).forEach(files::add);
        }
        for (Path file : files) {
            if (Files.exists(file)) {
                texts.put(file.toString(), new String(Files.readAllBytes(file), ISO_8859_1));
            }
        }
        List<String> leaks = new ArrayList<>();
        texts.forEach(
                (where, text) ->
                        secrets.forEach(
                                (secret, what) -> {
                                    if (text.contains(secret)) {
                                        leaks.add(what + " in " + where);
                                    }
                                }));
        return leaks;
    }

    /** Secrets, and what functions have mounted of them, are the owner's only. */
    private boolean mayBeRead(Path file) {
        Path inside = data.relativize(file);
        return !inside.startsWith("secrets") && !inside.toString().contains("volumes");
    }

    @Override
    public void close() {
        over = true;
        watch.interrupt();
        http.close();
    }
}
