package dev.verbs.transport.ring;

import dev.verbs.memory.RemoteBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * What two neighbours tell each other when they connect, in network order:
 *
 * <pre>
 *    0           4        6         8           12              20
 *   | magic u32 | host   | hosts   | elements  | element bytes | control words and elements (RemoteBuffer, 20 bytes) |
 * </pre>
 *
 * @param host         the sender's index
 * @param hosts        hosts in the ring
 * @param elements     elements per host
 * @param elementBytes bytes of an element
 * @param memory       where the peer may write
 */
record RingHello(int host, int hosts, int elements, long elementBytes, RemoteBuffer memory) {
    static final int WIRE_BYTES = 20 + RemoteBuffer.WIRE_BYTES;

    private static final int MAGIC = 'R' << 24 | 'I' << 16 | 'N' << 8 | 1;
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    byte[] toBytes() {
        final byte[] bytes = new byte[WIRE_BYTES];
        final MemorySegment wire = MemorySegment.ofArray(bytes);
        wire.set(U32, 0, MAGIC);
        wire.set(U16, 4, (short)host);
        wire.set(U16, 6, (short)hosts);
        wire.set(U32, 8, elements);
        wire.set(U64, 12, elementBytes);
        memory.writeTo(wire, 20);
        return bytes;
    }

    /** Reads a hello; null if it is none. */
    static RingHello read(final byte[] bytes) {
        final MemorySegment wire = MemorySegment.ofArray(bytes);
        if (bytes.length != WIRE_BYTES || wire.get(U32, 0) != MAGIC) {
            return null;
        }
        return new RingHello(Short.toUnsignedInt(wire.get(U16, 4)), Short.toUnsignedInt(wire.get(U16, 6)), wire.get(U32, 8),
            wire.get(U64, 12), RemoteBuffer.readFrom(wire, 20));
    }

    /** Why this is not the hello that host {@code expected} of this ring would send; null if it is. */
    String mismatch(final int expected, final RingConfig config) {
        if (host != expected) {
            return "host " + host + " called where host " + expected + " belongs: give all hosts the same directory";
        }
        if (hosts != config.hosts() || elements != config.elements() || elementBytes != config.elementBytes()) {
            return "host " + host + " has a ring of " + hosts + " hosts with " + elements + " elements of " + elementBytes
                + " bytes, this one of " + config.hosts() + " with " + config.elements() + " of " + config.elementBytes()
                + ": configure all hosts alike";
        }
        return memory.length() == RingMemory.sharedBytes(config) ? null
            : "host " + host + " offers " + memory.length() + " bytes instead of " + RingMemory.sharedBytes(config);
    }
}
