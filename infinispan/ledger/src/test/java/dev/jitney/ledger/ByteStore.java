package dev.jitney.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.infinispan.protostream.ProtobufUtil;
import org.infinispan.protostream.SerializationContext;
import org.jspecify.annotations.Nullable;

/** Records in memory as the bytes they are stored as; it counts calls and bytes. */
final class ByteStore<L> implements VersionedStore<L> {
    private final Map<String, Versioned<byte[]>> records = new ConcurrentHashMap<>();
    private final AtomicLong versions = new AtomicLong();
    private final SerializationContext context;
    private final Function<L, Object> toStored;
    private final Function<Object, L> fromStored;
    long reads;
    long writes;
    long bytes;

    ByteStore(
            SerializationContext context,
            Function<L, Object> toStored,
            Function<Object, L> fromStored) {
        this.context = context;
        this.toStored = toStored;
        this.fromStored = fromStored;
    }

    void forgetCounts() {
        reads = 0;
        writes = 0;
        bytes = 0;
    }

    @Override
    public @Nullable Versioned<L> get(String key, Deadline deadline) {
        reads++;
        Versioned<byte[]> found = records.get(key);
        if (found == null) {
            return null;
        }
        bytes += found.value().length;
        try {
            Object stored = ProtobufUtil.fromWrappedByteArray(context, found.value());
            return new Versioned<>(found.version(), fromStored.apply(stored));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean replace(String key, Versioned<L> seen, L next, Deadline deadline) {
        Versioned<byte[]> stored = versioned(next);
        Versioned<byte[]> now =
                records.computeIfPresent(
                        key, (_, held) -> held.version() == seen.version() ? stored : held);
        return now != null && now.version() == stored.version();
    }

    @Override
    public boolean putIfAbsent(String key, L first, Deadline deadline) {
        return records.putIfAbsent(key, versioned(first)) == null;
    }

    private Versioned<byte[]> versioned(L value) {
        try {
            byte[] encoded = ProtobufUtil.toWrappedByteArray(context, toStored.apply(value));
            writes++;
            bytes += encoded.length;
            return new Versioned<>(versions.incrementAndGet(), encoded);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
