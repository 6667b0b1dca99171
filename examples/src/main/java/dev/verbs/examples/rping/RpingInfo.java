package dev.verbs.examples.rping;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * What rping's ends send each other: where ping data lie. The field order and the big-endian numbers are rping's protocol.
 *
 * <pre>
 *   | 0  address, 8 bytes | 8  rkey, 4 bytes | 12  size, 4 bytes |
 * </pre>
 *
 * @param address address in the sender's memory
 * @param rkey    its key
 * @param size    bytes there
 */
record RpingInfo(long address, int rkey, long size) {
    static final long LENGTH = 16;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    void write(final MemorySegment to) {
        to.set(LONG, 0, address);
        to.set(INT, 8, rkey);
        to.set(INT, 12, (int)size);
    }

    static RpingInfo read(final MemorySegment from) {
        return new RpingInfo(from.get(LONG, 0), from.get(INT, 8), Integer.toUnsignedLong(from.get(INT, 12)));
    }
}
