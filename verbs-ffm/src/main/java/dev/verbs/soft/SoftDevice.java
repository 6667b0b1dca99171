package dev.verbs.soft;

import dev.verbs.AtomicCapability;
import dev.verbs.Context;
import dev.verbs.Device;
import dev.verbs.DeviceAttributes;
import dev.verbs.DeviceFlags;
import dev.verbs.Errno;
import dev.verbs.Guarantees;
import dev.verbs.LinkLayer;
import dev.verbs.Mtu;
import dev.verbs.NodeType;
import dev.verbs.PortAttributes;
import dev.verbs.PortFlags;
import dev.verbs.PortState;
import dev.verbs.TransportType;
import dev.verbs.VerbsException;

/** The one device of a fabric, with the limits of rdma_rxe where they make sense in a JVM. */
final class SoftDevice implements Device {
    static final String NAME = "soft0";
    static final int PORTS = 1;
    static final int GID_TABLE = 16;
    static final int PKEYS = 1;
    static final int MAX_QP = 1 << 20;
    static final int MAX_QP_WR = 1 << 14;
    static final int MAX_SGE = 32;
    static final int MAX_SRQ_WR = 1 << 14;
    static final int MAX_INLINE = 512;
    static final int MAX_CQE = (1 << 15) - 1;
    /** Announcements come from the threads that complete: there is nothing to choose. */
    static final int COMPLETION_VECTORS = 1;
    static final int MAX_READ_ATOMIC = 128;
    static final long MAX_MESSAGE = 1L << 30;
    static final Mtu MAX_MTU = Mtu.MTU_4096;

    /** Of the first host of a fabric. */
    static final long GUID = 0x0002_C9FF_FE00_0001L;
    static final int PKEY = 0xFFFF;
    static final int MAX_PD = 1 << 20;
    static final int MAX_CQ = 1 << 20;
    static final int MAX_SRQ = 1 << 20;

    private static final int FLAGS = (int)(DeviceFlags.SYS_IMAGE_GUID | DeviceFlags.RC_RNR_NAK_GEN | DeviceFlags.MEM_WINDOW
        | DeviceFlags.MEM_WINDOW_TYPE_2B);
    static final DeviceAttributes ATTRIBUTES = new DeviceAttributes("1.0", GUID, GUID, Long.MAX_VALUE, ~0xFFFL, // sizes of pages
        0xFF_FFFF, 0, 0, MAX_QP, MAX_QP_WR, FLAGS,
        MAX_SGE, MAX_SGE, MAX_CQ, MAX_CQE, KeyTable.MAX_REGIONS, MAX_PD,
        MAX_READ_ATOMIC, 0, MAX_READ_ATOMIC * MAX_QP, MAX_READ_ATOMIC, 0, // reads and atomics
        AtomicCapability.GLOB, // done by the CPU
        0, 0, // end-to-end contexts, reliable datagram domains
        WindowTable.MAX_WINDOWS,
        0, 0, // raw queue pairs
        0, 0, 0, // multicast: groups, queue pairs of a group, attachments
        0, // address handles
        0, 0, // fast memory regions
        MAX_SRQ, MAX_SRQ_WR, MAX_SGE, // shared receive queues, their receives, entries of a receive
        PKEYS, 0, PORTS);
    static final PortAttributes PORT = new PortAttributes(PortState.ACTIVE, MAX_MTU, Mtu.MTU_1024, GID_TABLE,
        PortFlags.CM | PortFlags.IP_BASED_GIDS, MAX_MESSAGE, 0, 0, PKEYS, 0, 0, 0, 1, 0, 0, 0, 1, 1, 5, LinkLayer.ETHERNET, 0, 0);
    private static final Guarantees GUARANTEES = new Guarantees(true, true, true,
        ATTRIBUTES.atomicCapability() != AtomicCapability.NONE, true, true, true, true, true);

    private final SoftHost host;

    SoftDevice(final SoftHost host) {
        this.host = host;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public long guid() {
        return GUID + host.number() - 1;
    }

    @Override
    public NodeType nodeType() {
        return NodeType.CA;
    }

    @Override
    public Guarantees guarantees() {
        return GUARANTEES;
    }

    @Override
    public TransportType transport() {
        return TransportType.IB;
    }

    @Override
    public int index() {
        return 0;
    }

    @Override
    public Context open() {
        if (host.isDead()) {
            throw new VerbsException("ibv_open_device", Errno.EIO, "host " + host + " is dead: a fault plan or the program killed it");
        }
        return new SoftContext(this, host);
    }

    @Override
    public String toString() {
        return NAME;
    }
}
