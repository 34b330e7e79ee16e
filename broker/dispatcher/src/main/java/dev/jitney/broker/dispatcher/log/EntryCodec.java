package dev.jitney.broker.dispatcher.log;

import dev.jitney.broker.dispatcher.BrokerRef;
import dev.jitney.broker.dispatcher.log.LogEntry.Accepted;
import dev.jitney.broker.dispatcher.log.LogEntry.Done;
import io.cloudevents.jackson.JsonFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of the entries of one frame. An event is kept as structured JSON with its data in
 * Base64, so that data that claims to be JSON and is not comes back as it went in.
 */
final class EntryCodec {
    private static final int ACCEPTED = 1;
    private static final int DONE = 2;
    private static final JsonFormat FORMAT = new JsonFormat().withForceJsonDataToBase64();

    private EntryCodec() {}

    static byte[] encode(List<LogEntry> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (LogEntry entry : entries) {
                write(entry, out);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("a byte array cannot be written to", impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(LogEntry entry, DataOutputStream out) throws IOException {
        switch (entry) {
            case Accepted accepted -> {
                out.writeByte(ACCEPTED);
                out.writeLong(accepted.sequence());
                out.writeUTF(accepted.broker().namespace());
                out.writeUTF(accepted.broker().name());
                out.writeShort(accepted.triggers().size());
                for (String trigger : accepted.triggers()) {
                    out.writeUTF(trigger);
                }
                byte[] event = FORMAT.serialize(accepted.event());
                out.writeInt(event.length);
                out.write(event);
            }
            case Done(long sequence, int trigger) -> {
                out.writeByte(DONE);
                out.writeLong(sequence);
                out.writeShort(trigger);
            }
        }
    }

    static List<LogEntry> decode(byte[] bytes) throws IOException {
        List<LogEntry> entries = new ArrayList<>();
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        while (in.available() > 0) {
            entries.add(read(in));
        }
        return entries;
    }

    private static LogEntry read(DataInputStream in) throws IOException {
        int kind = in.readByte();
        long sequence = in.readLong();
        return switch (kind) {
            case ACCEPTED -> readAccepted(sequence, in);
            case DONE -> new Done(sequence, in.readUnsignedShort());
            default -> throw new IOException("unknown entry kind " + kind);
        };
    }

    private static Accepted readAccepted(long sequence, DataInputStream in) throws IOException {
        BrokerRef broker = new BrokerRef(in.readUTF(), in.readUTF());
        int count = in.readUnsignedShort();
        List<String> triggers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            triggers.add(in.readUTF());
        }
        byte[] event = in.readNBytes(in.readInt());
        return new Accepted(sequence, broker, triggers, FORMAT.deserialize(event));
    }
}
