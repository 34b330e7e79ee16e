package dev.jitney.standalone;

import dev.jitney.standalone.system.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A data directory that goes when it is closed, unless it is kept to be looked at. */
final class TemporaryData implements AutoCloseable {
    private final Path path;
    private volatile boolean kept;

    private TemporaryData(Path path) {
        this.path = path;
    }

    static TemporaryData create(String prefix) {
        try {
            return new TemporaryData(Files.createTempDirectory(prefix + "-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return path;
    }

    void keep() {
        kept = true;
    }

    @Override
    public void close() {
        if (!kept && Files.exists(path)) {
            try {
                DataDirectory.removeTree(path);
            } catch (IOException e) {
                System.err.println("jitney: could not remove " + path + ": " + e.getMessage());
            }
        }
    }
}
