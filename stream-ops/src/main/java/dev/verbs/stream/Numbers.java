package dev.verbs.stream;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Fields of packed records: little-endian, at any alignment. */
final class Numbers {
    static final ValueLayout.OfLong INT64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfInt INT32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Numbers() {
    }

    static long read(final MemorySegment segment, final long offset, final boolean wide) {
        return wide ? segment.get(INT64, offset) : segment.get(INT32, offset);
    }

    static byte[] padded(final RecordSchema.Field field, final String value) {
        final byte[] text = value.getBytes(StandardCharsets.US_ASCII);
        if (text.length > field.length()) {
            throw new IllegalArgumentException("'" + value + "' is longer than the " + field.length() + " bytes of " + field.name());
        }
        return Arrays.copyOf(text, (int) field.length());
    }
}
