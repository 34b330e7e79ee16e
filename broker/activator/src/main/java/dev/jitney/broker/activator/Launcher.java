package dev.jitney.broker.activator;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Starts processes that do not outlive this one.
 *
 * <p>The command is run through a shell that leaves a watchdog beside it and then becomes the
 * command, so that the process id, the signals and the exit code are those of the command. The
 * watchdog reads a pipe whose other end only this JVM holds. However this JVM ends, the kernel
 * closes that end, the read returns, and the watchdog kills. Nothing is ever written to the pipe.
 *
 * <p>When the command ends first, the JVM closes its end after it has collected the exit code, and
 * the watchdog kills a process that is gone. Process ids are handed out in a circle, so that number
 * belongs to nobody else within that instant.
 *
 * <p>A terminal sends its interrupt to every process of the foreground. The commands ignore it: the
 * broker stops them when it has drained.
 */
final class Launcher {
    private static final String SHELL =
            """
            exec 3<&0
            ( trap '' INT TERM HUP; read -r nothing <&3; kill -KILL $$ ) </dev/null >/dev/null 2>&1 &
            trap '' INT HUP
            exec "$@" </dev/null 3<&-
            """;
    private static final long LOG_CHARS_MAX = 8L << 20;

    private final PidFiles pidFiles;
    private final Path logs;

    Launcher(PidFiles pidFiles, Path logs) {
        this.pidFiles = pidFiles;
        this.logs = logs;
    }

    /**
     * Starts a command.
     *
     * @param name unique among the processes of this activator; names its log
     * @param lines hears each line of output
     * @throws IOException if the shell or the directory is missing
     */
    Process launch(
            String name,
            List<String> command,
            Path directory,
            Map<String, String> environment,
            Consumer<String> lines)
            throws IOException {
        List<String> shell = new ArrayList<>(List.of("/bin/sh", "-c", SHELL, "sh"));
        shell.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(shell);
        builder.directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Files.createDirectories(logs);
        BufferedWriter log =
                Files.newBufferedWriter(
                        logs.resolve(name + ".log"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
        Process process = builder.start();
        pidFiles.write(name, process.toHandle());
        var _ = process.onExit().thenRun(() -> pidFiles.delete(name));
        Thread.ofPlatform().name("output-" + name).daemon().start(() -> pump(process, log, lines));
        return process;
    }

    private static void pump(Process process, BufferedWriter log, Consumer<String> lines) {
        long chars = 0;
        try (log;
                BufferedReader output =
                        new BufferedReader(
                                new InputStreamReader(
                                        process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                chars += line.length() + 1;
                if (chars <= LOG_CHARS_MAX) {
                    log.write(line);
                    log.newLine();
                    log.flush();
                }
                lines.accept(line);
            }
        } catch (IOException ended) {
            // The stream of a killed process may end in the middle; there is nothing left to read.
        }
    }
}
