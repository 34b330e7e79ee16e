package dev.jitney.broker.dispatcher.log;

import dev.jitney.broker.dispatcher.BrokerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The durable log of one broker process.
 *
 * <p>One thread writes. Whatever has been asked for while it wrote is written together, and forced
 * to the disk together if the configuration says so; each caller hears of its own entries after
 * that. A failed write is taken back, so that the log stays readable.
 */
public final class EventLog implements AutoCloseable {
    private final BlockingQueue<Append> queue = new LinkedBlockingQueue<>();
    private final AtomicLong sequence;
    private final FileChannel lockFile;
    private final SegmentWriter writer;
    private final Thread thread;
    private final List<Pending> pending;
    private final List<String> reports;
    private final long bytesMax;
    private volatile long bytes;
    private volatile boolean closed;

    private record Append(List<LogEntry> entries, Consumer<@Nullable IOException> written) {}

    private EventLog(BrokerConfig.Log config, FileChannel lockFile, Recovery recovery)
            throws IOException {
        this.lockFile = lockFile;
        this.sequence = new AtomicLong(recovery.lastSequence());
        this.pending = recovery.liveness().pending();
        this.reports = List.copyOf(recovery.reports());
        this.bytesMax = config.bytesMax();
        this.writer = new SegmentWriter(config, recovery.liveness());
        this.bytes = writer.bytes();
        this.thread = Thread.ofPlatform().name("broker-log").daemon().unstarted(this::run);
    }

    /**
     * Opens the log of a directory and reads what an earlier process left.
     *
     * @throws UncheckedIOException if the directory cannot be used, or another process uses it
     */
    public static EventLog open(BrokerConfig.Log config) {
        try {
            Files.createDirectories(config.directory());
            FileChannel lockFile = lock(config);
            Recovery recovery = new Recovery();
            recovery.read(config.directory());
            EventLog log = new EventLog(config, lockFile, recovery);
            log.thread.start();
            return log;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot open the log " + config.directory(), failure);
        }
    }

    private static FileChannel lock(BrokerConfig.Log config) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        config.directory().resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException ours) {
            // Another broker of this very process holds it: the same answer as for a stranger.
        }
        channel.close();
        throw new IOException("another broker uses " + config.directory());
    }

    /** Deliveries owed when the log was opened, oldest event first. */
    public List<Pending> pending() {
        return pending;
    }

    /** Damage found when the log was opened; each line names file and position. */
    public List<String> reports() {
        return reports;
    }

    /** A sequence for a new event. */
    public long nextSequence() {
        return sequence.incrementAndGet();
    }

    /** Whether no more events from outside should be accepted. */
    public boolean isFull() {
        return bytes >= bytesMax;
    }

    /** Size of all segments. */
    public long bytes() {
        return bytes;
    }

    /**
     * Appends entries as one unit.
     *
     * @param written called on the thread of the log, with null once they are durable
     */
    public void append(List<LogEntry> entries, Consumer<@Nullable IOException> written) {
        if (closed) {
            written.accept(new IOException("the log is closed"));
            return;
        }
        queue.add(new Append(entries, written));
    }

    private void run() {
        List<Append> batch = new ArrayList<>();
        while (!closed || !queue.isEmpty()) {
            try {
                batch.add(queue.take());
            } catch (InterruptedException closing) {
                continue;
            }
            queue.drainTo(batch);
            IOException failure = write(batch);
            bytes = writer.bytes();
            batch.forEach(append -> append.written().accept(failure));
            batch.clear();
        }
    }

    private @Nullable IOException write(List<Append> batch) {
        try {
            writer.write(batch.stream().map(Append::entries).toList());
            return null;
        } catch (IOException failure) {
            return failure;
        } catch (RuntimeException failure) {
            return new IOException("cannot encode an event", failure);
        }
    }

    /** Writes what has been asked for, then closes the files. */
    @Override
    public void close() {
        closed = true;
        queue.add(new Append(List.of(), failure -> {}));
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            writer.close();
            lockFile.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot close the log", failure);
        }
    }
}
