package dev.verbs.examples.rping;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** The text that rping sends: {@code rdma-ping-N: } and letters that start one further with each ping, then NUL. */
final class PingData {
    private static final int FIRST = 'A';
    private static final int LAST = 'z';

    private PingData() {
    }

    /** Fills a buffer with the text of a ping, counted from 0. */
    static void fill(final MemorySegment buffer, final long ping) {
        final byte[] head = ("rdma-ping-" + ping + ": ").getBytes(StandardCharsets.US_ASCII);
        final long last = buffer.byteSize() - 1;
        int letter = FIRST + (int)(ping % (LAST - FIRST + 1));
        for (long i = 0; i < last; i++) {
            if (i < head.length) {
                buffer.set(ValueLayout.JAVA_BYTE, i, head[(int)i]);
            } else {
                buffer.set(ValueLayout.JAVA_BYTE, i, (byte)letter);
                letter = letter == LAST ? FIRST : letter + 1;
            }
        }
        buffer.set(ValueLayout.JAVA_BYTE, last, (byte)0);
    }

    /** Bytes up to and with the NUL, at most the buffer. */
    static long textLength(final MemorySegment buffer) {
        for (long i = 0; i < buffer.byteSize(); i++) {
            if (buffer.get(ValueLayout.JAVA_BYTE, i) == 0) {
                return i + 1;
            }
        }
        return buffer.byteSize();
    }

    static String text(final MemorySegment buffer) {
        final long length = textLength(buffer);
        final byte[] bytes = buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        return new String(bytes, 0, bytes.length - (bytes[bytes.length - 1] == 0 ? 1 : 0), StandardCharsets.ISO_8859_1);
    }
}
