package dev.verbs.examples.tools;

import dev.verbs.AtomicCapability;
import dev.verbs.Context;
import dev.verbs.DeviceAttributes;
import dev.verbs.DeviceAttributesEx;
import dev.verbs.DeviceFlags;
import dev.verbs.OdpFlags;
import dev.verbs.OdpTransportFlags;
import dev.verbs.QpType;
import dev.verbs.RawPacketFlags;
import dev.verbs.TransportType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What {@code ibv_devinfo [-v]} of rdma-core 44 prints about a device, in its order and words. */
final class DeviceInfo {
    private static final long UPPER = 0xFFFF_FFFF_0000_0000L;

    private final DeviceAttributesEx all;
    private final DeviceAttributes basic;
    private final Context context;
    private final InfoPage page = new InfoPage();

    private DeviceInfo(final Context context) {
        this.context = context;
        this.all = context.queryDeviceEx();
        this.basic = all.basic();
    }

    static InfoPage of(final Context context, final boolean verbose) {
        final DeviceInfo info = new DeviceInfo(context);
        info.identity();
        if (verbose) {
            info.limits();
            info.odp();
            info.clocks();
            info.offloads();
            info.rest();
        }
        return info.page;
    }

    private void identity() {
        final TransportType transport = context.device().transport();
        page.lines().add("hca_id:\t" + context.device().name());
        page.tree().put("hca_id", context.device().name());
        final String name = switch (transport) {
            case IB -> "InfiniBand";
            case IWARP -> "iWARP";
            case USNIC -> "usNIC";
            case USNIC_UDP -> "usNIC UDP";
            case UNSPECIFIED -> "unspecified";
            case UNKNOWN -> "invalid transport";
        };
        page.add("transport", name + " (" + transport.code() + ")", name);
        if (!basic.firmwareVersion().isEmpty()) {
            page.add("fw_ver", basic.firmwareVersion());
        }
        page.add("node_guid", guid(basic.nodeGuid())).add("sys_image_guid", guid(basic.systemImageGuid()))
            .add("vendor_id", String.format("0x%04x", basic.vendorId()), basic.vendorId())
            .add("vendor_part_id", basic.vendorPartId())
            .add("hw_ver", String.format("0x%X", basic.hardwareVersion()), basic.hardwareVersion());
        final String board = boardId();
        if (!board.isEmpty()) {
            page.add("board_id", board);
        }
        page.add("phys_port_cnt", basic.ports());
    }

    /** A file of the driver's; few have it. */
    private String boardId() {
        final Path file = Path.of("/sys/class/infiniband", context.device().name(), "board_id");
        try {
            return Files.isReadable(file) ? Files.readString(file).strip() : "";
        } catch (final IOException e) {
            return "";
        }
    }

    private void limits() {
        final boolean unlimited = basic.maxMrSize() == Long.MAX_VALUE;
        page.add("max_mr_size", "0x" + Long.toHexString(unlimited ? -1 : basic.maxMrSize()), basic.maxMrSize())
            .add("page_size_cap", "0x" + Long.toHexString(basic.pageSizes()), basic.pageSizes())
            .add("max_qp", basic.maxQp()).add("max_qp_wr", basic.maxQpWr())
            .add("device_cap_flags", String.format("0x%08x", basic.flags()), Integer.toUnsignedLong(basic.flags()))
            .names("device_cap_flag_names", basic.flagNames())
            .add("max_sge", basic.maxSge()).add("max_sge_rd", basic.maxSgeRead()).add("max_cq", basic.maxCq())
            .add("max_cqe", basic.maxCqe()).add("max_mr", basic.maxMr()).add("max_pd", basic.maxPd())
            .add("max_qp_rd_atom", basic.maxQpReadAtomics()).add("max_ee_rd_atom", basic.maxEeReadAtomics())
            .add("max_res_rd_atom", basic.maxResponderReadAtomics()).add("max_qp_init_rd_atom", basic.maxQpInitReadAtomics())
            .add("max_ee_init_rd_atom", basic.maxEeInitReadAtomics());
        final AtomicCapability atomics = basic.atomicCapability();
        final String reach = atomics == AtomicCapability.UNKNOWN ? "invalid atomic capability" : "ATOMIC_" + atomics;
        page.add("atomic_cap", reach + " (" + atomics.code() + ")", reach)
            .add("max_ee", basic.maxEe()).add("max_rdd", basic.maxRdd()).add("max_mw", basic.maxMw())
            .add("max_raw_ipv6_qp", basic.maxRawIpv6Qp()).add("max_raw_ethy_qp", basic.maxRawEthernetQp())
            .add("max_mcast_grp", basic.maxMulticastGroups()).add("max_mcast_qp_attach", basic.maxMulticastQpAttach())
            .add("max_total_mcast_qp_attach", basic.maxTotalMulticastQpAttach())
            .add("max_ah", basic.maxAh()).add("max_fmr", basic.maxFmr());
        if (basic.maxFmr() != 0) {
            page.add("max_map_per_fmr", basic.maxMapPerFmr());
        }
        page.add("max_srq", basic.maxSrq());
        if (basic.maxSrq() != 0) {
            page.add("max_srq_wr", basic.maxSrqWr()).add("max_srq_sge", basic.maxSrqSge());
        }
        page.add("max_pkeys", basic.maxPkeys()).add("local_ca_ack_delay", basic.localCaAckDelay());
    }

