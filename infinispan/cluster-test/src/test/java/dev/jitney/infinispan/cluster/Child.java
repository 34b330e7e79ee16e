package dev.jitney.infinispan.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * A JVM of its own that answers lines. It ends when its input does, so it outlives nobody who
 * started it, however that one ended.
 */
final class Child implements AutoCloseable {
    private static final String READY = "0 ready";

    private final Process process;
    private final PrintWriter in;
    private final Map<String, CompletableFuture<String>> asked = new ConcurrentHashMap<>();
    private final CompletableFuture<String> ready = new CompletableFuture<>();
    private final AtomicLong lastId = new AtomicLong();

    private Child(Process process) {
        this.process = process;
        this.in = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        asked.put("0", ready);
        Thread.ofVirtual().start(this::listen);
    }

    /**
     * @param log gets what it writes to its error stream, after what is there
     */
    static Child start(Class<?> main, Path log, List<String> options, List<String> arguments)
            throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return new Child(
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start());
    }

    /** What a child's main does once it is ready: answers each line on a thread of its own. */
    static void answer(UnaryOperator<String> answers) throws IOException {
        say(READY);
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] parts = line.split(" ", 2);
            Thread.ofVirtual().start(() -> say(parts[0] + " " + answers.apply(parts[1])));
        }
        Runtime.getRuntime().halt(0);
    }

    private static synchronized void say(String line) {
        System.out.println(line);
    }

    private void listen() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                String[] parts = line.split(" ", 2);
                CompletableFuture<String> waiting = asked.remove(parts[0]);
                if (waiting != null) {
                    waiting.complete(parts[1]);
                }
            }
        } catch (IOException e) {
            // It died in the middle of a line: the same as at the end of one.
        }
        asked.values().forEach(each -> each.completeExceptionally(new IOException("it is dead")));
    }

    /** Completes when its main is ready to answer; fails when it died before. */
    CompletableFuture<String> ready() {
        return ready;
    }

    /** Its answer; fails when it dies before it gives one. */
    CompletableFuture<String> ask(String line) {
        String id = Long.toString(lastId.incrementAndGet());
        CompletableFuture<String> answer = new CompletableFuture<>();
        asked.put(id, answer);
        synchronized (in) {
            in.println(id + " " + line);
        }
        if (!process.isAlive()) {
            answer.completeExceptionally(new IOException("it is dead"));
        }
        return answer;
    }

    void signal(String name) throws IOException, InterruptedException {
        String pid = Long.toString(process.pid());
        if (new ProcessBuilder("kill", "-" + name, pid).start().waitFor() != 0) {
            throw new IOException("no signal " + name + " to " + pid);
        }
    }

    /** As {@code kill -9}, also when it is frozen. */
    @Override
    public void close() throws InterruptedException {
        if (!process.destroyForcibly().waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("still alive: " + process.pid());
        }
    }
}
