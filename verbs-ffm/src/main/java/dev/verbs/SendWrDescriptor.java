package dev.verbs;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.verbs.headers.ibv_mw_bind_info;
import dev.verbs.headers.ibv_send_wr;
import java.lang.foreign.MemorySegment;

/**
 * Layout of a send work request: offsets and field access over (segment, offset). C: {@code struct ibv_send_wr}.
 *
 * <pre>
 *   wr_id u64 | next ptr | sg_list ptr | num_sge i32 | opcode u32 | send_flags u32 |
 *   imm_data be32, or invalidate_rkey u32 |
 *   wr.rdma {remote_addr u64, rkey u32}, or wr.atomic {remote_addr u64, compare_add u64, swap u64, rkey u32} | ... |
 *   bind_mw {mw ptr, rkey u32, bind_info {mr ptr, addr u64, length u64, mw_access_flags u32}}
 * </pre>
 *
 * <p>Byte order: the immediate lies in network order in memory and is converted here; keys and flags lie in host order.
 *
 * <p>Nothing here allocates or blocks. Any thread; threads that share a structure order their accesses themselves. A structure that
 * reaches beyond the segment is an IndexOutOfBoundsException.
 */
public final class SendWrDescriptor {
    /** Bytes of one structure. C: {@code struct ibv_send_wr}. */
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
    private static final long INVALIDATE_RKEY = ibv_send_wr.invalidate_rkey$offset();
    private static final long COMPARE_ADD = ibv_send_wr.layout().byteOffset(
        groupElement("wr"), groupElement("atomic"), groupElement("compare_add"));
    private static final long SWAP = ibv_send_wr.layout().byteOffset(
        groupElement("wr"), groupElement("atomic"), groupElement("swap"));
    private static final long ATOMIC_RKEY = ibv_send_wr.layout().byteOffset(
        groupElement("wr"), groupElement("atomic"), groupElement("rkey"));
    private static final long BIND = ibv_send_wr.bind_mw$offset();
    private static final long WINDOW = BIND + ibv_send_wr.bind_mw.mw$offset();
    private static final long WINDOW_RKEY = BIND + ibv_send_wr.bind_mw.rkey$offset();
    private static final long BIND_INFO = BIND + ibv_send_wr.bind_mw.bind_info$offset();
    private static final long BOUND_REGION = BIND_INFO + ibv_mw_bind_info.mr$offset();
    private static final long BOUND_ADDRESS = BIND_INFO + ibv_mw_bind_info.addr$offset();
    private static final long BOUND_LENGTH = BIND_INFO + ibv_mw_bind_info.length$offset();
    private static final long WINDOW_ACCESS = BIND_INFO + ibv_mw_bind_info.mw_access_flags$offset();

    private static final long AH = ibv_send_wr.layout().byteOffset(
        groupElement("wr"), groupElement("ud"), groupElement("ah"));
    private static final long REMOTE_QPN = ibv_send_wr.layout().byteOffset(
        groupElement("wr"), groupElement("ud"), groupElement("remote_qpn"));
    private static final long REMOTE_QKEY = ibv_send_wr.layout().byteOffset(
        groupElement("wr"), groupElement("ud"), groupElement("remote_qkey"));

    private SendWrDescriptor() {
    }

