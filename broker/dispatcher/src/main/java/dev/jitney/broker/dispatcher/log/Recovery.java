package dev.jitney.broker.dispatcher.log;

import dev.jitney.broker.dispatcher.log.LogEntry.Accepted;
import dev.jitney.broker.dispatcher.log.LogEntry.Done;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads the segments an earlier process left behind. */
final class Recovery {
    private final Liveness liveness = new Liveness();
    private final List<String> reports = new ArrayList<>();
    private long lastSequence;

    /** State of all segments, oldest first. */
    Liveness liveness() {
        return liveness;
    }

    /** What was damaged, for the log of the process. */
    List<String> reports() {
        return reports;
    }

    /** The highest sequence seen; 0 when there is none. */
    long lastSequence() {
        return lastSequence;
    }

    void read(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(directory)) {
            files = listed.filter(Segment::isSegment).sorted().toList();
        }
        for (Path file : files) {
            read(new Segment(file, Files.size(file)));
        }
    }

    private void read(Segment segment) throws IOException {
        liveness.add(segment);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(segment.file()));
        int position = 0;
        while (position < bytes.limit()) {
            int length = Frame.lengthAt(bytes, position);
            if (length > 0) {
                apply(segment, Frame.payload(bytes, position), position);
                position += length;
                continue;
            }
            int next = Frame.next(bytes, position + 1);
            if (next < 0) {
                cutTail(segment, position, bytes.limit());
                return;
            }
            reports.add(
                    "%s: damaged record at byte %d, %d bytes are lost"
                            .formatted(segment.file(), position, next - position));
            position = next;
        }
    }

    private void apply(Segment segment, byte[] payload, int position) {
        List<LogEntry> entries;
        try {
            entries = EntryCodec.decode(payload);
        } catch (IOException | RuntimeException unreadable) {
            reports.add(
                    "%s: unreadable record at byte %d: %s"
                            .formatted(segment.file(), position, unreadable.getMessage()));
            return;
        }
        for (LogEntry entry : entries) {
            switch (entry) {
                case Accepted accepted -> {
                    lastSequence = Math.max(lastSequence, accepted.sequence());
                    liveness.accepted(segment, accepted);
                }
                case Done done -> {
                    lastSequence = Math.max(lastSequence, done.sequence());
                    liveness.done(done);
                }
            }
        }
    }

    /** A process that is killed while it writes leaves half a frame, which nobody was promised. */
    private void cutTail(Segment segment, int position, int limit) {
        reports.add(
                "%s: cut %d bytes of an unfinished write at byte %d"
                        .formatted(segment.file(), limit - position, position));
        try (FileChannel channel = FileChannel.open(segment.file(), StandardOpenOption.WRITE)) {
            channel.truncate(position);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot cut " + segment.file(), failure);
        }
        segment.size(position);
    }
}
