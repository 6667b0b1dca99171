package dev.verbs;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.verbs.headers.ibv_recv_wr;
import java.lang.foreign.MemorySegment;

/**
 * Layout of a receive work request: offsets and field access over (segment, offset). C: {@code struct ibv_recv_wr}.
 *
 * <pre>
 *   wr_id u64 | next ptr | sg_list ptr | num_sge i32
 * </pre>
 *
 * <p>Nothing here allocates or blocks. Any thread; threads that share a structure order their accesses themselves. A structure that
 * reaches beyond the segment is an IndexOutOfBoundsException.
 */
public final class RecvWrDescriptor {
    /** Bytes of one structure. C: {@code struct ibv_recv_wr}. */
    public static final long SIZE = ibv_recv_wr.layout().byteSize();

    private static final long WR_ID = ibv_recv_wr.wr_id$offset();
    private static final long NEXT = ibv_recv_wr.next$offset();
    private static final long SG_LIST = ibv_recv_wr.sg_list$offset();
    private static final long NUM_SGE = ibv_recv_wr.num_sge$offset();

    private RecvWrDescriptor() {
    }

    /**
     * The caller's own number, returned by the completion. C: {@code ibv_recv_wr.wr_id}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the number
     */
    public static long wrId(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_LONG_UNALIGNED, offset + WR_ID);
    }

    /**
     * Sets: the caller's own number, returned by the completion. C: {@code ibv_recv_wr.wr_id}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the number
     */
    public static void wrId(final MemorySegment segment, final long offset, final long value) {
        segment.set(JAVA_LONG_UNALIGNED, offset + WR_ID, value);
    }

    /**
     * Address of the next request of the list. C: {@code ibv_recv_wr.next}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the address, 0 at the end
     */
    public static long next(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_LONG_UNALIGNED, offset + NEXT);
    }

    /**
     * Sets: address of the next request of the list. C: {@code ibv_recv_wr.next}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the address, 0 at the end
     */
    public static void next(final MemorySegment segment, final long offset, final long value) {
        segment.set(JAVA_LONG_UNALIGNED, offset + NEXT, value);
    }

    /**
     * Address of the scatter/gather list. C: {@code ibv_recv_wr.sg_list}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the address
     */
    public static long sgList(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_LONG_UNALIGNED, offset + SG_LIST);
    }

    /**
     * Sets: address of the scatter/gather list. C: {@code ibv_recv_wr.sg_list}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the address
     */
    public static void sgList(final MemorySegment segment, final long offset, final long value) {
        segment.set(JAVA_LONG_UNALIGNED, offset + SG_LIST, value);
    }

    /**
     * Entries of the scatter/gather list. C: {@code ibv_recv_wr.num_sge}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the count
     */
    public static int numSge(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_INT_UNALIGNED, offset + NUM_SGE);
    }

    /**
     * Sets: entries of the scatter/gather list. C: {@code ibv_recv_wr.num_sge}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the count
     */
    public static void numSge(final MemorySegment segment, final long offset, final int value) {
        segment.set(JAVA_INT_UNALIGNED, offset + NUM_SGE, value);
    }
}
