package dev.jitney.broker.activator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The files of one volume, laid out as the kubelet does it: they are links into {@code ..data},
 * itself a link that turns to a new directory when anything has changed, so that a reader sees all
 * old or all new files.
 */
final class VolumeFiles {
    private static final FileAttribute<Set<PosixFilePermission>> OWNERS_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final String DATA = "..data";

    private final Path directory;
    private final Supplier<Map<String, String>> source;
    private SortedMap<String, String> held = new TreeMap<>();
    private int generation;

    /**
     * @param source what the files are to hold, by name
     */
    VolumeFiles(Path directory, Supplier<Map<String, String>> source) {
        this.directory = directory;
        this.source = source;
    }

    Path directory() {
        return directory;
    }

    /** Takes over what the source holds now. */
    void refresh() throws IOException {
        SortedMap<String, String> now = new TreeMap<>(source.get());
        if (generation > 0 && now.equals(held)) {
            return;
        }
        Files.createDirectories(directory, OWNERS_DIRECTORY);
        Path before = directory.resolve(".." + generation);
        Path after = directory.resolve(".." + ++generation);
        Files.createDirectory(after, OWNERS_DIRECTORY);
        for (Map.Entry<String, String> file : now.entrySet()) {
            Path path = Files.createFile(after.resolve(file.getKey()), OWNERS_FILE);
            Files.write(path, file.getValue().getBytes(StandardCharsets.UTF_8));
        }
        turn(after);
        link(now);
        Volumes.remove(before);
        held = now;
    }

    private void turn(Path after) throws IOException {
        Path next = directory.resolve("..data_next");
        Files.deleteIfExists(next);
        Files.createSymbolicLink(next, after.getFileName());
        Files.move(next, directory.resolve(DATA), StandardCopyOption.ATOMIC_MOVE);
    }

    private void link(SortedMap<String, String> now) throws IOException {
        for (String name : held.keySet()) {
            if (!now.containsKey(name)) {
                Files.deleteIfExists(directory.resolve(name));
            }
        }
        for (String name : now.keySet()) {
            Path link = directory.resolve(name);
            if (!Files.isSymbolicLink(link)) {
                Files.createSymbolicLink(link, Path.of(DATA, name));
            }
        }
    }
}
