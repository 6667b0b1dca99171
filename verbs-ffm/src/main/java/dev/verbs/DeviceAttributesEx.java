package dev.verbs;

/**
 * Everything that a device says about itself. What an older driver or library does not answer is 0. C: {@code struct
 * ibv_device_attr_ex}.
 *
 * @param basic                   the limits
 * @param odp                     paging on demand
 * @param completionTimestampMask bits of a completion timestamp that count, 0 if there are none
 * @param coreClockKhz            frequency of the clock of completion timestamps, kHz, 0 if it is not known
 * @param flags                   what the device can do: bits of {@link DeviceFlags}, the upper ones included
 * @param tso                     segmentation of TCP messages
 * @param rss                     receive-side scaling
 * @param maxReceiveWorkQueues    most work queues of receive-side scaling
 * @param packetPacing            limits of the send rate
 * @param rawPacket               what the device does for raw packets: bits of {@link RawPacketFlags}
 * @param tagMatching             matching of tags
 * @param cqModeration            moderation of completion events
 * @param maxDeviceMemory         memory of the device that programs can have, bytes
 * @param pciAtomics              atomic operations of the device on the bus
 * @param ports                   physical ports
 */
public record DeviceAttributesEx(
    DeviceAttributes basic,
    Odp odp,
    long completionTimestampMask,
    long coreClockKhz,
    long flags,
    Tso tso,
    Rss rss,
    int maxReceiveWorkQueues,
    PacketPacing packetPacing,
    int rawPacket,
    TagMatching tagMatching,
    CqModeration cqModeration,
    long maxDeviceMemory,
    PciAtomics pciAtomics,
    int ports) {

    /**
     * What a device says that answers no more than {@code ibv_query_device}.
     *
     * @param basic the limits
     * @return the attributes, 0 everywhere else
     */
    public static DeviceAttributesEx of(final DeviceAttributes basic) {
        return new DeviceAttributesEx(basic, new Odp(0, 0, 0, 0, 0), 0, 0, Integer.toUnsignedLong(basic.flags()), new Tso(0, 0),
            new Rss(0, 0, 0, 0, 0), 0, new PacketPacing(0, 0, 0), 0, new TagMatching(0, 0, 0, 0, 0), new CqModeration(0, 0), 0,
            new PciAtomics(0, 0, 0), basic.ports());
    }

    /**
     * Whether the device can do something.
     *
     * @param flag a bit of {@link DeviceFlags}
     * @return true if so
     */
    public boolean can(final long flag) {
        return (flags & flag) != 0;
    }

    /** C: {@code ibv_is_qpt_supported}: one bit per kind of queue pair. */
    private static boolean supports(final int types, final QpType type) {
        return type.code() >= 0 && (types & 1 << type.code()) != 0;
    }

    /**
     * Paging on demand: regions that are not pinned. C: {@code struct ibv_odp_caps}.
     *
     * @param general bits of {@link OdpFlags}
     * @param rc      what reliable connections can do: bits of {@link OdpTransportFlags}
     * @param uc      what unreliable connections can do
     * @param ud      what datagrams can do
     * @param xrc     what extended reliable connections can do
     */
    public record Odp(long general, int rc, int uc, int ud, int xrc) {
        /**
         * Whether regions can be registered with {@link AccessFlags#ON_DEMAND}.
         *
         * @return true if so
         */
        public boolean isSupported() {
            return (general & OdpFlags.SUPPORT) != 0;
        }
    }

    /**
     * Segmentation of TCP messages. C: {@code struct ibv_tso_caps}.
     *
     * @param maxBytes longest message, bytes, 0 if not supported
     * @param qpTypes  kinds of queue pairs that can: a bit per code of {@link QpType}
     */
    public record Tso(int maxBytes, int qpTypes) {
        /**
         * Whether a kind of queue pair can. C: {@code ibv_is_qpt_supported}.
         *
         * @param type the kind
         * @return true if so
         */
        public boolean supports(final QpType type) {
            return DeviceAttributesEx.supports(qpTypes, type);
        }
    }

    /**
     * Receive-side scaling. C: {@code struct ibv_rss_caps}.
     *
     * @param qpTypes       kinds of queue pairs that can: a bit per code of {@link QpType}
     * @param maxTables     most indirection tables
     * @param maxTableSize  most entries of a table
     * @param hashFields    header fields that can be hashed, {@code enum ibv_rx_hash_fields}
     * @param hashFunctions hash functions, {@code enum ibv_rx_hash_function_flags}
     */
    public record Rss(int qpTypes, int maxTables, int maxTableSize, long hashFields, int hashFunctions) {
        /**
         * Whether a kind of queue pair can. C: {@code ibv_is_qpt_supported}.
         *
         * @param type the kind
         * @return true if so
         */
        public boolean supports(final QpType type) {
            return DeviceAttributesEx.supports(qpTypes, type);
        }
    }

    /**
     * Limits of the send rate. C: {@code struct ibv_packet_pacing_caps}.
     *
     * @param minKbps lowest limit, kbit/s
     * @param maxKbps highest limit, kbit/s, 0 if not supported
     * @param qpTypes kinds of queue pairs that can: a bit per code of {@link QpType}
     */
    public record PacketPacing(long minKbps, long maxKbps, int qpTypes) {
        /**
         * Whether a kind of queue pair can. C: {@code ibv_is_qpt_supported}.
         *
         * @param type the kind
         * @return true if so
         */
        public boolean supports(final QpType type) {
            return DeviceAttributesEx.supports(qpTypes, type);
        }
    }

    /**
     * Matching of tags. C: {@code struct ibv_tm_caps}.
     *
     * @param maxRendezvousHeader longest header of a rendezvous message, bytes
     * @param maxTags             most tagged buffers of a shared receive queue, 0 if not supported
     * @param flags               {@code enum ibv_tm_cap_flags}
     * @param maxOps              most outstanding list operations
     * @param maxSge              most entries of a tagged buffer
     */
    public record TagMatching(int maxRendezvousHeader, int maxTags, int flags, int maxOps, int maxSge) {
    }

    /**
     * Moderation of completion events. C: {@code struct ibv_cq_moderation_caps}.
     *
     * @param maxCount    most completions per event, 0 if not supported
     * @param maxPeriodUs longest delay of an event, microseconds
     */
    public record CqModeration(int maxCount, int maxPeriodUs) {
    }

    /**
     * Atomic operations of the device on the bus: sizes in bytes as bits. C: {@code struct ibv_pci_atomic_caps}.
     *
     * @param fetchAdd       sizes of fetch-and-add
     * @param swap           sizes of swap
     * @param compareAndSwap sizes of compare-and-swap
     */
    public record PciAtomics(int fetchAdd, int swap, int compareAndSwap) {
    }
}
