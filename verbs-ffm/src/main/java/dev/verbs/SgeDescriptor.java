package dev.verbs;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.verbs.headers.ibv_sge;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Layout of a scatter/gather entry: offsets and field access over (segment, offset). C: {@code struct ibv_sge}.
 *
 * <pre>
 *   addr: u64 | length: u32 | lkey: u32
 * </pre>
 *
 * <p>Nothing here allocates or blocks. Any thread; threads that share a structure order their accesses themselves. A structure that
 * reaches beyond the segment is an IndexOutOfBoundsException.
 */
public final class SgeDescriptor {
    /** Bytes of one entry. C: {@code struct ibv_sge}. */
    public static final long SIZE = ibv_sge.layout().byteSize();

    private static final long ADDR = ibv_sge.addr$offset();
    private static final long LENGTH = ibv_sge.length$offset();
    private static final long LKEY = ibv_sge.lkey$offset();

    private SgeDescriptor() {
    }

    /**
     * Address of the buffer. C: {@code ibv_sge.addr}.
     *
     * @param segment what holds the entry
     * @param offset  where it starts, in bytes
     * @return the address
     */
    public static long address(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_LONG_UNALIGNED, offset + ADDR);
    }

    /**
     * Length of the buffer. C: {@code ibv_sge.length}.
     *
     * @param segment what holds the entry
     * @param offset  where it starts, in bytes
     * @return the length in bytes, 0 to 2^32 - 1
     */
    public static long length(final MemorySegment segment, final long offset) {
        return Integer.toUnsignedLong(segment.get(JAVA_INT_UNALIGNED, offset + LENGTH));
    }

    /**
     * Local key of the region that covers the buffer. C: {@code ibv_sge.lkey}.
     *
     * @param segment what holds the entry
     * @param offset  where it starts, in bytes
     * @return the key, in host order
     */
    public static int lkey(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_INT_UNALIGNED, offset + LKEY);
    }

    /**
     * Writes a whole entry. C: {@code struct ibv_sge}.
     *
     * @param segment what holds the entry
     * @param offset  where it starts, in bytes
     * @param address address of the buffer
     * @param length  length in bytes, below 2^32; the upper half is cut off
     * @param lkey    local key
     */
    public static void set(final MemorySegment segment, final long offset, final long address, final long length,
        final int lkey) {
        segment.set(JAVA_LONG_UNALIGNED, offset + ADDR, address);
        segment.set(JAVA_INT_UNALIGNED, offset + LENGTH, (int)length);
        segment.set(JAVA_INT_UNALIGNED, offset + LKEY, lkey);
    }

    /**
     * Writes where the buffer is, and leaves its key. C: {@code ibv_sge.addr}, {@code ibv_sge.length}.
     *
     * @param segment what holds the entry
     * @param offset  where it starts, in bytes
     * @param address address of the buffer
     * @param length  length in bytes, below 2^32; the upper half is cut off
     */
    public static void buffer(final MemorySegment segment, final long offset, final long address, final long length) {
        segment.set(JAVA_LONG_UNALIGNED, offset + ADDR, address);
        segment.set(JAVA_INT_UNALIGNED, offset + LENGTH, (int)length);
    }

    /**
     * The bytes of several entries. C: {@code ibv_sge.length}.
     *
     * @param segment what holds them, the first one at offset 0
     * @param count   how many, from 0
     * @return the sum of their lengths
     * @throws IndexOutOfBoundsException if the segment has no such number of entries
     */
    public static long total(final MemorySegment segment, final int count) {
        Objects.checkFromIndexSize(0, count * SIZE, segment.byteSize());
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += length(segment, i * SIZE);
        }
        return total;
    }
}
