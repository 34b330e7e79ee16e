package dev.jitney.broker.activator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, from zero and back. */
final class ActivatorTest {
    @TempDir Path directory;

    @Test
    void startsFromZeroServesAndGoesBackToZero() throws IOException {
        try (Serving serving = new Serving(directory, "{}", "", Serving::fast)) {
            assertEquals(0, serving.stats().coldStarts());

            String answer = serving.get("/fn/x?y=1");

            assertTrue(answer.endsWith(" /fn/x 0"), answer);
            assertEquals(1, serving.stats().coldStarts());
            Serving.until("it is back at zero", () -> serving.stats().ready() == 0);
            Serving.until("it is told", () -> serving.events.size() == 3);
            assertTrue(serving.events.get(1) instanceof InstanceEvent.Ready, "ready");
            assertTrue(serving.events.get(2) instanceof InstanceEvent.Stopped, "stopped");
            assertEquals(0, serving.stats().deaths());
            assertTrue(serving.lines.contains("listening"));
            assertTrue(Files.readString(directory.resolve("logs/fn-1.log")).contains("listening"));
        }
    }

    @Test
    void givesTheEnvironmentOfAClusterAndNothingElse() throws IOException {
        try (Serving serving = new Serving(directory, "{}", "", timing -> timing)) {
            List<String> variables = serving.get("/fn/env").lines().toList();

            assertTrue(variables.contains("K_SERVICE=fn"), variables.toString());
            assertTrue(variables.contains("K_SINK=http://127.0.0.1:1/test/events"));
            assertTrue(variables.contains("K_CE_OVERRIDES={\"extensions\":{\"org\":\"acme\"}}"));
            assertTrue(variables.contains("FROM_MAP=map"));
            assertTrue(variables.contains("BOTH=env"));
            assertTrue(variables.contains("TOKEN=s3cret"));
            assertTrue(variables.contains("OVERRIDE=yes"));
            assertTrue(variables.contains("QUARKUS_HTTP_HOST=127.0.0.1"));
            assertFalse(variables.stream().anyMatch(v -> v.startsWith("JAVA_HOME=")));
            assertFalse(variables.stream().anyMatch(v -> v.startsWith("MAVEN_")));
        }
    }

    @Test
    void mountsVolumesInADirectoryOfItsOwn_thatFollowsTheSecret() throws IOException {
        Path files = directory.resolve("state/volumes/fn-1/credentials");
        try (Serving serving = new Serving(directory, "{}", "", timing -> timing)) {
            List<String> variables = serving.get("/fn/env").lines().toList();

            assertEquals(files.toString(), value(variables, "FILES"));
            assertEquals(files.resolve("token").toString(), value(variables, "FILE"));
            assertEquals("/etc/credentials-not", value(variables, "NO_FILE"));
            assertEquals("s3cret", Files.readString(files.resolve("token")));
            assertFalse(Files.exists(Path.of(value(variables, "ABSENT"))));
            assertEquals("rwx------", permissions(files));
            assertEquals("rw-------", permissions(files.resolve("token")));

            serving.credentials = Map.of("token", "new", "more", "m");
            Serving.until("it follows", () -> Files.exists(files.resolve("more")));
            assertEquals("new", Files.readString(files.resolve("token")));
            serving.credentials = Map.of("more", "m");
            Serving.until("it goes", () -> !Files.exists(files.resolve("token")));
        }
        Serving.until("nothing is left", () -> !Files.exists(files));
    }

