package dev.verbs;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.verbs.headers.ibv_wc;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/**
 * Layout of a completion: offsets and field access over (segment, offset). C: {@code struct ibv_wc}.
 *
 * <pre>
 *   wr_id u64 | status u32 | opcode u32 | vendor_err u32 | byte_len u32 |
 *   imm_data be32, or invalidated_rkey u32 | qp_num u32 | src_qp u32 | wc_flags u32 |
 *   pkey_index u16 | slid u16 | sl u8 | dlid_path_bits u8
 * </pre>
 *
 * <p>Byte order: the immediate lies in network order in memory and is converted here; all else lies in host order.
 *
 * <p>Nothing here allocates or blocks. Any thread; threads that share a structure order their accesses themselves. A structure that
 * reaches beyond the segment is an IndexOutOfBoundsException.
 */
public final class WcDescriptor {
    /** Bytes of one structure. C: {@code struct ibv_wc}. */
    public static final long SIZE = ibv_wc.layout().byteSize();

    private static final long WR_ID = ibv_wc.wr_id$offset();
    private static final long STATUS = ibv_wc.status$offset();
    private static final long OPCODE = ibv_wc.opcode$offset();
    private static final long VENDOR_ERR = ibv_wc.vendor_err$offset();
    private static final long BYTE_LEN = ibv_wc.byte_len$offset();
    private static final long IMM_DATA = ibv_wc.imm_data$offset();
    private static final long INVALIDATED_RKEY = ibv_wc.invalidated_rkey$offset();
    private static final long QP_NUM = ibv_wc.qp_num$offset();
    private static final long SRC_QP = ibv_wc.src_qp$offset();
    private static final long WC_FLAGS = ibv_wc.wc_flags$offset();

    private static final long PKEY_INDEX = ibv_wc.pkey_index$offset();
    private static final long SLID = ibv_wc.slid$offset();
    private static final long SL = ibv_wc.sl$offset();
    private static final long DLID_PATH_BITS = ibv_wc.dlid_path_bits$offset();

    private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    /** Whether the fields of 32 bits lie in pairs, as in the drawing above. */
    private static final boolean PAIRED = STATUS % Long.BYTES == 0 && OPCODE == STATUS + Integer.BYTES
        && VENDOR_ERR == OPCODE + Integer.BYTES && BYTE_LEN == VENDOR_ERR + Integer.BYTES && IMM_DATA == BYTE_LEN + Integer.BYTES
        && QP_NUM == IMM_DATA + Integer.BYTES && SRC_QP == QP_NUM + Integer.BYTES && WC_FLAGS == SRC_QP + Integer.BYTES
        && PKEY_INDEX == WC_FLAGS + Integer.BYTES && SIZE == PKEY_INDEX + Long.BYTES;
    /** In the word of the path. */
    private static final int SERVICE_LEVEL_SHIFT = Byte.SIZE * (int)(LITTLE_ENDIAN ? SL - PKEY_INDEX : PKEY_INDEX + Long.BYTES - 1 - SL);

    private WcDescriptor() {
    }

    /**
     * Sets all fields of a completion, in as few stores as they fit in: what is copied word by word soon afterwards is
     * still on its way to the cache, and words are taken from there only as they were stored. C: {@code struct ibv_wc}.
     *
     * @param segment     what holds the structure
     * @param offset      where it starts, in bytes
     * @param wrId        the number that the request carried
     * @param status      a code of {@link WcStatus}
     * @param opcode      a code of {@link WcOpcode}
     * @param vendorError the vendor's own error code
     * @param byteLength  bytes received or read
     * @param immediate   the immediate in host order, whatever it stands for
     * @param qpNumber    the local queue pair
     * @param sourceQp    the sender's queue pair, of a datagram
     * @param flags       flags of {@link WcFlags}
     * @param serviceLevel the service level, 8 bits; the other fields of the path (pkey_index, slid, dlid_path_bits) become 0
     */
    public static void set(final MemorySegment segment, final long offset, final long wrId, final int status, final int opcode,
        final int vendorError, final int byteLength, final int immediate, final int qpNumber, final int sourceQp, final int flags,
        final int serviceLevel) {
        wrId(segment, offset, wrId);
        if (PAIRED) {
            final int data = LITTLE_ENDIAN ? Integer.reverseBytes(immediate) : immediate;
            segment.set(JAVA_LONG_UNALIGNED, offset + STATUS, pair(status, opcode));
            segment.set(JAVA_LONG_UNALIGNED, offset + VENDOR_ERR, pair(vendorError, byteLength));
            segment.set(JAVA_LONG_UNALIGNED, offset + IMM_DATA, pair(data, qpNumber));
            segment.set(JAVA_LONG_UNALIGNED, offset + SRC_QP, pair(sourceQp, flags));
            segment.set(JAVA_LONG_UNALIGNED, offset + PKEY_INDEX, (serviceLevel & 0xFFL) << SERVICE_LEVEL_SHIFT);
            return;
        }
        status(segment, offset, status);
        opcode(segment, offset, opcode);
        vendorError(segment, offset, vendorError);
        byteLength(segment, offset, byteLength);
        immediate(segment, offset, immediate);
        qpNumber(segment, offset, qpNumber);
        sourceQp(segment, offset, sourceQp);
        flags(segment, offset, flags);
        segment.asSlice(offset + PKEY_INDEX, SIZE - PKEY_INDEX).fill((byte)0);
        serviceLevel(segment, offset, serviceLevel);
    }

