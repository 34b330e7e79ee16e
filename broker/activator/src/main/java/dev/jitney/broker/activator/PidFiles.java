package dev.jitney.broker.activator;

import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Records of running children, for the next start of the activator. A second net: normally the
 * watchdog of {@link Launcher} has killed them long before.
 */
final class PidFiles {
    private static final System.Logger LOG = System.getLogger(PidFiles.class.getName());

    /** The kernel reports the start of a process in steps of 10 ms. */
    private static final Duration SAME_START = Duration.ofSeconds(2);

    private final Path directory;

    PidFiles(Path directory) {
        this.directory = directory;
    }

    void write(String name, ProcessHandle process) throws IOException {
        Files.createDirectories(directory);
        Optional<Instant> start = process.info().startInstant();
        if (start.isPresent()) {
            Files.writeString(file(name), process.pid() + " " + start.get().toEpochMilli() + "\n");
        }
    }

    void delete(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException harmless) {
            // A record without a process is recognised by the start time.
        }
    }

    private Path file(String name) {
        return directory.resolve(name + ".pid");
    }

    /** Kills what an earlier activator left running; returns the process ids. */
    List<Long> killStale() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".pid"))
                    .flatMap(file -> killStale(file).stream())
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot list " + directory, failure);
        }
    }

    private static Optional<Long> killStale(Path file) {
        try {
            String[] parts = Files.readString(file).strip().split(" ", -1);
            Files.delete(file);
            Instant start = Instant.ofEpochMilli(Long.parseLong(parts[1]));
            return ProcessHandle.of(Long.parseLong(parts[0]))
                    .filter(process -> isOurs(process, start))
                    .filter(ProcessHandle::destroyForcibly)
                    .map(ProcessHandle::pid);
        } catch (IOException | RuntimeException unreadable) {
            LOG.log(WARNING, "{0} is unreadable and ignored", file);
            return Optional.empty();
        }
    }

    /** A process id is used again; a process id and a start time are not. */
    private static boolean isOurs(ProcessHandle process, Instant start) {
        return process.info()
                .startInstant()
                .map(actual -> Duration.between(actual, start).abs().compareTo(SAME_START) < 0)
                .orElse(false);
    }
}