    private static String value(List<String> variables, String name) {
        return variables.stream()
                .filter(each -> each.startsWith(name + "="))
                .map(each -> each.substring(name.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void limitsConcurrencyAndScale() throws IOException {
        String annotations = "{autoscaling.knative.dev/max-scale: '2'}";
        try (Serving serving =
                new Serving(directory, annotations, "containerConcurrency: 1", Serving::fast)) {
            List<CompletableFuture<HttpResponse<String>>> answers =
                    IntStream.range(0, 6).mapToObj(i -> serving.send("/fn/slow")).toList();

            long processes =
                    answers.stream()
                            .map(CompletableFuture::join)
                            .map(response -> Serving.pid(response.body()))
                            .distinct()
                            .count();

            assertEquals(2, processes);
            assertEquals(2, serving.stats().coldStarts());
        }
    }

    @Test
    void noticesADeathAndStartsAnother() throws IOException {
        try (Serving serving = new Serving(directory, "{}", "", timing -> timing)) {
            String first = Serving.pid(serving.get("/fn/x"));

            assertEquals(502, serving.status("/fn/halt"));

            Serving.until("it is noticed", () -> serving.stats().deaths() == 1);
            String second = Serving.pid(serving.get("/fn/x"));
            assertFalse(first.equals(second));
        }
    }

    @Test
    void refusesWhileItCannotStart() throws IOException {
        try (Serving serving =
                new Serving(
                        directory,
                        "{}",
                        "",
                        timing -> timing,
                        Map.of("FAIL_AT_START", "yes"),
                        100)) {

            assertEquals(503, serving.status("/fn/x"));
            assertEquals(503, serving.status("/fn/x"));

            Serving.until("both are noticed", () -> serving.stats().deaths() >= 2);
            assertEquals(503, serving.status("/fn/x"));
            assertTrue(
                    serving.events.getLast() instanceof InstanceEvent.Died died
                            && died.reason().equals("exit code 3"));
        }
    }

    @Test
    void boundsTheQueueTheBodyAndTheTime() throws IOException {
        String spec = "containerConcurrency: 1\n      timeoutSeconds: 1";
        String annotations = "{autoscaling.knative.dev/max-scale: '1'}";
        try (Serving serving =
                new Serving(directory, annotations, spec, timing -> timing, Map.of(), 1)) {
            assertTrue(serving.get("/fn/x").endsWith("0"));
            var holds = serving.send("/fn/forever");
            Serving.until("the place is taken", () -> serving.stats().inFlight() == 1);
            var waits = serving.send("/fn/x");
            Serving.until("one waits", () -> serving.stats().queued() == 1);

            assertEquals(503, serving.status("/fn/x"));
            assertEquals(504, holds.join().statusCode());
            assertTrue(waits.join().statusCode() >= 200);
            assertEquals(404, serving.status("/other"));
            byte[] large = new byte[Gateway.BODY_BYTES_MAX + 1];
            HttpRequest request =
                    HttpRequest.newBuilder(serving.gateway.url().resolve("/fn/x"))
                            .POST(BodyPublishers.ofByteArray(large))
                            .build();
            assertEquals(413, serving.send(request).join().statusCode());
        }
    }

    @Test
    void keepsTheMinimum() throws IOException {
        String annotations = "{autoscaling.knative.dev/min-scale: '1'}";
        try (Serving serving = new Serving(directory, annotations, "", Serving::fast)) {
            Serving.until("one is ready", () -> serving.stats().ready() == 1);

            long pid = started(serving).pid();
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);

            Serving.until("another is ready", () -> serving.stats().coldStarts() == 2);
            Serving.until("another is ready", () -> serving.stats().ready() == 1);
        }
    }

    @Test
    void closingEndsEveryProcess() throws IOException {
        Serving serving = new Serving(directory, "{}", "", timing -> timing);
        long pid = Long.parseLong(Serving.pid(serving.get("/fn/x")));

        serving.close();

        assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
    }

    @Test
    void noProcessOutlivesAParentThatIsKilled() throws Exception {
        Process parent =
                new ProcessBuilder(Serving.command("Parent", directory.toString()))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        long pid = firstPid(parent);
        assertTrue(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));

        parent.destroyForcibly().waitFor();

        long killed = System.nanoTime();
        Serving.until("the orphan is gone", () -> !Serving.runs(pid));
        long millis = (System.nanoTime() - killed) / 1_000_000;
        System.out.println("orphan gone after " + millis + " ms");
        assertTrue(millis < 1000, "it took " + millis + " ms");
    }

    @Test
    void killsWhatAnEarlierRunLeftButNoStranger() throws Exception {
        Process stale = new ProcessBuilder("sleep", "60").start();
        Process stranger = new ProcessBuilder("sleep", "60").start();
        PidFiles files = new PidFiles(directory);
        files.write("fn-1", stale.toHandle());
        Files.writeString(directory.resolve("fn-2.pid"), stranger.pid() + " 1000\n");

        List<Long> killed = new PidFiles(directory).killStale();

        assertEquals(List.of(stale.pid()), killed);
        stale.waitFor();
        assertTrue(stranger.isAlive());
        stranger.destroyForcibly().waitFor();
    }

    private static InstanceEvent.Started started(Serving serving) {
        return serving.events.stream()
                .filter(InstanceEvent.Started.class::isInstance)
                .map(InstanceEvent.Started.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static long firstPid(Process parent) throws IOException {
        try (BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
            return output.lines()
                    .filter(line -> line.startsWith("pid="))
                    .mapToLong(line -> Long.parseLong(line.substring(4)))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
