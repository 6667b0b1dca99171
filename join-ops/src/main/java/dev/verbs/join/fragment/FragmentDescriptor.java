package dev.verbs.join.fragment;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Layout of a fragment as it travels: a header, then its tuples in the order that the local algorithm wants.
 *
 * <pre>
 *    0               4               8              12              16
 *   +---------------+---------------+---------------+---------------+
 *   |  relation id  |  fragment id  |     owner     |  tuple width  |
 *   +---------------+---------------+---------------+---------------+   16
 *   |             tuples            |     flags     |  organisation |
 *   +---------------+---------------+---------------+---------------+   32
 *   |  tuple 0      |  tuple 1      |  ...                              body, tuples * tuple width bytes
 *   +---------------+---------------+--
 * </pre>
 *
 * <p>The hop count, which changes on the way, is not in here but in the header of the ring's element that carries the
 * fragment: a fragment itself never changes once its owner has prepared it, so that any number of revolutions can send it
 * from where it lies.
 */
public final class FragmentDescriptor {
    /** Where the relation id lies. */
    public static final long RELATION_ID = 0;

    /** Where the fragment id lies: 0, 1, 2 ... per owner. */
    public static final long FRAGMENT_ID = RELATION_ID + Integer.BYTES;

    /** Where the owner lies: the host that prepared the fragment. */
    public static final long OWNER = FRAGMENT_ID + Integer.BYTES;

    /** Where the tuple width lies, in bytes. */
    public static final long TUPLE_WIDTH = OWNER + Integer.BYTES;

    /** Where the number of tuples lies. */
    public static final long TUPLES = TUPLE_WIDTH + Integer.BYTES;

    /** Where the flags lie. */
    public static final long FLAGS = TUPLES + Long.BYTES;

    /** Where the organisation lies: which local algorithm the body was prepared for. */
    public static final long ORGANISATION = FLAGS + Integer.BYTES;

    /** Bytes of the header; the body follows. */
    public static final long HEADER_LENGTH = ORGANISATION + Integer.BYTES;

    /** Flag: the owner has no further fragment in this revolution. */
    public static final int LAST = 1;

    private FragmentDescriptor() {
    }

    /**
     * How many tuples fit beside the header.
     *
     * @param bytes bytes for header and body
     * @return tuples, 0 or more
     */
    public static long tuplesIn(final long bytes) {
        return Math.max(0, (bytes - HEADER_LENGTH) / TupleDescriptor.WIDTH);
    }

    /**
     * Bytes of a fragment.
     *
     * @param tuples its tuples
     * @return bytes of header and body
     */
    public static long length(final long tuples) {
        return HEADER_LENGTH + tuples * TupleDescriptor.WIDTH;
    }

    static void write(final MemorySegment memory, final long at, final int relationId, final int fragmentId, final int owner,
        final long tuples, final int flags, final int organisation) {
        memory.set(ValueLayout.JAVA_INT, at + RELATION_ID, relationId);
        memory.set(ValueLayout.JAVA_INT, at + FRAGMENT_ID, fragmentId);
        memory.set(ValueLayout.JAVA_INT, at + OWNER, owner);
        memory.set(ValueLayout.JAVA_INT, at + TUPLE_WIDTH, (int)TupleDescriptor.WIDTH);
        memory.set(ValueLayout.JAVA_LONG, at + TUPLES, tuples);
        memory.set(ValueLayout.JAVA_INT, at + FLAGS, flags);
        memory.set(ValueLayout.JAVA_INT, at + ORGANISATION, organisation);
    }
}
