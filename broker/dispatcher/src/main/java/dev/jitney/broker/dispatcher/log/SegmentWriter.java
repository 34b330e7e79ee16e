package dev.jitney.broker.dispatcher.log;

import dev.jitney.broker.dispatcher.BrokerConfig;
import dev.jitney.broker.dispatcher.log.LogEntry.Accepted;
import dev.jitney.broker.dispatcher.log.LogEntry.Done;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Writes frames to the current segment and deletes segments that owe nothing any more. */
final class SegmentWriter implements AutoCloseable {
    private final BrokerConfig.Log config;
    private final Liveness liveness;
    private FileChannel channel;

    SegmentWriter(BrokerConfig.Log config, Liveness liveness) throws IOException {
        this.config = config;
        this.liveness = liveness;
        this.channel = open();
        deleteFinished();
    }

    void write(List<List<LogEntry>> batch) throws IOException {
        ByteBuffer[] frames =
                batch.stream()
                        .filter(entries -> !entries.isEmpty())
                        .map(entries -> Frame.of(EntryCodec.encode(entries)))
                        .toArray(ByteBuffer[]::new);
        if (frames.length == 0) {
            return;
        }
        if (!channel.isOpen() || liveness.current().size() >= config.segmentBytes()) {
            channel.close();
            channel = open();
        }
        Segment segment = liveness.current();
        try {
            while (frames[frames.length - 1].hasRemaining()) {
                channel.write(frames);
            }
            if (config.forceToDisk()) {
                channel.force(false);
            }
        } catch (IOException failure) {
            takeBack(segment, failure);
            throw failure;
        }
        segment.size(channel.position());
        batch.forEach(entries -> entries.forEach(entry -> apply(segment, entry)));
        deleteFinished();
    }

    private void apply(Segment segment, LogEntry entry) {
        switch (entry) {
            case Accepted accepted -> liveness.accepted(segment, accepted);
            case Done done -> liveness.done(done);
        }
    }

    /** The callers are told that nothing was written, so nothing may be found after a restart. */
    private void takeBack(Segment segment, IOException cause) {
        try {
            channel.truncate(segment.size());
        } catch (IOException failure) {
            cause.addSuppressed(failure);
        }
    }

    private FileChannel open() throws IOException {
        Path file = Segment.file(config.directory(), liveness.nextNumber());
        FileChannel opened =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        liveness.add(new Segment(file, 0));
        return opened;
    }

    private void deleteFinished() throws IOException {
        for (Segment finished : liveness.takeFinished()) {
            Files.deleteIfExists(finished.file());
        }
    }

    long bytes() {
        return liveness.bytes();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
