package dev.jitney.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole system, as its own processes, from the functions that were built. */
final class SystemIT {
    private static final Path ROOT = Path.of(System.getProperty("jitney.root"));
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    @TempDir private Path temporary = Path.of("");
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void needsTheFunctions() {
        for (String function :
                List.of("webhook", "admission", "provisioner", "cleanup", "reconciler")) {
            Path app = ROOT.resolve("functions").resolve(function).resolve("target/quarkus-app");
            boolean built = Files.exists(app.resolve("quarkus-run.jar"));
            if (!built) {
                System.err.println("SKIPPED " + getClass().getName() + ": not built: " + app);
            }
            assumeTrue(built, "not built: " + app);
        }
    }

    @AfterEach
    void stopWhatIsLeft() {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Process jitney(Path output, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-Djitney.root=" + ROOT,
                                "-cp",
                                System.getProperty("java.class.path"),
                                Jitney.class.getName()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        processes.add(process);
        return process;
    }

    private static void awaitExit(int code, Process process, Path output) throws Exception {
        assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), text(output));
        assertEquals(code, process.exitValue(), text(output));
    }

    private static String text(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("never happened: " + what);
            }
            Thread.sleep(20);
        }
    }

    private static Optional<Long> pid(Path data, String name) {
        try {
            return Files.readAllLines(data.resolve("pids")).stream()
                    .filter(line -> line.endsWith(" " + name))
                    .map(line -> Long.parseLong(line.split(" ", -1)[0]))
                    .findFirst();
        } catch (IOException notYet) {
            return Optional.empty();
        }
    }

    /** Alive, and not only waiting for somebody to ask how it ended: then it has no command. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    private static void kill(Path data, String name) throws InterruptedException {
        await(name + " runs", () -> pid(data, name).isPresent());
        long pid = pid(data, name).orElseThrow();
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        await(name + " is gone", () -> ProcessHandle.of(pid).filter(SystemIT::runs).isEmpty());
    }

    private static void assertNothingBroke(JsonObject report, int jobs) {
        assertEquals(
                new JsonObject().put("queued", jobs).put("completed", jobs).put("lost", 0),
                only(report.getJsonObject("jobs"), "queued", "completed", "lost"),
                report.encodePrettily());
        assertEquals(0, report.getInteger("violations"), report.encodePrettily());
        report.getJsonObject("leftovers")
                .forEach(
                        left ->
                                assertEquals(
                                        0,
                                        ((Number) left.getValue()).intValue(),
                                        report.encodePrettily()));
    }

    private static JsonObject only(JsonObject json, String... keys) {
        JsonObject some = new JsonObject();
        for (String key : keys) {
            some.put(key, json.getValue(key));
        }
        return some;
    }

    @Test
    void aDemoOfItsOwnEndsClean() throws Exception {
        Path json = temporary.resolve("report.json");
        Path output = temporary.resolve("demo.log");

        Process demo =
                jitney(
                        output,
                        "demo",
                        "--no-train",
                        "--jobs=200",
                        "--orgs=20",
                        "--speed=120",
                        "--data=" + temporary.resolve("none"),
                        "--json=" + json);
        awaitExit(0, demo, output);

        JsonObject report = new JsonObject(text(json));
        assertNothingBroke(report, 200);
        assertEquals(0, report.getInteger("inversions"), report.encodePrettily());
        assertTrue(report.getJsonObject("runners").getInteger("peakPerOrg") <= 10);
        assertTrue(report.getLong("coldStarts") >= 4, report.encodePrettily());
    }

    @Test
    void deathsOfAFunctionAndOfThePlatformLoseNothing() throws Exception {
        Path data = temporary.resolve("data");
        Path upLog = temporary.resolve("up.log");
        Process up =
                jitney(
                        upLog,
                        "up",
                        "--no-train",
                        "--port=0",
                        "--data=" + data,
                        "--set=tick=5s",
                        "--set=speed=180");
        await("the system is up", () -> Files.exists(data.resolve("up.json")));
        SecretHunt hunt = new SecretHunt(data);

        Path second = temporary.resolve("second.log");
        awaitExit(1, jitney(second, "up", "--no-train", "--port=0", "--data=" + data), second);
        assertTrue(text(second).contains("already up"), text(second));

        Path json = temporary.resolve("report.json");
        Path output = temporary.resolve("demo.log");
        Process demo =
                jitney(
                        output,
                        "demo",
                        "--jobs=150",
                        "--orgs=20",
                        "--data=" + data,
                        "--json=" + json);
        kill(data, "provisioner");
        long firstPlatform = pid(data, "platform").orElseThrow();
        kill(data, "platform");
        await(
                "the platform is started again",
                () -> pid(data, "platform").filter(pid -> pid != firstPlatform).isPresent());
        assertTrue(demo.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), text(output));
        assertTrue(Files.exists(json), text(output) + text(upLog));
        assertNothingBroke(new JsonObject(text(json)), 150);

        operatorsChangeThePolicyDuringADemo(data, upLog);

        hunt.close();
        assertEquals(Set.of("JIT configuration", "ghes-token", "webhook-secret"), hunt.known());
        assertTrue(hunt.pods() > 100, hunt.pods() + " pods were seen");
        assertEquals(
                List.of(),
                hunt.leaks(List.of(upLog, second, output, json, temporary.resolve("changed.log"))));

        List<ProcessHandle> all = up.toHandle().descendants().toList();
        assertFalse(all.isEmpty());
        up.destroy();
        assertTrue(up.waitFor(10, TimeUnit.SECONDS), "still up after 10 s");
        assertEquals(0, up.exitValue(), text(upLog));
        await("no process is left", () -> all.stream().noneMatch(SystemIT::runs));
        assertFalse(Files.exists(data.resolve("pids")));
    }

    /**
     * Lower and raise, freeze, boost, drain: on the system that is up, whatever ran on it before.
     */
    private void operatorsChangeThePolicyDuringADemo(Path data, Path upLog) throws Exception {
        policy(data, "set", "organization", "*", "--limit=3");
        policy(data, "set", "capacity", "8");
        policy(data, "boost", "org-0002", "--limit=6", "--for=1h");
        policy(data, "freeze", "org-0001");
        policy(data, "drain", "--reason=a test");
        Path json = temporary.resolve("changed.json");
        Path output = temporary.resolve("changed.log");
        Process demo =
                jitney(output, "demo", "--jobs=80", "--orgs=4", "--data=" + data, "--json=" + json);
        awaitLine(upLog, "reason=DRAINING");
        awaitLine(upLog, "org=org-0001 .*reason=FROZEN");
        long granted = count(upLog, "decision=GRANTED");

        policy(data, "resume");
        await("somebody is served", () -> count(upLog, "decision=GRANTED") > granted);
        policy(data, "unfreeze", "org-0001");

        assertTrue(demo.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), text(output));
        JsonObject report = new JsonObject(text(json));
        assertNothingBroke(report, 80);
        JsonObject runners = report.getJsonObject("runners");
        assertTrue(runners.getInteger("peak") <= 8, report.encodePrettily());
        assertTrue(runners.getInteger("peakPerOrg") <= 6, report.encodePrettily());
    }

    private static void policy(Path data, String... arguments) {
        List<String> line = new ArrayList<>(List.of("policy"));
        line.addAll(List.of(arguments));
        line.add("--data=" + data);
        assertEquals(0, Jitney.commandLine().execute(line.toArray(String[]::new)), line.toString());
    }

    private static void awaitLine(Path log, String pattern) throws InterruptedException {
        await(pattern + " in " + log, () -> count(log, pattern) > 0);
    }

    private static long count(Path log, String pattern) {
        try {
            return text(log).lines().filter(Pattern.compile(pattern).asPredicate()).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
