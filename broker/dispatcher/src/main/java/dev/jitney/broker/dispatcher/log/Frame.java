package dev.jitney.broker.dispatcher.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A frame: mark, length and checksum of the payload, payload. The mark lets a reader find the next
 * frame after a damaged one.
 */
final class Frame {
    static final int HEADER_BYTES = 12;
    private static final int MARK = 0x4A_54_4E_59;

    private Frame() {}

    static ByteBuffer of(byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(HEADER_BYTES + payload.length);
        frame.putInt(MARK).putInt(payload.length).putInt(checksum(payload)).put(payload);
        return frame.flip();
    }

    /** Length of the whole valid frame at a position, or -1 when there is none. */
    static int lengthAt(ByteBuffer bytes, int position) {
        if (position + HEADER_BYTES > bytes.limit() || bytes.getInt(position) != MARK) {
            return -1;
        }
        int length = bytes.getInt(position + 4);
        if (length < 0 || length > bytes.limit() - position - HEADER_BYTES) {
            return -1;
        }
        int expected = bytes.getInt(position + 8);
        return checksum(payloadAt(bytes, position, length)) == expected
                ? HEADER_BYTES + length
                : -1;
    }

    /** Position of the next valid frame at or after a position, or -1 when there is none. */
    static int next(ByteBuffer bytes, int position) {
        for (int at = position; at + HEADER_BYTES <= bytes.limit(); at++) {
            if (lengthAt(bytes, at) > 0) {
                return at;
            }
        }
        return -1;
    }

    static byte[] payload(ByteBuffer bytes, int position) {
        return payloadAt(bytes, position, bytes.getInt(position + 4));
    }

    private static byte[] payloadAt(ByteBuffer bytes, int position, int length) {
        byte[] payload = new byte[length];
        bytes.get(position + HEADER_BYTES, payload);
        return payload;
    }

    private static int checksum(byte[] payload) {
        CRC32C checksum = new CRC32C();
        checksum.update(payload);
        return (int) checksum.getValue();
    }
}
