package dev.verbs;

import java.util.List;

/**
 * Limits of a device, in the order of the C structure. C: {@code struct ibv_device_attr}, each field's C name in brackets.
 *
 * @param firmwareVersion firmware or driver version [fw_ver]
 * @param nodeGuid GUID of the node, host order [node_guid]
 * @param systemImageGuid GUID that the nodes of one system share, host order [sys_image_guid]
 * @param maxMrSize largest region, bytes; {@link Long#MAX_VALUE} for no limit [max_mr_size]
 * @param pageSizes sizes of pages that regions can be made of: a bit per power of two [page_size_cap]
 * @param vendorId vendor [vendor_id]
 * @param vendorPartId part [vendor_part_id]
 * @param hardwareVersion hardware revision [hw_ver]
 * @param maxQp most queue pairs [max_qp]
 * @param maxQpWr most requests of a work queue [max_qp_wr]
 * @param flags what the device can do: bits of {@link DeviceFlags} [device_cap_flags]
 * @param maxSge most scatter/gather entries of a request [max_sge]
 * @param maxSgeRead most entries of an RDMA READ [max_sge_rd]
 * @param maxCq most completion queues [max_cq]
 * @param maxCqe most entries of a completion queue [max_cqe]
 * @param maxMr most regions [max_mr]
 * @param maxPd most protection domains [max_pd]
 * @param maxQpReadAtomics most outstanding reads and atomics of a QP as responder [max_qp_rd_atom]
 * @param maxEeReadAtomics the same of an end-to-end context [max_ee_rd_atom]
 * @param maxResponderReadAtomics most outstanding reads and atomics of the device as responder [max_res_rd_atom]
 * @param maxQpInitReadAtomics most outstanding reads and atomics of a QP as initiator [max_qp_init_rd_atom]
 * @param maxEeInitReadAtomics the same of an end-to-end context [max_ee_init_rd_atom]
 * @param atomicCapability how far atomicity reaches [atomic_cap]
 * @param maxEe most end-to-end contexts [max_ee]
 * @param maxRdd most reliable datagram domains [max_rdd]
 * @param maxMw most memory windows [max_mw]
 * @param maxRawIpv6Qp most raw IPv6 queue pairs [max_raw_ipv6_qp]
 * @param maxRawEthernetQp most raw Ethernet queue pairs [max_raw_ethy_qp]
 * @param maxMulticastGroups most multicast groups [max_mcast_grp]
 * @param maxMulticastQpAttach most queue pairs of a multicast group [max_mcast_qp_attach]
 * @param maxTotalMulticastQpAttach most attachments of queue pairs to multicast groups [max_total_mcast_qp_attach]
 * @param maxAh most address handles [max_ah]
 * @param maxFmr most fast memory regions [max_fmr]
 * @param maxMapPerFmr most mappings of a fast memory region [max_map_per_fmr]
 * @param maxSrq most shared receive queues [max_srq]
 * @param maxSrqWr most receives of a shared receive queue [max_srq_wr]
 * @param maxSrqSge most entries of such a receive [max_srq_sge]
 * @param maxPkeys most partition keys of a port [max_pkeys]
 * @param localCaAckDelay how long an acknowledgement may take, 4.096 us * 2^value [local_ca_ack_delay]
 * @param ports physical ports, numbered from 1 [phys_port_cnt]
 */
public record DeviceAttributes(
    String firmwareVersion,
    long nodeGuid,
    long systemImageGuid,
    long maxMrSize,
    long pageSizes,
    int vendorId,
    int vendorPartId,
    int hardwareVersion,
    int maxQp,
    int maxQpWr,
    int flags,
    int maxSge,
    int maxSgeRead,
    int maxCq,
    int maxCqe,
    int maxMr,
    int maxPd,
    int maxQpReadAtomics,
    int maxEeReadAtomics,
    int maxResponderReadAtomics,
    int maxQpInitReadAtomics,
    int maxEeInitReadAtomics,
    AtomicCapability atomicCapability,
    int maxEe,
    int maxRdd,
    int maxMw,
    int maxRawIpv6Qp,
    int maxRawEthernetQp,
    int maxMulticastGroups,
    int maxMulticastQpAttach,
    int maxTotalMulticastQpAttach,
    int maxAh,
    int maxFmr,
    int maxMapPerFmr,
    int maxSrq,
    int maxSrqWr,
    int maxSrqSge,
    int maxPkeys,
    int localCaAckDelay,
    int ports) {
    /**
     * Whether the device can do something. C: {@code ibv_device_attr.device_cap_flags}.
     *
     * @param flag a bit of {@link DeviceFlags}, one of the lower 32
     * @return true if so
     */
    public boolean can(final long flag) {
        return (Integer.toUnsignedLong(flags) & flag) != 0;
    }

    /**
     * What the device can do, by name. C: {@code ibv_device_attr.device_cap_flags}.
     *
     * @return the names of {@link #flags}
     */
    public List<String> flagNames() {
        return DeviceFlags.names(Integer.toUnsignedLong(flags));
    }
}