    /** Two fields that lie one behind the other. */
    private static long pair(final int first, final int second) {
        return LITTLE_ENDIAN ? Integer.toUnsignedLong(first) | (long)second << Integer.SIZE
            : (long)first << Integer.SIZE | Integer.toUnsignedLong(second);
    }

    /**
     * The number that the request carried. C: {@code ibv_wc.wr_id}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the number
     */
    public static long wrId(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_LONG_UNALIGNED, offset + WR_ID);
    }

    /**
     * Sets: the number that the request carried. C: {@code ibv_wc.wr_id}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the number
     */
    public static void wrId(final MemorySegment segment, final long offset, final long value) {
        segment.set(JAVA_LONG_UNALIGNED, offset + WR_ID, value);
    }

    /**
     * How the request ended, a code of {@link WcStatus}. C: {@code ibv_wc.status}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the code
     */
    public static int status(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_INT_UNALIGNED, offset + STATUS);
    }

    /**
     * Sets: how the request ended, a code of {@link WcStatus}. C: {@code ibv_wc.status}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the code
     */
    public static void status(final MemorySegment segment, final long offset, final int value) {
        segment.set(JAVA_INT_UNALIGNED, offset + STATUS, value);
    }

    /**
     * What was completed, a code of {@link WcOpcode}; valid on success only. C: {@code ibv_wc.opcode}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the code
     */
    public static int opcode(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_INT_UNALIGNED, offset + OPCODE);
    }

    /**
     * Sets: what was completed, a code of {@link WcOpcode}; valid on success only. C: {@code ibv_wc.opcode}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the code
     */
    public static void opcode(final MemorySegment segment, final long offset, final int value) {
        segment.set(JAVA_INT_UNALIGNED, offset + OPCODE, value);
    }

    /**
     * The vendor's own error code. C: {@code ibv_wc.vendor_err}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the code
     */
    public static int vendorError(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_INT_UNALIGNED, offset + VENDOR_ERR);
    }

    /**
     * Sets: the vendor's own error code. C: {@code ibv_wc.vendor_err}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the code
     */
    public static void vendorError(final MemorySegment segment, final long offset, final int value) {
        segment.set(JAVA_INT_UNALIGNED, offset + VENDOR_ERR, value);
    }

    /**
     * Bytes received or read. C: {@code ibv_wc.byte_len}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the count, unsigned
     */
    public static int byteLength(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_INT_UNALIGNED, offset + BYTE_LEN);
    }

    /**
     * Sets: bytes received or read. C: {@code ibv_wc.byte_len}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the count, unsigned
     */
    public static void byteLength(final MemorySegment segment, final long offset, final int value) {
        segment.set(JAVA_INT_UNALIGNED, offset + BYTE_LEN, value);
    }

    /**
     * The immediate, in host order here, in network order in memory. C: {@code ibv_wc.imm_data}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the immediate in host order
     */
    public static int immediate(final MemorySegment segment, final long offset) {
        return Integer.reverseBytes(segment.get(JAVA_INT_UNALIGNED, offset + IMM_DATA));
    }

    /**
     * Sets: the immediate, in host order here, in network order in memory. C: {@code ibv_wc.imm_data}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the immediate in host order
     */
    public static void immediate(final MemorySegment segment, final long offset, final int value) {
        segment.set(JAVA_INT_UNALIGNED, offset + IMM_DATA, Integer.reverseBytes(value));
    }

    /**
     * The local queue pair. C: {@code ibv_wc.qp_num}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return its number
     */
    public static int qpNumber(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_INT_UNALIGNED, offset + QP_NUM);
    }

    /**
     * Sets: the local queue pair. C: {@code ibv_wc.qp_num}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   its number
     */
    public static void qpNumber(final MemorySegment segment, final long offset, final int value) {
        segment.set(JAVA_INT_UNALIGNED, offset + QP_NUM, value);
    }

    /**
     * The sender's queue pair (UD). C: {@code ibv_wc.src_qp}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return its number
     */
    public static int sourceQp(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_INT_UNALIGNED, offset + SRC_QP);
    }

    /**
     * Sets: the sender's queue pair (UD). C: {@code ibv_wc.src_qp}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   its number
     */
    public static void sourceQp(final MemorySegment segment, final long offset, final int value) {
        segment.set(JAVA_INT_UNALIGNED, offset + SRC_QP, value);
    }

    /**
     * Flags of {@link WcFlags}. C: {@code ibv_wc.wc_flags}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the flags
     */
    public static int flags(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_INT_UNALIGNED, offset + WC_FLAGS);
    }

    /**
     * Sets: flags of {@link WcFlags}. C: {@code ibv_wc.wc_flags}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the flags
     */
    public static void flags(final MemorySegment segment, final long offset, final int value) {
        segment.set(JAVA_INT_UNALIGNED, offset + WC_FLAGS, value);
    }

    /**
     * The key that the peer invalidated; shares its place with the immediate. C: {@code ibv_wc.invalidated_rkey}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the key, in host order
     */
    public static int invalidatedRkey(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_INT_UNALIGNED, offset + INVALIDATED_RKEY);
    }

    /**
     * Sets: the key that the peer invalidated; shares its place with the immediate. C: {@code ibv_wc.invalidated_rkey}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the key, in host order
     */
    public static void invalidatedRkey(final MemorySegment segment, final long offset, final int value) {
        segment.set(JAVA_INT_UNALIGNED, offset + INVALIDATED_RKEY, value);
    }

    /**
     * Index of the partition key that a datagram carried. C: {@code ibv_wc.pkey_index}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the index
     */
    public static int pkeyIndex(final MemorySegment segment, final long offset) {
        return Short.toUnsignedInt(segment.get(JAVA_SHORT_UNALIGNED, offset + PKEY_INDEX));
    }

    /**
     * Sets: index of the partition key that a datagram carried. C: {@code ibv_wc.pkey_index}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the index
     */
    public static void pkeyIndex(final MemorySegment segment, final long offset, final int value) {
        segment.set(JAVA_SHORT_UNALIGNED, offset + PKEY_INDEX, (short)value);
    }

    /**
     * LID of the sender (datagrams), 0 on Ethernet. C: {@code ibv_wc.slid}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the LID
     */
    public static int sourceLid(final MemorySegment segment, final long offset) {
        return Short.toUnsignedInt(segment.get(JAVA_SHORT_UNALIGNED, offset + SLID));
    }

    /**
     * Sets: LID of the sender (datagrams), 0 on Ethernet. C: {@code ibv_wc.slid}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the LID
     */
    public static void sourceLid(final MemorySegment segment, final long offset, final int value) {
        segment.set(JAVA_SHORT_UNALIGNED, offset + SLID, (short)value);
    }

    /**
     * Service level of a datagram. C: {@code ibv_wc.sl}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the level
     */
    public static int serviceLevel(final MemorySegment segment, final long offset) {
        return Byte.toUnsignedInt(segment.get(JAVA_BYTE, offset + SL));
    }

    /**
     * Sets: service level of a datagram. C: {@code ibv_wc.sl}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the level
     */
    public static void serviceLevel(final MemorySegment segment, final long offset, final int value) {
        segment.set(JAVA_BYTE, offset + SL, (byte)value);
    }

    /**
     * Low bits of the local LID that a datagram was sent to. C: {@code ibv_wc.dlid_path_bits}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @return the bits
     */
    public static int pathBits(final MemorySegment segment, final long offset) {
        return Byte.toUnsignedInt(segment.get(JAVA_BYTE, offset + DLID_PATH_BITS));
    }

    /**
     * Sets: low bits of the local LID that a datagram was sent to. C: {@code ibv_wc.dlid_path_bits}.
     *
     * @param segment what holds the structure
     * @param offset  where it starts, in bytes
     * @param value   the bits
     */
    public static void pathBits(final MemorySegment segment, final long offset, final int value) {
        segment.set(JAVA_BYTE, offset + DLID_PATH_BITS, (byte)value);
    }
}
