package dev.jitney.standalone.system;

import dev.jitney.standalone.platform.PlatformMain;
import dev.jitney.standalone.platform.PlatformMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The platform's process, started again whenever it dies.
 *
 * <p>It is told to stop by the end of its standard input, which also comes when this process is
 * killed, so it never stays behind. It ignores the interrupt that a terminal sends to the whole
 * group: only its supervisor stops it, in order.
 */
final class PlatformProcess implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final int FAILURES_MAX = 5;
    private static final long FAILURE_PAUSE_MILLIS = 500;

    private final DataDirectory data;
    private final Path settings;
    private final RunningProcesses processes;
    private final SystemListener listener;
    private final Duration stopWithin;
    private final CompletableFuture<Boolean> firstReady = new CompletableFuture<>();
    private final Thread supervisor;
    private volatile boolean closing;
    private volatile @Nullable Process process;

    /** Only the supervising thread uses these. */
    private int failuresInARow;

    private String lastFailure = "";

    PlatformProcess(
            DataDirectory data,
            Path settings,
            RunningProcesses processes,
            SystemListener listener,
            Duration stopWithin) {
        this.data = data;
        this.settings = settings;
        this.processes = processes;
        this.listener = listener;
        this.stopWithin = stopWithin;
        this.supervisor =
                Thread.ofPlatform().name("platform-supervisor").unstarted(this::supervise);
    }

    /**
     * Starts it and returns once it is ready.
     *
     * @throws StartFailed if it is not within a minute
     */
    void start() {
        supervisor.start();
        try {
            firstReady.get(READY_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StartFailed failed
                    ? failed
                    : new StartFailed("the platform does not start", e);
        } catch (TimeoutException e) {
            throw new StartFailed("the platform does not start; see " + log(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailed("interrupted", e);
        }
    }

    private Path log() {
        return data.logs().resolve("platform.log");
    }

    private void supervise() {
        while (!closing && failuresInARow < FAILURES_MAX) {
            try {
                runOnce();
            } catch (IOException e) {
                lastFailure = "cannot start a process: " + e.getMessage();
                failuresInARow++;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        if (!closing) {
            String reason = "the platform does not start: " + lastFailure + "; see " + log();
            if (!firstReady.completeExceptionally(new StartFailed(reason))) {
                listener.trouble(reason);
            }
        }
    }

    private void runOnce() throws IOException, InterruptedException {
        boolean[] ready = {false};
        Process started = launch();
        process = started;
        processes.platformStarted(started.pid());
        if (closing) {
            started.getOutputStream().close();
        }
        try (BufferedReader messages =
                new BufferedReader(
                        new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = messages.readLine(); line != null; line = messages.readLine()) {
                PlatformMessage.decode(line)
                        .ifPresent(
                                message -> {
                                    ready[0] |= message instanceof PlatformMessage.Ready;
                                    handle(message);
                                });
            }
        } catch (IOException killed) {
            // Its end is what the next line waits for.
        }
        int code = started.waitFor();
        processes.platformEnded();
        if (!closing) {
            failuresInARow = ready[0] ? 0 : failuresInARow + 1;
            listener.trouble("the platform ended with code " + code + " and is started again");
            if (!ready[0]) {
                Thread.sleep(FAILURE_PAUSE_MILLIS);
            }
        }
    }

    private Process launch() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command =
                List.of(
                        "/bin/sh",
                        "-c",
                        "trap '' INT HUP; exec \"$@\"",
                        "sh",
                        java,
                        "-XX:+UseSerialGC",
                        "-XX:+UseCompactObjectHeaders",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Djava.net.preferIPv4Stack=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PlatformMain.class.getName(),
                        settings.toString());
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private void handle(PlatformMessage message) {
        switch (message) {
            case PlatformMessage.Ready() -> firstReady.complete(true);
            case PlatformMessage.Failed(String reason) -> lastFailure = reason;
            case PlatformMessage.FunctionStarted started -> processes.functionStarted(started);
            case PlatformMessage.FunctionReady(String function, _, Duration after) ->
                    listener.started(function, after);
            case PlatformMessage.FunctionEnded ended -> {
                processes.functionEnded(ended);
                if (!ended.reason().isEmpty()) {
                    listener.trouble(ended.function() + " died: " + ended.reason());
                }
            }
            case PlatformMessage.Line(String function, String text) ->
                    listener.line(function, text);
        }
    }

    /** Stops it, and kills it if it does not stop in time. */
    @Override
    public void close() {
        closing = true;
        Process running = process;
        if (running == null) {
            return;
        }
        try {
            running.getOutputStream().close();
            if (!running.waitFor(stopWithin.toMillis(), TimeUnit.MILLISECONDS)) {
                // Its functions follow by themselves.
                running.destroyForcibly().waitFor();
            }
            supervisor.join(Duration.ofSeconds(1));
        } catch (IOException dead) {
            running.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running.destroyForcibly();
        }
    }
}
