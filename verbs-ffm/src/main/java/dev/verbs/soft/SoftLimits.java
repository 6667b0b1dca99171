package dev.verbs.soft;

import dev.verbs.AtomicCapability;
import dev.verbs.DeviceAttributes;
import dev.verbs.DeviceFlags;
import dev.verbs.LinkLayer;
import dev.verbs.Mtu;
import dev.verbs.PortAttributes;
import dev.verbs.PortFlags;
import dev.verbs.PortState;
import java.util.stream.IntStream;

/**
 * The limits of a device that matter to programs, as the real one tells them; the rest of its attributes is the same for all.
 * Where the software device itself holds less (regions, windows), it says less.
 *
 * @param firmware    version as {@code ibv_devinfo} shows it
 * @param vendor      vendor id
 * @param part        vendor's part
 * @param flags       those of {@link DeviceFlags} that the software device does
 * @param maxQp       queue pairs
 * @param maxQpWr     requests of a queue
 * @param maxSge      entries of a request
 * @param maxSgeRead  entries of a READ
 * @param maxCq       completion queues
 * @param maxCqe      completions of a queue
 * @param maxMr       regions
 * @param maxPd       protection domains
 * @param maxReads    reads and atomics under way of a queue pair, on either side
 * @param maxAllReads reads and atomics of the device as responder
 * @param maxMw       windows
 * @param groups      multicast groups
 * @param members     queue pairs of a group
 * @param maxAh       address handles
 * @param maxSrq      shared receive queues
 * @param maxSrqWr    receives of one
 * @param maxSrqSge   entries of such a receive
 * @param maxPkeys    partition keys
 * @param ackDelay    code of the longest delay of an acknowledgement
 * @param maxInline   bytes of an inline payload
 * @param maxMtu      MTU
 * @param maxMessage  bytes of a message
 * @param gidTable    entries of the GID table
 */
