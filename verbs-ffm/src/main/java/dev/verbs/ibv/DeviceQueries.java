package dev.verbs.ibv;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.verbs.AtomicCapability;
import dev.verbs.DeviceAttributes;
import dev.verbs.DeviceAttributesEx;
import dev.verbs.Gid;
import dev.verbs.GidEntry;
import dev.verbs.GidType;
import dev.verbs.LinkLayer;
import dev.verbs.Mtu;
import dev.verbs.PortAttributes;
import dev.verbs.PortState;
import dev.verbs.headers.ibv_cq_moderation_caps;
import dev.verbs.headers.ibv_device_attr;
import dev.verbs.headers.ibv_device_attr_ex;
import dev.verbs.headers.ibv_gid_entry;
import dev.verbs.headers.ibv_odp_caps;
import dev.verbs.headers.ibv_packet_pacing_caps;
import dev.verbs.headers.ibv_pci_atomic_caps;
import dev.verbs.headers.ibv_port_attr;
import dev.verbs.headers.ibv_rss_caps;
import dev.verbs.headers.ibv_tm_caps;
import dev.verbs.headers.ibv_tso_caps;
import java.lang.foreign.MemorySegment;

/** From the C structures that describe devices to records, field by field in the order of the structures. */
final class DeviceQueries {
    private DeviceQueries() {
    }

    /** {@code struct ibv_device_attr}. */
    static DeviceAttributes device(final MemorySegment a) {
        return new DeviceAttributes(
            ibv_device_attr.fw_ver(a).getString(0), Long.reverseBytes(ibv_device_attr.node_guid(a)),
            Long.reverseBytes(ibv_device_attr.sys_image_guid(a)), unsigned(ibv_device_attr.max_mr_size(a)),
            ibv_device_attr.page_size_cap(a), ibv_device_attr.vendor_id(a), ibv_device_attr.vendor_part_id(a),
            ibv_device_attr.hw_ver(a), ibv_device_attr.max_qp(a), ibv_device_attr.max_qp_wr(a),
            ibv_device_attr.device_cap_flags(a), ibv_device_attr.max_sge(a), ibv_device_attr.max_sge_rd(a),
            ibv_device_attr.max_cq(a), ibv_device_attr.max_cqe(a), ibv_device_attr.max_mr(a), ibv_device_attr.max_pd(a),
            ibv_device_attr.max_qp_rd_atom(a), ibv_device_attr.max_ee_rd_atom(a), ibv_device_attr.max_res_rd_atom(a),
            ibv_device_attr.max_qp_init_rd_atom(a), ibv_device_attr.max_ee_init_rd_atom(a),
            AtomicCapability.of(ibv_device_attr.atomic_cap(a)), ibv_device_attr.max_ee(a), ibv_device_attr.max_rdd(a),
            ibv_device_attr.max_mw(a), ibv_device_attr.max_raw_ipv6_qp(a), ibv_device_attr.max_raw_ethy_qp(a),
            ibv_device_attr.max_mcast_grp(a), ibv_device_attr.max_mcast_qp_attach(a),
            ibv_device_attr.max_total_mcast_qp_attach(a), ibv_device_attr.max_ah(a), ibv_device_attr.max_fmr(a),
            ibv_device_attr.max_map_per_fmr(a), ibv_device_attr.max_srq(a), ibv_device_attr.max_srq_wr(a),
            ibv_device_attr.max_srq_sge(a), Short.toUnsignedInt(ibv_device_attr.max_pkeys(a)),
            Byte.toUnsignedInt(ibv_device_attr.local_ca_ack_delay(a)), Byte.toUnsignedInt(ibv_device_attr.phys_port_cnt(a)));
    }

    /** Drivers say "no limit" with all ones. */
    private static long unsigned(final long value) {
        return value < 0 ? Long.MAX_VALUE : value;
    }

