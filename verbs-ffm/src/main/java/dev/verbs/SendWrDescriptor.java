package dev.verbs;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.verbs.headers.ibv_send_wr;
import java.lang.foreign.MemorySegment;

/**
 * Layout of a send work request, {@code struct ibv_send_wr}: offsets and field access over (segment, offset).
 *
 * <pre>
 *   wr_id u64 | next ptr | sg_list ptr | num_sge i32 | opcode u32 | send_flags u32 |
 *   imm_data be32 | wr.rdma {remote_addr u64, rkey u32} ...
 * </pre>
 *
 * <p>Byte order: the immediate lies in network order in memory and is converted here; keys and flags lie in host order.
 */
public final class SendWrDescriptor {
    /** Bytes of one structure. */
    public static final long SIZE = ibv_send_wr.layout().byteSize();

    private static final long WR_ID = ibv_send_wr.wr_id$offset();
    private static final long NEXT = ibv_send_wr.next$offset();
    private static final long SG_LIST = ibv_send_wr.sg_list$offset();
    private static final long NUM_SGE = ibv_send_wr.num_sge$offset();
    private static final long OPCODE = ibv_send_wr.opcode$offset();
    private static final long SEND_FLAGS = ibv_send_wr.send_flags$offset();
    private static final long IMM_DATA = ibv_send_wr.imm_data$offset();
    private static final long REMOTE_ADDR = ibv_send_wr.layout().byteOffset(
        groupElement("wr"), groupElement("rdma"), groupElement("remote_addr"));
    private static final long RKEY = ibv_send_wr.layout().byteOffset(
        groupElement("wr"), groupElement("rdma"), groupElement("rkey"));

    private SendWrDescriptor() {
    }

    /**
     * The caller's own number, returned by the completion.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the number
     */
    public static long wrId(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_LONG, offset + WR_ID);
    }

    /**
     * Sets: the caller's own number, returned by the completion.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the number
     */
    public static void wrId(final MemorySegment segment, final long offset, final long value) {
        segment.set(JAVA_LONG, offset + WR_ID, value);
    }

    /**
     * Address of the next request of the list.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the address, 0 at the end
     */
    public static long next(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_LONG, offset + NEXT);
    }

    /**
     * Sets: address of the next request of the list.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the address, 0 at the end
     */
    public static void next(final MemorySegment segment, final long offset, final long value) {
        segment.set(JAVA_LONG, offset + NEXT, value);
    }

    /**
     * Address of the scatter/gather list.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the address
     */
    public static long sgList(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_LONG, offset + SG_LIST);
    }

    /**
     * Sets: address of the scatter/gather list.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the address
     */
    public static void sgList(final MemorySegment segment, final long offset, final long value) {
        segment.set(JAVA_LONG, offset + SG_LIST, value);
    }

    /**
     * Entries of the scatter/gather list.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the count
     */
    public static int numSge(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_INT, offset + NUM_SGE);
    }

    /**
     * Sets: entries of the scatter/gather list.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the count
     */
    public static void numSge(final MemorySegment segment, final long offset, final int value) {
        segment.set(JAVA_INT, offset + NUM_SGE, value);
    }

    /**
     * The operation, a code of {@link WrOpcode}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the code
     */
    public static int opcode(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_INT, offset + OPCODE);
    }

    /**
     * Sets: the operation, a code of {@link WrOpcode}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the code
     */
    public static void opcode(final MemorySegment segment, final long offset, final int value) {
        segment.set(JAVA_INT, offset + OPCODE, value);
    }

    /**
     * Flags of {@link SendFlags}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the flags
     */
    public static int sendFlags(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_INT, offset + SEND_FLAGS);
    }

    /**
     * Sets: flags of {@link SendFlags}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the flags
     */
    public static void sendFlags(final MemorySegment segment, final long offset, final int value) {
        segment.set(JAVA_INT, offset + SEND_FLAGS, value);
    }

    /**
     * The immediate, in host order here, in network order in memory.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the immediate in host order
     */
    public static int immediate(final MemorySegment segment, final long offset) {
        return Integer.reverseBytes(segment.get(JAVA_INT, offset + IMM_DATA));
    }

    /**
     * Sets: the immediate, in host order here, in network order in memory.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the immediate in host order
     */
    public static void immediate(final MemorySegment segment, final long offset, final int value) {
        segment.set(JAVA_INT, offset + IMM_DATA, Integer.reverseBytes(value));
    }

    /**
     * Address in the peer's memory (reads and writes).
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the address
     */
    public static long remoteAddress(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_LONG, offset + REMOTE_ADDR);
    }

    /**
     * Sets: address in the peer's memory (reads and writes).
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the address
     */
    public static void remoteAddress(final MemorySegment segment, final long offset, final long value) {
        segment.set(JAVA_LONG, offset + REMOTE_ADDR, value);
    }

    /**
     * Remote key (reads and writes).
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the key, in host order
     */
    public static int rkey(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_INT, offset + RKEY);
    }

    /**
     * Sets: remote key (reads and writes).
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the key, in host order
     */
    public static void rkey(final MemorySegment segment, final long offset, final int value) {
        segment.set(JAVA_INT, offset + RKEY, value);
    }
}
