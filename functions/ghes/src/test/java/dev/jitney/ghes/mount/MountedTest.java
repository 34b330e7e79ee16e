package dev.jitney.ghes.mount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MountedTest {
    @TempDir private Path directory;

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger made = new AtomicInteger();
    private Mounted<String> mounted;

    @BeforeEach
    void mount() {
        mounted =
                new Mounted<>(
                        directory,
                        List.of("a", "b"),
                        files -> {
                            if (files.isEmpty()) throw new IllegalArgumentException("is empty");
                            if (files.containsValue("bad")) {
                                throw new IllegalArgumentException("holds what is bad");
                            }
                            made.incrementAndGet();
                            return files.toString();
                        },
                        nanos::get);
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content);
    }

    private void secondsPass(double seconds) {
        nanos.addAndGet((long) (seconds * Duration.ofSeconds(1).toNanos()));
    }

    @Test
    void looksAgainAfterASecond_andMakesTheValueAnewOnlyWhenItChanged() throws IOException {
        write("a", "1");
        assertEquals("{a=1}", mounted.get());

        write("a", "2");
        secondsPass(0.9);
        assertEquals("{a=1}", mounted.get());
        secondsPass(0.2);
        assertEquals("{a=2}", mounted.get());

        secondsPass(5);
        assertEquals("{a=2}", mounted.get());
        assertEquals(2, made.get());
    }

    @Test
    void looksAtOnceWhenAsked() throws IOException {
        write("a", "1");
        assertEquals("{a=1}", mounted.get());
        write("b", "2");

        assertEquals("{a=1, b=2}", mounted.fresh());
        assertEquals("{a=1, b=2}", mounted.get());
    }

    @Test
    void keepsWhatItHadWhileTheFilesCannotBeUsed() throws IOException {
        write("a", "1");
        assertEquals("{a=1}", mounted.get());

        write("a", "bad");
        assertEquals("{a=1}", mounted.fresh());
        Files.delete(directory.resolve("a"));
        assertEquals("{a=1}", mounted.fresh());
        write("a", "3");
        assertEquals("{a=3}", mounted.fresh());
    }

    @Test
    void saysWhereAndWhyWhenNothingWasEverThere() throws IOException {
        var failure = assertThrows(IllegalArgumentException.class, mounted::get);
        assertEquals(directory + " is empty", failure.getMessage());

        write("a", "1");
        assertEquals("{a=1}", mounted.get());
    }

    /** As the kubelet does it: a new directory, then the link turns. */
    @Test
    void readsAllFilesOfOneState() throws IOException {
        project("..1", "1", "1");
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..1"));
        for (String name : List.of("a", "b")) {
            Files.createSymbolicLink(directory.resolve(name), Path.of("..data", name));
        }
        assertEquals("{a=1, b=1}", mounted.get());

        project("..2", "2", "2");
        Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..2"));
        Files.move(
                directory.resolve("..data_tmp"),
                directory.resolve("..data"),
                StandardCopyOption.ATOMIC_MOVE);

        assertEquals("{a=2, b=2}", mounted.fresh());
    }

    private void project(String name, String a, String b) throws IOException {
        Path made = Files.createDirectory(directory.resolve(name));
        Files.writeString(made.resolve("a"), a);
        Files.writeString(made.resolve("b"), b);
    }

    @Test
    void refusesAFileThatNoSecretCanHold() throws IOException {
        write("a", "x".repeat(1024 * 1024 + 1));

        var failure = assertThrows(IllegalArgumentException.class, mounted::get);

        assertEquals(directory + " holds a file above 1 MiB: a", failure.getMessage());
    }
}