    /**
     * The caller's own number, returned by the completion. C: {@code ibv_send_wr.wr_id}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the number
     */
    public static long wrId(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_LONG_UNALIGNED, offset + WR_ID);
    }

    /**
     * Sets: the caller's own number, returned by the completion. C: {@code ibv_send_wr.wr_id}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the number
     */
    public static void wrId(final MemorySegment segment, final long offset, final long value) {
        segment.set(JAVA_LONG_UNALIGNED, offset + WR_ID, value);
    }

    /**
     * Address of the next request of the list. C: {@code ibv_send_wr.next}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the address, 0 at the end
     */
    public static long next(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_LONG_UNALIGNED, offset + NEXT);
    }

    /**
     * Sets: address of the next request of the list. C: {@code ibv_send_wr.next}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the address, 0 at the end
     */
    public static void next(final MemorySegment segment, final long offset, final long value) {
        segment.set(JAVA_LONG_UNALIGNED, offset + NEXT, value);
    }

    /**
     * Address of the scatter/gather list. C: {@code ibv_send_wr.sg_list}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the address
     */
    public static long sgList(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_LONG_UNALIGNED, offset + SG_LIST);
    }

    /**
     * Sets: address of the scatter/gather list. C: {@code ibv_send_wr.sg_list}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the address
     */
    public static void sgList(final MemorySegment segment, final long offset, final long value) {
        segment.set(JAVA_LONG_UNALIGNED, offset + SG_LIST, value);
    }

    /**
     * Entries of the scatter/gather list. C: {@code ibv_send_wr.num_sge}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the count
     */
    public static int numSge(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_INT_UNALIGNED, offset + NUM_SGE);
    }

    /**
     * Sets: entries of the scatter/gather list. C: {@code ibv_send_wr.num_sge}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the count
     */
    public static void numSge(final MemorySegment segment, final long offset, final int value) {
        segment.set(JAVA_INT_UNALIGNED, offset + NUM_SGE, value);
    }

    /**
     * The operation, a code of {@link WrOpcode}. C: {@code ibv_send_wr.opcode}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the code
     */
    public static int opcode(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_INT_UNALIGNED, offset + OPCODE);
    }

    /**
     * Sets: the operation, a code of {@link WrOpcode}. C: {@code ibv_send_wr.opcode}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the code
     */
    public static void opcode(final MemorySegment segment, final long offset, final int value) {
        segment.set(JAVA_INT_UNALIGNED, offset + OPCODE, value);
    }

    /**
     * Flags of {@link SendFlags}. C: {@code ibv_send_wr.send_flags}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the flags
     */
    public static int sendFlags(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_INT_UNALIGNED, offset + SEND_FLAGS);
    }

    /**
     * Sets: flags of {@link SendFlags}. C: {@code ibv_send_wr.send_flags}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the flags
     */
    public static void sendFlags(final MemorySegment segment, final long offset, final int value) {
        segment.set(JAVA_INT_UNALIGNED, offset + SEND_FLAGS, value);
    }

    /**
     * The immediate, in host order here, in network order in memory. C: {@code ibv_send_wr.imm_data}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the immediate in host order
     */
    public static int immediate(final MemorySegment segment, final long offset) {
        return Integer.reverseBytes(segment.get(JAVA_INT_UNALIGNED, offset + IMM_DATA));
    }

    /**
     * Sets: the immediate, in host order here, in network order in memory. C: {@code ibv_send_wr.imm_data}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the immediate in host order
     */
    public static void immediate(final MemorySegment segment, final long offset, final int value) {
        segment.set(JAVA_INT_UNALIGNED, offset + IMM_DATA, Integer.reverseBytes(value));
    }

    /**
     * Address in the peer's memory (reads and writes). C: {@code ibv_send_wr.wr.rdma.remote_addr}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the address
     */
    public static long remoteAddress(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_LONG_UNALIGNED, offset + REMOTE_ADDR);
    }

    /**
     * Sets: address in the peer's memory (reads and writes). C: {@code ibv_send_wr.wr.rdma.remote_addr}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the address
     */
    public static void remoteAddress(final MemorySegment segment, final long offset, final long value) {
        segment.set(JAVA_LONG_UNALIGNED, offset + REMOTE_ADDR, value);
    }

    /**
     * Remote key (reads and writes). C: {@code ibv_send_wr.wr.rdma.rkey}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the key, in host order
     */
    public static int rkey(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_INT_UNALIGNED, offset + RKEY);
    }

    /**
     * Sets: remote key (reads and writes). C: {@code ibv_send_wr.wr.rdma.rkey}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the key, in host order
     */
    public static void rkey(final MemorySegment segment, final long offset, final int value) {
        segment.set(JAVA_INT_UNALIGNED, offset + RKEY, value);
    }

    /**
     * The key to invalidate (at the peer or here), in the immediate's place. C: {@code ibv_send_wr.invalidate_rkey}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the key, in host order
     */
    public static int invalidateRkey(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_INT_UNALIGNED, offset + INVALIDATE_RKEY);
    }

    /**
     * Sets: the key to invalidate (at the peer or here), in the immediate's place. C: {@code ibv_send_wr.invalidate_rkey}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the key, in host order
     */
    public static void invalidateRkey(final MemorySegment segment, final long offset, final int value) {
        segment.set(JAVA_INT_UNALIGNED, offset + INVALIDATE_RKEY, value);
    }

    /**
     * What an atomic compares with, or adds. C: {@code ibv_send_wr.wr.atomic.compare_add}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the operand, in host order
     */
    public static long compareAdd(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_LONG_UNALIGNED, offset + COMPARE_ADD);
    }

    /**
     * Sets: what an atomic compares with, or adds. C: {@code ibv_send_wr.wr.atomic.compare_add}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the operand, in host order
     */
    public static void compareAdd(final MemorySegment segment, final long offset, final long value) {
        segment.set(JAVA_LONG_UNALIGNED, offset + COMPARE_ADD, value);
    }

    /**
     * What a compare and swap stores. C: {@code ibv_send_wr.wr.atomic.swap}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the operand, in host order
     */
    public static long swap(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_LONG_UNALIGNED, offset + SWAP);
    }

    /**
     * Sets: what a compare and swap stores. C: {@code ibv_send_wr.wr.atomic.swap}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the operand, in host order
     */
    public static void swap(final MemorySegment segment, final long offset, final long value) {
        segment.set(JAVA_LONG_UNALIGNED, offset + SWAP, value);
    }

    /**
     * Remote key of an atomic; not at the place of {@link #rkey}. C: {@code ibv_send_wr.wr.atomic.rkey}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the key, in host order
     */
    public static int atomicRkey(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_INT_UNALIGNED, offset + ATOMIC_RKEY);
    }

    /**
     * Sets: remote key of an atomic; not at the place of {@link #rkey}. C: {@code ibv_send_wr.wr.atomic.rkey}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the key, in host order
     */
    public static void atomicRkey(final MemorySegment segment, final long offset, final int value) {
        segment.set(JAVA_INT_UNALIGNED, offset + ATOMIC_RKEY, value);
    }

    /**
     * The window that a bind binds. C: {@code ibv_send_wr.bind_mw.mw}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return its {@link MemoryWindow#handle()}
     */
    public static long window(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_LONG_UNALIGNED, offset + WINDOW);
    }

    /**
     * Sets: the window that a bind binds. C: {@code ibv_send_wr.bind_mw.mw}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   its {@link MemoryWindow#handle()}
     */
    public static void window(final MemorySegment segment, final long offset, final long value) {
        segment.set(JAVA_LONG_UNALIGNED, offset + WINDOW, value);
    }

    /**
     * The key that a bind gives to its window. C: {@code ibv_send_wr.bind_mw.rkey}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the key, in host order
     */
    public static int windowRkey(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_INT_UNALIGNED, offset + WINDOW_RKEY);
    }

    /**
     * Sets: the key that a bind gives to its window. C: {@code ibv_send_wr.bind_mw.rkey}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the key, in host order
     */
    public static void windowRkey(final MemorySegment segment, final long offset, final int value) {
        segment.set(JAVA_INT_UNALIGNED, offset + WINDOW_RKEY, value);
    }

    /**
     * The region to which a window is bound. C: {@code ibv_mw_bind_info.mr}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return its {@link MemoryRegion#handle()}
     */
    public static long boundRegion(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_LONG_UNALIGNED, offset + BOUND_REGION);
    }

    /**
     * Sets: the region to which a window is bound. C: {@code ibv_mw_bind_info.mr}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   its {@link MemoryRegion#handle()}
     */
    public static void boundRegion(final MemorySegment segment, final long offset, final long value) {
        segment.set(JAVA_LONG_UNALIGNED, offset + BOUND_REGION, value);
    }

    /**
     * Where a bound window starts. C: {@code ibv_mw_bind_info.addr}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return an address of the region
     */
    public static long boundAddress(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_LONG_UNALIGNED, offset + BOUND_ADDRESS);
    }

    /**
     * Sets: where a bound window starts. C: {@code ibv_mw_bind_info.addr}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   an address of the region
     */
    public static void boundAddress(final MemorySegment segment, final long offset, final long value) {
        segment.set(JAVA_LONG_UNALIGNED, offset + BOUND_ADDRESS, value);
    }

    /**
     * How long a bound window is. C: {@code ibv_mw_bind_info.length}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the length in bytes
     */
    public static long boundLength(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_LONG_UNALIGNED, offset + BOUND_LENGTH);
    }

    /**
     * Sets: how long a bound window is. C: {@code ibv_mw_bind_info.length}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the length in bytes
     */
    public static void boundLength(final MemorySegment segment, final long offset, final long value) {
        segment.set(JAVA_LONG_UNALIGNED, offset + BOUND_LENGTH, value);
    }

    /**
     * What a bound window allows. C: {@code ibv_mw_bind_info.mw_access_flags}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return flags of {@link AccessFlags}
     */
    public static int windowAccess(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_INT_UNALIGNED, offset + WINDOW_ACCESS);
    }

    /**
     * Sets: what a bound window allows. C: {@code ibv_mw_bind_info.mw_access_flags}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   flags of {@link AccessFlags}
     */
    public static void windowAccess(final MemorySegment segment, final long offset, final int value) {
        segment.set(JAVA_INT_UNALIGNED, offset + WINDOW_ACCESS, value);
    }

    /**
     * Word of the address handle (datagrams): {@link AddressHandle#word()}. C: {@code ibv_send_wr.wr.ud.ah}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the word
     */
    public static long addressHandle(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_LONG_UNALIGNED, offset + AH);
    }

    /**
     * Sets: word of the address handle (datagrams): {@link AddressHandle#word()}. C: {@code ibv_send_wr.wr.ud.ah}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the word
     */
    public static void addressHandle(final MemorySegment segment, final long offset, final long value) {
        segment.set(JAVA_LONG_UNALIGNED, offset + AH, value);
    }

    /**
     * Number of the queue pair that a datagram is for. C: {@code ibv_send_wr.wr.ud.remote_qpn}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the number
     */
    public static int remoteQpn(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_INT_UNALIGNED, offset + REMOTE_QPN);
    }

    /**
     * Sets: number of the queue pair that a datagram is for. C: {@code ibv_send_wr.wr.ud.remote_qpn}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the number
     */
    public static void remoteQpn(final MemorySegment segment, final long offset, final int value) {
        segment.set(JAVA_INT_UNALIGNED, offset + REMOTE_QPN, value);
    }

    /**
     * Queue key of a datagram. C: {@code ibv_send_wr.wr.ud.remote_qkey}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the key, in host order
     */
    public static int remoteQkey(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_INT_UNALIGNED, offset + REMOTE_QKEY);
    }

    /**
     * Sets: queue key of a datagram. C: {@code ibv_send_wr.wr.ud.remote_qkey}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the key, in host order
     */
    public static void remoteQkey(final MemorySegment segment, final long offset, final int value) {
        segment.set(JAVA_INT_UNALIGNED, offset + REMOTE_QKEY, value);
    }
}