    private void odp() {
        final DeviceAttributesEx.Odp odp = all.odp();
        page.list("general_odp_caps", OdpFlags.names(odp.general()).stream()
            .map(name -> name.startsWith("0x") ? name : "SUPPORT".equals(name) ? "ODP_SUPPORT" : "ODP_SUPPORT_" + name).toList());
        transport("rc_odp_caps", odp.rc());
        transport("uc_odp_caps", odp.uc());
        transport("ud_odp_caps", odp.ud());
        transport("xrc_odp_caps", odp.xrc());
    }

    private void transport(final String label, final int flags) {
        page.list(label, flags == 0 ? List.of("NO SUPPORT") : OdpTransportFlags.names(flags).stream()
            .map(name -> name.startsWith("0x") ? name : "SRQ_RECV".equals(name) ? "SUPPORT_SRQ" : "SUPPORT_" + name).toList());
    }

    private void clocks() {
        if (all.completionTimestampMask() != 0) {
            page.add("completion timestamp_mask", String.format("0x%016x", all.completionTimestampMask()),
                all.completionTimestampMask());
        } else {
            page.say("completion_timestamp_mask not supported", "completion_timestamp_mask", 0);
        }
        if (all.coreClockKhz() != 0) {
            page.add("hca_core_clock", all.coreClockKhz() + "kHZ", all.coreClockKhz());
        } else {
            page.say("core clock not supported", "hca_core_clock", 0);
        }
    }

    private void offloads() {
        if (all.rawPacket() != 0) {
            page.list("raw packet caps", RawPacketFlags.names(all.rawPacket()).stream().map(name -> switch (name) {
                case "CVLAN_STRIPPING" -> "C-VLAN stripping offload";
                case "SCATTER_FCS" -> "Scatter FCS offload";
                case "IP_CSUM" -> "IP csum offload";
                case "DELAY_DROP" -> "Delay drop";
                default -> name;
            }).toList());
        }
        page.add("device_cap_flags_ex", "0x" + Long.toHexString(all.flags()).toUpperCase(Locale.ROOT), all.flags())
            .names("device_cap_flags_ex_names", DeviceFlags.names(all.flags() & UPPER));
        final DeviceAttributesEx.Tso tso = all.tso();
        page.begin("tso_caps").add("max_tso", tso.maxBytes());
        if (tso.maxBytes() != 0) {
            page.list("supported_qp", types(tso.qpTypes(), tso::supports));
        }
        final DeviceAttributesEx.Rss rss = all.rss();
        page.end().begin("rss_caps").add("max_rwq_indirection_tables", rss.maxTables())
            .add("max_rwq_indirection_table_size", rss.maxTableSize())
            .add("rx_hash_function", "0x" + Integer.toHexString(rss.hashFunctions()), rss.hashFunctions())
            .add("rx_hash_fields_mask", "0x" + Long.toHexString(rss.hashFields()).toUpperCase(Locale.ROOT), rss.hashFields());
        if (rss.qpTypes() != 0) {
            page.list("supported_qp", types(rss.qpTypes(), rss::supports));
        }
        page.end();
    }

    private static List<String> types(final int bits, final Predicate<QpType> supports) {
        final List<String> names = new ArrayList<>();
        int rest = bits;
        for (final QpType type : QpType.values()) {
            if (supports.test(type)) {
                names.add("SUPPORT_" + type);
                rest &= ~(1 << type.code());
            }
        }
        if (rest != 0) {
            names.add("0x" + Integer.toHexString(rest).toUpperCase(Locale.ROOT));
        }
        return names;
    }

    private void rest() {
        final DeviceAttributesEx.PacketPacing pacing = all.packetPacing();
        page.add("max_wq_type_rq", all.maxReceiveWorkQueues()).begin("packet_pacing_caps")
            .add("qp_rate_limit_min", pacing.minKbps() + "kbps", pacing.minKbps())
            .add("qp_rate_limit_max", pacing.maxKbps() + "kbps", pacing.maxKbps());
        if (pacing.maxKbps() != 0) {
            page.list("supported_qp", types(pacing.qpTypes(), pacing::supports));
        }
        page.end();
        final DeviceAttributesEx.TagMatching tm = all.tagMatching();
        if (tm.maxTags() != 0) {
            page.add("max_rndv_hdr_size", tm.maxRendezvousHeader()).add("max_num_tags", tm.maxTags()).add("max_ops", tm.maxOps());
            page.lines().add("\tmax_sge:\t\t\t" + tm.maxSge()); // the device has a max_sge of its own
            page.tree().put("max_sge_of_tagged_buffers", tm.maxSge());
            page.list("flags", (tm.flags() & 1) != 0 ? List.of("IBV_TM_CAP_RC") : List.of());
        } else {
            page.say("tag matching not supported", "max_num_tags", 0);
        }
        final DeviceAttributesEx.CqModeration moderation = all.cqModeration();
        if (moderation.maxCount() != 0 && moderation.maxPeriodUs() != 0) {
            page.begin("cq moderation caps").add("max_cq_count", moderation.maxCount())
                .add("max_cq_period", moderation.maxPeriodUs() + " us", moderation.maxPeriodUs()).end();
        }
        if (all.maxDeviceMemory() != 0) {
            page.add("maximum available device memory", all.maxDeviceMemory() + "Bytes", all.maxDeviceMemory());
        }
        page.add("num_comp_vectors", context.completionVectors());
    }

    private static String guid(final long guid) {
        return String.format("%04x:%04x:%04x:%04x", guid >>> 48, guid >>> 32 & 0xFFFF, guid >>> 16 & 0xFFFF, guid & 0xFFFF);
    }
}
