package dev.jitney.ghes.mount;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A value made of a few small files of one directory. Whoever asks for it has the files looked at,
 * at most once a second, so a change needs no restart, and nothing runs while nobody asks.
 *
 * <p>Kubernetes replaces all files of a Secret at once, by turning the link {@code ..data} to
 * another directory; the files are read behind that link, so they are always of one state. What is
 * read later and cannot be used changes nothing: it is logged once, without its content, and the
 * last good value holds. May be used by several threads.
 */
public final class Mounted<T> {
    private static final System.Logger LOG = System.getLogger(Mounted.class.getName());

    private static final long LOOK_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    /** A Secret holds at most 1 MiB. */
    private static final int BYTES_MAX = 1024 * 1024;

    private static final String DATA = "..data";

    private final Path shown;
    private final Path directory;
    private final List<String> names;
    private final Function<SortedMap<String, String>, T> read;
    private final LongSupplier nanos;
    private volatile @Nullable Looked<T> looked;

    /** What the files held, what was made of them, when, and what was wrong since. */
    private record Looked<T>(
            SortedMap<String, String> files, T value, long atNanos, String problem) {
        /** Leaves the content out. */
        @Override
        public String toString() {
            return "Looked[files=" + files.keySet() + "]";
        }
    }

    /**
     * @param directory where the files are
     * @param names of the files; each may be absent
     * @param read makes the value of the contents by name; throws {@link IllegalArgumentException}
     *     for what it cannot use, with a message that holds nothing of the content
     * @param nanos a clock that only counts on, such as {@link System#nanoTime}
     */
    public Mounted(
            Path directory,
            List<String> names,
            Function<SortedMap<String, String>, T> read,
            LongSupplier nanos) {
        this(directory, directory, names, read, nanos);
    }

    private Mounted(
            Path shown,
            Path directory,
            List<String> names,
            Function<SortedMap<String, String>, T> read,
            LongSupplier nanos) {
        this.shown = shown;
        this.directory = directory;
        this.names = List.copyOf(names);
        this.read = read;
        this.nanos = nanos;
    }

    /** A value made of one file; its content is empty when it is absent. */
    public static <T> Mounted<T> file(Path file, Function<String, T> read) {
        Path absolute = file.toAbsolutePath();
        Path parent = absolute.getParent();
        if (parent == null) throw new IllegalArgumentException("not a file: " + file);
        String name = String.valueOf(absolute.getFileName());
        return new Mounted<>(
                file,
                parent,
                List.of(name),
                files -> read.apply(files.getOrDefault(name, "")),
                System::nanoTime);
    }

    /**
     * The value as of a moment ago.
     *
     * @throws IllegalArgumentException if the files could never be used so far; says why
     */
    public T get() {
        Looked<T> last = looked;
        if (last != null && nanos.getAsLong() - last.atNanos() < LOOK_EVERY_NANOS) {
            return last.value();
        }
        return fresh();
    }

    /**
     * The value as of now.
     *
     * @throws IllegalArgumentException as {@link #get}
     */
    public synchronized T fresh() {
        long now = nanos.getAsLong();
        Looked<T> last = looked;
        Looked<T> next = last == null ? first(now) : later(last, now);
        looked = next;
        return next.value();
    }

    private Looked<T> first(long now) {
        try {
            SortedMap<String, String> files = files();
            return new Looked<>(files, read.apply(files), now, "");
        } catch (IllegalArgumentException unusable) {
            throw new IllegalArgumentException(shown + " " + unusable.getMessage());
        }
    }

    private Looked<T> later(Looked<T> last, long now) {
        try {
            SortedMap<String, String> files = files();
            if (files.equals(last.files())) return new Looked<>(files, last.value(), now, "");
            T value = read.apply(files);
            LOG.log(INFO, "{0} has changed and is in use", shown);
            return new Looked<>(files, value, now, "");
        } catch (IllegalArgumentException unusable) {
            String problem = String.valueOf(unusable.getMessage());
            if (!problem.equals(last.problem())) {
                LOG.log(WARNING, "{0} {1}; what it held before is used", shown, problem);
            }
            return new Looked<>(last.files(), last.value(), now, problem);
        }
    }

    private SortedMap<String, String> files() {
        try {
            return filesIn(base());
        } catch (IOException turned) {
            // The link was turned and what it led to removed in between.
            try {
                return filesIn(base());
            } catch (IOException unreadable) {
                throw new IllegalArgumentException(
                        "cannot be read: " + unreadable.getClass().getSimpleName());
            }
        }
    }

    private Path base() throws IOException {
        Path data = directory.resolve(DATA);
        return Files.exists(data) ? data.toRealPath() : directory;
    }

    private SortedMap<String, String> filesIn(Path base) throws IOException {
        var files = new TreeMap<String, String>();
        for (String name : names) {
            Path file = base.resolve(name);
            if (!Files.exists(file)) continue;
            if (Files.size(file) > BYTES_MAX) {
                throw new IllegalArgumentException("holds a file above 1 MiB: " + name);
            }
            files.put(name, Files.readString(file, StandardCharsets.UTF_8));
        }
        if (!base.equals(directory) && !Files.exists(base)) {
            throw new NoSuchFileException(base.toString());
        }
        return files;
    }
}