    /** {@code struct ibv_device_attr_ex}. */
    static DeviceAttributesEx deviceEx(final MemorySegment a) {
        final DeviceAttributes basic = device(ibv_device_attr_ex.orig_attr(a));
        final MemorySegment tso = ibv_device_attr_ex.tso_caps(a);
        final MemorySegment pacing = ibv_device_attr_ex.packet_pacing_caps(a);
        final MemorySegment moderation = ibv_device_attr_ex.cq_mod_caps(a);
        final MemorySegment atomics = ibv_device_attr_ex.pci_atomic_caps(a);
        final int ports = ibv_device_attr_ex.phys_port_cnt_ex(a);
        return new DeviceAttributesEx(basic, odp(a), ibv_device_attr_ex.completion_timestamp_mask(a),
            ibv_device_attr_ex.hca_core_clock(a), ibv_device_attr_ex.device_cap_flags_ex(a),
            new DeviceAttributesEx.Tso(ibv_tso_caps.max_tso(tso), ibv_tso_caps.supported_qpts(tso)), rss(a),
            ibv_device_attr_ex.max_wq_type_rq(a),
            new DeviceAttributesEx.PacketPacing(Integer.toUnsignedLong(ibv_packet_pacing_caps.qp_rate_limit_min(pacing)),
                Integer.toUnsignedLong(ibv_packet_pacing_caps.qp_rate_limit_max(pacing)),
                ibv_packet_pacing_caps.supported_qpts(pacing)),
            ibv_device_attr_ex.raw_packet_caps(a), tagMatching(ibv_device_attr_ex.tm_caps(a)),
            new DeviceAttributesEx.CqModeration(Short.toUnsignedInt(ibv_cq_moderation_caps.max_cq_count(moderation)),
                Short.toUnsignedInt(ibv_cq_moderation_caps.max_cq_period(moderation))),
            ibv_device_attr_ex.max_dm_size(a),
            new DeviceAttributesEx.PciAtomics(Short.toUnsignedInt(ibv_pci_atomic_caps.fetch_add(atomics)),
                Short.toUnsignedInt(ibv_pci_atomic_caps.swap(atomics)),
                Short.toUnsignedInt(ibv_pci_atomic_caps.compare_swap(atomics))),
            ports == 0 ? basic.ports() : ports); // drivers of less than 256 ports leave it out
    }

    private static DeviceAttributesEx.Odp odp(final MemorySegment a) {
        final MemorySegment odp = ibv_device_attr_ex.odp_caps(a);
        final MemorySegment transports = ibv_odp_caps.per_transport_caps(odp);
        return new DeviceAttributesEx.Odp(ibv_odp_caps.general_caps(odp),
            ibv_odp_caps.per_transport_caps.rc_odp_caps(transports), ibv_odp_caps.per_transport_caps.uc_odp_caps(transports),
            ibv_odp_caps.per_transport_caps.ud_odp_caps(transports), ibv_device_attr_ex.xrc_odp_caps(a));
    }

    private static DeviceAttributesEx.Rss rss(final MemorySegment a) {
        final MemorySegment rss = ibv_device_attr_ex.rss_caps(a);
        return new DeviceAttributesEx.Rss(ibv_rss_caps.supported_qpts(rss), ibv_rss_caps.max_rwq_indirection_tables(rss),
            ibv_rss_caps.max_rwq_indirection_table_size(rss), ibv_rss_caps.rx_hash_fields_mask(rss),
            Byte.toUnsignedInt(ibv_rss_caps.rx_hash_function(rss)));
    }

    private static DeviceAttributesEx.TagMatching tagMatching(final MemorySegment tm) {
        return new DeviceAttributesEx.TagMatching(ibv_tm_caps.max_rndv_hdr_size(tm), ibv_tm_caps.max_num_tags(tm),
            ibv_tm_caps.flags(tm), ibv_tm_caps.max_ops(tm), ibv_tm_caps.max_sge(tm));
    }

    /** {@code struct ibv_port_attr}. */
    static PortAttributes port(final MemorySegment a) {
        return new PortAttributes(
            PortState.of(ibv_port_attr.state(a)), Mtu.of(ibv_port_attr.max_mtu(a)), Mtu.of(ibv_port_attr.active_mtu(a)),
            ibv_port_attr.gid_tbl_len(a), ibv_port_attr.port_cap_flags(a), Integer.toUnsignedLong(ibv_port_attr.max_msg_sz(a)),
            ibv_port_attr.bad_pkey_cntr(a), ibv_port_attr.qkey_viol_cntr(a), Short.toUnsignedInt(ibv_port_attr.pkey_tbl_len(a)),
            Short.toUnsignedInt(ibv_port_attr.lid(a)), Short.toUnsignedInt(ibv_port_attr.sm_lid(a)),
            Byte.toUnsignedInt(ibv_port_attr.lmc(a)), Byte.toUnsignedInt(ibv_port_attr.max_vl_num(a)),
            Byte.toUnsignedInt(ibv_port_attr.sm_sl(a)), Byte.toUnsignedInt(ibv_port_attr.subnet_timeout(a)),
            Byte.toUnsignedInt(ibv_port_attr.init_type_reply(a)), Byte.toUnsignedInt(ibv_port_attr.active_width(a)),
            Byte.toUnsignedInt(ibv_port_attr.active_speed(a)), Byte.toUnsignedInt(ibv_port_attr.phys_state(a)),
            LinkLayer.of(ibv_port_attr.link_layer(a)), Byte.toUnsignedInt(ibv_port_attr.flags(a)),
            Short.toUnsignedInt(ibv_port_attr.port_cap_flags2(a)));
    }

    /** {@code struct ibv_gid_entry}. */
    static GidEntry gid(final MemorySegment entry) {
        return new GidEntry(ibv_gid_entry.port_num(entry), ibv_gid_entry.gid_index(entry),
            Gid.of(ibv_gid_entry.gid(entry).toArray(JAVA_BYTE)), GidType.of(ibv_gid_entry.gid_type(entry)),
            ibv_gid_entry.ndev_ifindex(entry));
    }
}