record SoftLimits(String firmware, int vendor, int part, long flags, int maxQp, int maxQpWr, int maxSge, int maxSgeRead, int maxCq,
    int maxCqe, int maxMr, int maxPd, int maxReads, int maxAllReads, int maxMw, int groups, int members, int maxAh, int maxSrq,
    int maxSrqWr, int maxSrqSge, int maxPkeys, int ackDelay, int maxInline, Mtu maxMtu, long maxMessage, int gidTable) {
    /** Of the first host of a network. */
    static final long GUID = 0x0002_C9FF_FE00_0001L;
    /** Entries that the most generous device takes. */
    static final int MOST_SGE = 32;
    /** The MTU in use on an Ethernet of frames of 1500 bytes, whatever the device. */
    static final Mtu ACTIVE_MTU = Mtu.MTU_1024;

    private static final int PORTS = 1;
    private static final int PKEYS = 1;
    private static final long PAGES = ~0xFFFL;
    private static final int SPEED_10_GBIT = 8;
    private static final int LINK_UP = 5;
    private static final long COMMON = DeviceFlags.SYS_IMAGE_GUID | DeviceFlags.RC_RNR_NAK_GEN | DeviceFlags.MEM_WINDOW
        | DeviceFlags.MEM_MGT_EXTENSIONS | DeviceFlags.MEM_WINDOW_TYPE_2B;

    /** {@code ibv_devinfo -v} of rdma_rxe, Linux 6.1; the inline bytes are RXE_MAX_INLINE_DATA. */
    static final SoftLimits RXE = new SoftLimits("0.0.0", 0xFF_FFFF, 0, COMMON | DeviceFlags.SRQ_RESIZE | DeviceFlags.UD_AV_PORT_ENFORCE,
        1_048_560, 1 << 20, 32, 32, 1 << 20, 32_767, 524_287, 1 << 20, 128, 258_048, 524_287, 8_192, 56, 32_767, 917_503, 1 << 20, 27,
        64, 15, 512, Mtu.MTU_4096, 1L << 23, 1_024);

    /** {@code ibv_devinfo -v} of siw, Linux 6.1; what it lacks is 0. The inline bytes are SIW_MAX_INLINE. */
    static final SoftLimits SIW = new SoftLimits("0.0.0", 0x62_6D74, 1, DeviceFlags.MEM_MGT_EXTENSIONS, 102_400, 1 << 15, 6, 1, 102_400,
        3_276_800, 1_024_000, 102_400, 128, 13_107_200, 0, 0, 0, 0, 102_400, 327_680, 6, 0, 0, 80, Mtu.MTU_1024, 0xFFFF_FFFFL, 1);

    /** See {@link SoftProfile#MLX5}. */
    static final SoftLimits MLX5 = new SoftLimits("16.23.1020", 0x02C9, 4_119, COMMON, 1 << 17, 1 << 15, 30, 30, 1 << 24, 4_194_303,
        1 << 24, 1 << 23, 16, 1 << 21, 1 << 24, 1 << 21, 240, Integer.MAX_VALUE, 1 << 23, 32_767, 31, 128, 16, 828, Mtu.MTU_4096, 1L << 30,
        256);

    static final SoftLimits STRICT = smallest(RXE, SIW, MLX5);

    private static SoftLimits smallest(final SoftLimits a, final SoftLimits b, final SoftLimits c) {
        return new SoftLimits("1.0", 0xFF_FFFF, 0, COMMON, least(a.maxQp, b.maxQp, c.maxQp), least(a.maxQpWr, b.maxQpWr, c.maxQpWr),
            least(a.maxSge, b.maxSge, c.maxSge), least(a.maxSgeRead, b.maxSgeRead, c.maxSgeRead), least(a.maxCq, b.maxCq, c.maxCq),
            least(a.maxCqe, b.maxCqe, c.maxCqe), least(a.maxMr, b.maxMr, c.maxMr), least(a.maxPd, b.maxPd, c.maxPd),
            least(a.maxReads, b.maxReads, c.maxReads), least(a.maxAllReads, b.maxAllReads, c.maxAllReads),
            least(a.maxMw, b.maxMw, c.maxMw), least(a.groups, b.groups, c.groups), least(a.members, b.members, c.members),
            least(a.maxAh, b.maxAh, c.maxAh), least(a.maxSrq, b.maxSrq, c.maxSrq), least(a.maxSrqWr, b.maxSrqWr, c.maxSrqWr),
            least(a.maxSrqSge, b.maxSrqSge, c.maxSrqSge), PKEYS, Math.max(a.ackDelay, c.ackDelay),
            least(a.maxInline, b.maxInline, c.maxInline), a.maxMtu, Math.min(a.maxMessage, c.maxMessage),
            Math.min(a.gidTable, c.gidTable));
    }

    /** The smallest limit of the devices that have the thing at all. */
    private static int least(final int... limits) {
        return IntStream.of(limits).filter(each -> each > 0).min().orElse(0);
    }

    DeviceAttributes device(final long guid) {
        return new DeviceAttributes(firmware, guid, guid, Long.MAX_VALUE, PAGES, vendor, part, 0, maxQp, maxQpWr, (int)flags,
            maxSge, maxSgeRead, maxCq, maxCqe, Math.min(maxMr, KeyTable.MAX_REGIONS), maxPd,
            maxReads, 0, maxAllReads, maxReads, 0, // reads and atomics
            maxMw == 0 ? AtomicCapability.NONE : AtomicCapability.HCA, // who has no windows has no atomics either
            0, 0, // end-to-end contexts, reliable datagram domains
            Math.min(maxMw, WindowTable.MAX_WINDOWS),
            0, 0, // raw queue pairs
            groups, members, groups * members,
            maxAh, 0, 0, // fast memory regions
            maxSrq, maxSrqWr, maxSrqSge, maxPkeys, ackDelay, PORTS);
    }

    PortAttributes port() {
        return new PortAttributes(PortState.ACTIVE, maxMtu, ACTIVE_MTU, gidTable,
            maxPkeys == 0 ? PortFlags.CM : PortFlags.CM | PortFlags.IP_BASED_GIDS, maxMessage, 0, 0,
            maxPkeys == 0 ? 0 : PKEYS, 0, 0, 0, maxPkeys == 0 ? 0 : 1, 0, 0, 0, 1, SPEED_10_GBIT, LINK_UP, LinkLayer.ETHERNET, 0, 0);
    }
}
