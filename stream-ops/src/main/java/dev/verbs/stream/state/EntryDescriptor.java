package dev.verbs.stream.state;

import dev.verbs.stream.Aggregate;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The layout of an entry of state, in memory and on the wire, little-endian.
 *
 * <pre>
 *   0        8        16
 *   +--------+--------+---------------------+
 *   | window |  key   | slot (8, 16, ... B) |
 *   +--------+--------+---------------------+
 * </pre>
 */
public final class EntryDescriptor {
    /** A number of an entry. */
    public static final ValueLayout.OfLong INT64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Where the id of the window lies. */
    public static final long WINDOW = 0;

    /** Where the key lies. */
    public static final long KEY = Long.BYTES;

    /** Where the slot of the aggregate starts. */
    public static final long SLOT = 2 * Long.BYTES;

    private EntryDescriptor() {
    }

    /**
     * The size of an entry.
     *
     * @param aggregate what fills its slot
     * @return bytes, a multiple of 8
     */
    public static int entryBytes(final Aggregate aggregate) {
        return (int) SLOT + aggregate.slotBytes();
    }
}
