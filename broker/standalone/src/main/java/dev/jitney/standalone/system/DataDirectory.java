package dev.jitney.standalone.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where one system keeps everything, held by at most one supervisor at a time.
 *
 * <p>{@code secrets/} (for the owner only), {@code logs/}, {@code broker/}, {@code infinispan/},
 * {@code activator/}, {@code kubeconfig}; {@code pids} lists the living processes and {@code
 * up.json} the addresses, while the system is up.
 */
public final class DataDirectory implements AutoCloseable {
    private static final String MARKER = ".jitney-data";
    private static final int SECRET_BYTES = 32;

    private final Path path;
    private final FileChannel lockFile;

    private DataDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Makes the directory, or opens the one of an earlier run, and holds it.
     *
     * @param clean whether to remove what an earlier run left
     * @throws StartFailed if it belongs to another running system, or is not a directory of ours
     */
    public static DataDirectory open(Path path, boolean clean) {
        try {
            if (!isOurs(path)) {
                throw new StartFailed(
                        path + " is not a data directory of Jitney; name another one with --data");
            }
            Files.createDirectories(path);
            Files.write(path.resolve(MARKER), List.of("Made by ./jitney; --clean removes it."));
            FileChannel lockFile =
                    FileChannel.open(
                            path.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (lock(lockFile) == null) {
                lockFile.close();
                throw new StartFailed("a system is already up on " + path + supervisor(path));
            }
            if (clean) {
                removeContents(path);
            }
            var data = new DataDirectory(path, lockFile);
            data.prepare();
            return data;
        } catch (IOException e) {
            throw new StartFailed("cannot use " + path + ": " + e, e);
        }
    }

    /** Whether a supervisor holds the directory now. */
    static boolean isHeld(Path path) {
        Path file = path.resolve("lock");
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return lock(channel) == null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static boolean isOurs(Path path) throws IOException {
        if (!Files.exists(path) || Files.exists(path.resolve(MARKER))) {
            return true;
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        }
    }

    private static String supervisor(Path path) {
        try (Stream<String> lines = Files.lines(path.resolve("pids"))) {
            return lines.filter(line -> line.endsWith(" supervisor"))
                    .findFirst()
                    .map(line -> " (process " + line.split(" ", -1)[0] + ")")
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    private static void removeContents(Path path) throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                // The lock is held on this very file.
                if (!name.equals(MARKER) && !name.equals("lock")) {
                    removeTree(entry);
                }
            }
        }
    }

    /** Removes a file or a directory with all it holds; follows no links. */
    public static void removeTree(Path root) throws IOException {
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path directory, @Nullable IOException failure) throws IOException {
                        if (failure != null) {
                            throw failure;
                        }
                        Files.delete(directory);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private void prepare() throws IOException {
        Path secrets = path.resolve("secrets");
        Files.createDirectories(secrets);
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(logs());
        generate(webhookSecretFile());
        generate(ghesTokenFile());
    }

    private static void generate(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        var permissions =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createFile(file, permissions);
        Files.writeString(file, HexFormat.of().formatHex(bytes) + "\n");
    }

    public Path path() {
        return path;
    }

    Path logs() {
        return path.resolve("logs");
    }

    Path webhookSecretFile() {
        return path.resolve("secrets/webhook-secret");
    }

    Path ghesTokenFile() {
        return path.resolve("secrets/ghes-token");
    }

    /** Replaces a file whole, so that a reader sees the old or the new content. */
    void replace(String name, String content) {
        try {
            Path next = path.resolve(name + ".next");
            Files.writeString(next, content);
            Files.move(next, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets go of the directory; what it holds stays, but for what tells of a running system. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(path.resolve("pids"));
            Files.deleteIfExists(path.resolve("up.json"));
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
