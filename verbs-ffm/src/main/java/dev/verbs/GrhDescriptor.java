package dev.verbs;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.verbs.headers.ibv_grh;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The 40 bytes that stand before the payload of every datagram received, the global route header. C: {@code struct ibv_grh}.
 *
 * <p>A receive of a UD queue pair must have room for {@link #SIZE} bytes more than the payload; {@code byte_len} counts them. They
 * hold a header only if the completion has {@link WcFlags#GRH}. On RoCE v2 over IPv4 the last 20 of them hold the IPv4 header
 * instead, and the first 20 nothing: {@link #version} tells which.
 *
 * <pre>
 *   version 4 bit | traffic class 8 | flow label 20 | payload length u16 | next header u8 | hop limit u8 | source GID 16 | target GID 16
 *   or: 20 bytes unused | IPv4 header 20 bytes
 * </pre>
 *
 * <p>All in network order in memory, converted here. Stateless: any thread. Where the segment does not hold all 40 bytes, an
 * {@link IndexOutOfBoundsException}.
 */
public final class GrhDescriptor {
    /** Bytes before the payload of a datagram. C: the size of {@code struct ibv_grh}. */
    public static final long SIZE = ibv_grh.layout().byteSize();

    private static final ValueLayout.OfInt WORD = JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfShort HALF = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final long VERSION_TCLASS_FLOW = ibv_grh.version_tclass_flow$offset();
    private static final long PAYLOAD_LENGTH = ibv_grh.paylen$offset();
    private static final long NEXT_HEADER = ibv_grh.next_hdr$offset();
    private static final long HOP_LIMIT = ibv_grh.hop_limit$offset();
    private static final long SOURCE = ibv_grh.sgid$offset();
    private static final long TARGET = ibv_grh.dgid$offset();
    private static final int FLOW_MASK = 0xF_FFFF;
    private static final int NIBBLE = 0xF;
    /** Where an IPv4 header (RFC 791) lies, and its fields from there. */
    private static final int IPV4_BYTES = 20;
    private static final long IPV4 = SIZE - IPV4_BYTES;
    private static final int IPV4_WORDS = 5;
    private static final long IPV4_TOS = 1;
    private static final long IPV4_LENGTH = 2;
    private static final long IPV4_TTL = 8;
    private static final long IPV4_PROTOCOL = 9;
    private static final long IPV4_CHECKSUM = 10;
    private static final long IPV4_SOURCE = 12;
    private static final long IPV4_TARGET = 16;
    private static final int IPV4_LENGTH_OF_GID = 12;

    private GrhDescriptor() {
    }

    /**
     * Which header there is, told as rdma-core does it: an IPv4 header counts if its checksum is right.
     * C: {@code ibv_grh.version_tclass_flow}.
     *
     * @param segment what holds the 40 bytes
     * @param offset  where they start
     * @return 6 (also InfiniBand), 4, or 0 for neither
     */
    public static int version(final MemorySegment segment, final long offset) {
        final boolean six = segment.get(WORD, offset + VERSION_TCLASS_FLOW) >>> 28 == 6;
        final int first = segment.get(JAVA_BYTE, offset + IPV4) & 0xFF;
        if (!six) {
            return first >>> 4 == 4 ? 4 : 0;
        }
        return (first & NIBBLE) == IPV4_WORDS && first >>> 4 == 4
            && segment.get(HALF, offset + IPV4 + IPV4_CHECKSUM) == checksum(segment, offset + IPV4) ? 4 : 6;
    }

    /**
     * Who sent the datagram. C: {@code ibv_grh.sgid}.
     *
     * @param segment what holds the 40 bytes
     * @param offset  where they start
     * @return the GID; an IPv4 address as {@code ::ffff:a.b.c.d}
     */
    public static Gid source(final MemorySegment segment, final long offset) {
        return gid(segment, offset, SOURCE, IPV4_SOURCE);
    }

    /**
     * Whom it was sent to: a GID of the port, or of a multicast group. C: {@code ibv_grh.dgid}.
     *
     * @param segment what holds the 40 bytes
     * @param offset  where they start
     * @return the GID; an IPv4 address as {@code ::ffff:a.b.c.d}
     */
    public static Gid target(final MemorySegment segment, final long offset) {
        return gid(segment, offset, TARGET, IPV4_TARGET);
    }

    private static Gid gid(final MemorySegment segment, final long offset, final long field, final long ipv4Field) {
        if (version(segment, offset) == 4) {
            final byte[] raw = new byte[Gid.LENGTH];
            raw[10] = (byte)0xFF;
            raw[11] = (byte)0xFF;
            MemorySegment.copy(segment, JAVA_BYTE, offset + IPV4 + ipv4Field, raw, IPV4_LENGTH_OF_GID, Gid.LENGTH - IPV4_LENGTH_OF_GID);
            return Gid.of(raw);
        }
        return Gid.of(segment.asSlice(offset + field, Gid.LENGTH).toArray(JAVA_BYTE));
    }

    /**
     * The traffic class. C: {@code ibv_grh.version_tclass_flow}.
     *
     * @param segment what holds the 40 bytes
     * @param offset  where they start
     * @return 8 bits; of an IPv4 header the type of service
     */
    public static int trafficClass(final MemorySegment segment, final long offset) {
        return version(segment, offset) == 4 ? segment.get(JAVA_BYTE, offset + IPV4 + IPV4_TOS) & 0xFF
            : segment.get(WORD, offset + VERSION_TCLASS_FLOW) >>> 20 & 0xFF;
    }

    /**
     * The flow label. C: {@code ibv_grh.version_tclass_flow}.
     *
     * @param segment what holds the 40 bytes
     * @param offset  where they start
     * @return 20 bits; 0 for an IPv4 header
     */
    public static int flowLabel(final MemorySegment segment, final long offset) {
        return version(segment, offset) == 4 ? 0 : segment.get(WORD, offset + VERSION_TCLASS_FLOW) & FLOW_MASK;
    }

    /**
     * The hop limit, or time to live. C: {@code ibv_grh.hop_limit}.
     *
     * @param segment what holds the 40 bytes
     * @param offset  where they start
     * @return 8 bits
     */
    public static int hopLimit(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_BYTE, offset + (version(segment, offset) == 4 ? IPV4 + IPV4_TTL : HOP_LIMIT)) & 0xFF;
    }

    /**
     * The protocol of what follows. C: {@code ibv_grh.next_hdr}.
     *
     * @param segment what holds the 40 bytes
     * @param offset  where they start
     * @return its number: 17 for UDP (RoCE v2), 27 for InfiniBand
     */
    public static int nextHeader(final MemorySegment segment, final long offset) {
        return segment.get(JAVA_BYTE, offset + (version(segment, offset) == 4 ? IPV4 + IPV4_PROTOCOL : NEXT_HEADER)) & 0xFF;
    }

    /**
     * Writes a header. For providers. C: {@code struct ibv_grh}.
     *
     * @param segment    what holds the 40 bytes
     * @param offset     where they start
     * @param source     who sends
     * @param path       traffic class, flow label, hop limit and target
     * @param nextHeader protocol of what follows
     */
    public static void write(final MemorySegment segment, final long offset, final Gid source, final AddressVector path,
        final int nextHeader) {
        segment.asSlice(offset, SIZE).fill((byte)0);
        if (!source.isIpv4Mapped()) {
            segment.set(WORD, offset + VERSION_TCLASS_FLOW, 6 << 28 | path.trafficClass() << 20 | path.flowLabel());
            segment.set(JAVA_BYTE, offset + NEXT_HEADER, (byte)nextHeader);
            segment.set(JAVA_BYTE, offset + HOP_LIMIT, (byte)path.hopLimit());
            MemorySegment.copy(source.bytes(), 0, segment, JAVA_BYTE, offset + SOURCE, Gid.LENGTH);
            MemorySegment.copy(path.gid().bytes(), 0, segment, JAVA_BYTE, offset + TARGET, Gid.LENGTH);
            return;
        }
        final long at = offset + IPV4;
        segment.set(JAVA_BYTE, at, (byte)(4 << 4 | IPV4_WORDS));
        segment.set(JAVA_BYTE, at + IPV4_TOS, (byte)path.trafficClass());
        segment.set(JAVA_BYTE, at + IPV4_TTL, (byte)path.hopLimit());
        segment.set(JAVA_BYTE, at + IPV4_PROTOCOL, (byte)nextHeader);
        MemorySegment.copy(source.bytes(), IPV4_LENGTH_OF_GID, segment, JAVA_BYTE, at + IPV4_SOURCE, Integer.BYTES);
        MemorySegment.copy(path.gid().bytes(), IPV4_LENGTH_OF_GID, segment, JAVA_BYTE, at + IPV4_TARGET, Integer.BYTES);
        payloadLength(segment, offset, 0);
    }

    /**
     * Changes the length of what follows, in a header that was written. For providers. C: {@code ibv_grh.paylen}.
     *
     * @param segment      what holds the 40 bytes
     * @param offset       where they start
     * @param payloadBytes bytes behind the header
     */
    public static void payloadLength(final MemorySegment segment, final long offset, final int payloadBytes) {
        if (segment.get(WORD, offset + VERSION_TCLASS_FLOW) >>> 28 == 6) {
            segment.set(HALF, offset + PAYLOAD_LENGTH, (short)payloadBytes);
            return;
        }
        final long at = offset + IPV4;
        segment.set(HALF, at + IPV4_LENGTH, (short)(payloadBytes + IPV4_BYTES));
        segment.set(HALF, at + IPV4_CHECKSUM, checksum(segment, at));
    }

    /** The checksum of an IPv4 header, its own field left out (RFC 1071). */
    private static short checksum(final MemorySegment segment, final long at) {
        int sum = 0;
        for (long i = 0; i < IPV4_BYTES; i += Short.BYTES) {
            sum += i == IPV4_CHECKSUM ? 0 : segment.get(HALF, at + i) & 0xFFFF;
        }
        sum = (sum & 0xFFFF) + (sum >>> 16);
        return (short)~((sum & 0xFFFF) + (sum >>> 16));
    }
}
