package dev.verbs.memory;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.verbs.MemoryRegion;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * What a peer must know to read or write memory of this side. On the wire, 20 bytes in network order, whatever the host:
 *
 * <pre>
 *   0              8              16       20
 *   | address: u64 | length: u64  | rkey: u32 |
 * </pre>
 *
 * @param address where it starts, in the owner's address space; unsigned
 * @param length  bytes, 0 or more
 * @param rkey    the owner's remote key, host order here
 */
public record RemoteBuffer(long address, long length, int rkey) {
    /** Bytes on the wire. */
    public static final int WIRE_BYTES = 20;

    private static final ValueLayout.OfLong U64 = JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt U32 = JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int LENGTH = 8;
    private static final int RKEY = 16;

    /** Checks that the buffer does not run past the end of the address space. */
    public RemoteBuffer {
        if (length < 0 || length > 0 && Long.compareUnsigned(address + length - 1, address) < 0) {
            throw new IllegalArgumentException("length " + length + " at address 0x" + Long.toHexString(address)
                + ": must not be negative, nor run past the end of the address space");
        }
    }

    /**
     * The whole of a region.
     *
     * @param region a region that allows remote access
     * @return its descriptor
     */
    public static RemoteBuffer of(final MemoryRegion region) {
        return new RemoteBuffer(region.address(), region.length(), region.rkey());
    }

    /**
     * A part of this buffer.
     *
     * @param offset where it starts, 0 to {@link #length()}
     * @param bytes  its length
     * @return the part
     * @throws IndexOutOfBoundsException if it is not inside
     */
    public RemoteBuffer slice(final long offset, final long bytes) {
        if (offset < 0 || bytes < 0 || offset > length || bytes > length - offset) {
            throw new IndexOutOfBoundsException(bytes + " bytes at offset " + offset + " are not inside a remote buffer of "
                + length + " bytes");
        }
        return new RemoteBuffer(address + offset, bytes, rkey);
    }

    /**
     * Writes the wire form.
     *
     * @param target where to
     * @param offset where it starts in it
     */
    public void writeTo(final MemorySegment target, final long offset) {
        target.set(U64, offset, address);
        target.set(U64, offset + LENGTH, length);
        target.set(U32, offset + RKEY, rkey);
    }

    /**
     * Writes the wire form.
     *
     * @param target where to
     * @param offset where it starts in it
     */
    public void writeTo(final byte[] target, final int offset) {
        writeTo(MemorySegment.ofArray(target), offset);
    }

    /**
     * The wire form.
     *
     * @return {@link #WIRE_BYTES} bytes
     */
    public byte[] toBytes() {
        final byte[] bytes = new byte[WIRE_BYTES];
        writeTo(bytes, 0);
        return bytes;
    }

    /**
     * Reads the wire form.
     *
     * @param source where from
     * @param offset where it starts in it
     * @return the descriptor
     * @throws IndexOutOfBoundsException if fewer than {@link #WIRE_BYTES} bytes are left
     * @throws IllegalArgumentException  if the bytes are no valid descriptor
     */
    public static RemoteBuffer readFrom(final MemorySegment source, final long offset) {
        return new RemoteBuffer(source.get(U64, offset), source.get(U64, offset + LENGTH), source.get(U32, offset + RKEY));
    }

    /**
     * Reads the wire form.
     *
     * @param source where from
     * @param offset where it starts in it
     * @return the descriptor
     * @throws IndexOutOfBoundsException if fewer than {@link #WIRE_BYTES} bytes are left
     * @throws IllegalArgumentException  if the bytes are no valid descriptor
     */
    public static RemoteBuffer readFrom(final byte[] source, final int offset) {
        return readFrom(MemorySegment.ofArray(source), offset);
    }

    @Override
    public String toString() {
        return length + " bytes at 0x" + Long.toHexString(address) + " rkey 0x" + Integer.toHexString(rkey);
    }
}
