package dev.verbs;

/**
 * Everything that a device says about itself. What an older driver or library does not answer is 0. C:
 * {@code struct ibv_device_attr_ex}, each field's C name in brackets.
 *
 * @param basic                   the limits [orig_attr]
 * @param odp                     paging on demand [odp_caps]
 * @param completionTimestampMask bits of a completion timestamp that count, 0 if there are none [completion_timestamp_mask]
 * @param coreClockKhz            frequency of the clock of completion timestamps, kHz, 0 if it is not known [hca_core_clock]
 * @param flags                   what the device can do: bits of {@link DeviceFlags}, the upper ones included [device_cap_flags_ex]
 * @param tso                     segmentation of TCP messages [tso_caps]
 * @param rss                     receive-side scaling [rss_caps]
 * @param maxReceiveWorkQueues    most work queues of receive-side scaling [max_wq_type_rq]
 * @param packetPacing            limits of the send rate [packet_pacing_caps]
 * @param rawPacket               what the device does for raw packets: bits of {@link RawPacketFlags} [raw_packet_caps]
 * @param tagMatching             matching of tags [tm_caps]
 * @param cqModeration            moderation of completion events [cq_mod_caps]
 * @param maxDeviceMemory         memory of the device that programs can have, bytes [max_dm_size]
 * @param pciAtomics              atomic operations of the device on the bus [pci_atomic_caps]
 * @param ports                   physical ports [phys_port_cnt_ex]
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
     * What a device says that answers no more than {@code ibv_query_device}. C: {@code ibv_device_attr_ex.orig_attr}.
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
     * Whether the device can do something. C: {@code ibv_device_attr_ex.device_cap_flags_ex}.
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
     * @param general bits of {@link OdpFlags} [general_caps]
     * @param rc      what reliable connections can do: bits of {@link OdpTransportFlags} [per_transport_caps.rc_odp_caps]
     * @param uc      what unreliable connections can do [per_transport_caps.uc_odp_caps]
     * @param ud      what datagrams can do [per_transport_caps.ud_odp_caps]
     * @param xrc     what extended reliable connections can do ({@code ibv_device_attr_ex.xrc_odp_caps})
     */
    public record Odp(long general, int rc, int uc, int ud, int xrc) {
        /**
         * Whether regions can be registered with {@link AccessFlags#ON_DEMAND}. C: {@code IBV_ODP_SUPPORT}.
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
     * @param maxBytes longest message, bytes, 0 if not supported [max_tso]
     * @param qpTypes  kinds of queue pairs that can: a bit per code of {@link QpType} [supported_qpts]
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
     * @param qpTypes       kinds of queue pairs that can: a bit per code of {@link QpType} [supported_qpts]
     * @param maxTables     most indirection tables [max_rwq_indirection_tables]
     * @param maxTableSize  most entries of a table [max_rwq_indirection_table_size]
     * @param hashFields    header fields that can be hashed, {@code enum ibv_rx_hash_fields} [rx_hash_fields_mask]
     * @param hashFunctions hash functions, {@code enum ibv_rx_hash_function_flags} [rx_hash_function]
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
     * @param minKbps lowest limit, kbit/s [qp_rate_limit_min]
     * @param maxKbps highest limit, kbit/s, 0 if not supported [qp_rate_limit_max]
     * @param qpTypes kinds of queue pairs that can: a bit per code of {@link QpType} [supported_qpts]
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
     * @param maxRendezvousHeader longest header of a rendezvous message, bytes [max_rndv_hdr_size]
     * @param maxTags             most tagged buffers of a shared receive queue, 0 if not supported [max_num_tags]
     * @param flags               {@code enum ibv_tm_cap_flags} [flags]
     * @param maxOps              most outstanding list operations [max_ops]
     * @param maxSge              most entries of a tagged buffer [max_sge]
     */
    public record TagMatching(int maxRendezvousHeader, int maxTags, int flags, int maxOps, int maxSge) {
    }

    /**
     * Moderation of completion events. C: {@code struct ibv_cq_moderation_caps}.
     *
     * @param maxCount    most completions per event, 0 if not supported [max_cq_count]
     * @param maxPeriodUs longest delay of an event, microseconds [max_cq_period]
     */
    public record CqModeration(int maxCount, int maxPeriodUs) {
    }

    /**
     * Atomic operations of the device on the bus: sizes in bytes as bits. C: {@code struct ibv_pci_atomic_caps}.
     *
     * @param fetchAdd       sizes of fetch-and-add [fetch_add]
     * @param swap           sizes of swap [swap]
     * @param compareAndSwap sizes of compare-and-swap [compare_swap]
     */
    public record PciAtomics(int fetchAdd, int swap, int compareAndSwap) {
    }
}
