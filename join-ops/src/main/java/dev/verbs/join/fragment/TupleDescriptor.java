package dev.verbs.join.fragment;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Layout of a tuple: what every local join reads and every fragment carries.
 *
 * <pre>
 *    0               8               16
 *   +---------------+---------------+
 *   |      key      |    payload    |
 *   +---------------+---------------+
 * </pre>
 *
 * <p>Both are 64-bit, little endian, 8-byte aligned. The payload is a value, a row number or a packed record: joins carry it,
 * they never look at it.
 */
public final class TupleDescriptor {
    /** Where the key lies. */
    public static final long KEY = 0;

    /** Where the payload lies. */
    public static final long PAYLOAD = KEY + Long.BYTES;

    /** Bytes of a tuple. */
    public static final long WIDTH = PAYLOAD + Long.BYTES;

    /** How a field lies in memory: native order is little endian on every machine that is supported. */
    public static final ValueLayout.OfLong FIELD = ValueLayout.JAVA_LONG;

    private TupleDescriptor() {
    }

    /**
     * The key of a tuple.
     *
     * @param tuples tuples, one after the other
     * @param at     offset of the tuple in bytes
     * @return its key
     */
    public static long key(final MemorySegment tuples, final long at) {
        return tuples.get(FIELD, at + KEY);
    }

    /**
     * The payload of a tuple.
     *
     * @param tuples tuples, one after the other
     * @param at     offset of the tuple in bytes
     * @return its payload
     */
    public static long payload(final MemorySegment tuples, final long at) {
        return tuples.get(FIELD, at + PAYLOAD);
    }

    /**
     * Writes a tuple.
     *
     * @param tuples  tuples, one after the other
     * @param at      offset of the tuple in bytes
     * @param key     its key
     * @param payload its payload
     */
    public static void put(final MemorySegment tuples, final long at, final long key, final long payload) {
        tuples.set(FIELD, at + KEY, key);
        tuples.set(FIELD, at + PAYLOAD, payload);
    }
}
