package dev.verbs.stream.exchange;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The layout of one buffer of a delta, little-endian. A delta is one epoch of one executor for one leader; it travels in one or
 * more buffers, and the last one ends the epoch.
 *
 * <pre>
 *   0         4         8              16             24        28        32             40        44        48
 *   +---------+---------+--------------+--------------+---------+---------+--------------+---------+---------+---------
 *   | version | sender  | epoch        | watermark    | buffer  | pairs   | epoch pairs  | flags   | entry B | pairs ...
 *   +---------+---------+--------------+--------------+---------+---------+--------------+---------+---------+---------
 *                                       last buffer    0, 1, ..  here      last buffer
 * </pre>
 */
final class DeltaDescriptor {
    static final int VERSION_1 = 0x0001_4453;
    static final int LAST_OF_EPOCH = 1;
    static final int END_OF_STREAM = 2;

    static final ValueLayout.OfInt INT32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong INT64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    static final long VERSION = 0;
    static final long SENDER = 4;
    static final long EPOCH = 8;
    static final long WATERMARK = 16;
    static final long BUFFER = 24;
    static final long PAIRS = 28;
    static final long EPOCH_PAIRS = 32;
    static final long FLAGS = 40;
    static final long ENTRY_BYTES = 44;
    static final long HEADER_BYTES = 48;

    private DeltaDescriptor() {
    }
}
