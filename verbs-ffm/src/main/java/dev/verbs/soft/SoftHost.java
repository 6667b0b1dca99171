package dev.verbs.soft;

import dev.verbs.Errno;
import dev.verbs.EventType;
import dev.verbs.Gid;
import dev.verbs.GidEntry;
import dev.verbs.GidType;
import dev.verbs.VerbsException;
import dev.verbs.spi.ResourceRoot;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** One end of a fabric: a name, a device with addresses of its own, and everything that was made on it. */
final class SoftHost {
    /** Most hosts of a fabric: the last two bytes of the IPv4 address tell them apart. */
    static final int MOST = 0xFFFE;

    /** The first 14 bytes of fe80::2:c9ff:fe00:0, and of fd00:10::0; the number of the host follows. */
    private static final byte[] LINK_LOCAL = {(byte)0xFE, (byte)0x80, 0, 0, 0, 0, 0, 0, 0, 2, (byte)0xC9, (byte)0xFF, (byte)0xFE, 0};
    private static final byte[] PRIVATE_6 = {(byte)0xFD, 0, 0, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    /** 10.0.0.0/16. */
    private static final byte[] PRIVATE = {10, 0};

    private final SoftFabric fabric;
    private final String name;
    private final int number;
    private final List<GidEntry> gids;
    /** What leads here, whatever the device shows. */
    private final List<GidEntry> paths;
    private final CmPorts ports;
    private final ResourceRoot root = new ResourceRoot("soft");
    private final SoftDevice device;
    private HostPort port = new HostPort(null);
    /** Beginnings and ends, in turn. */
    private long[] refusals = {};
    private volatile boolean linked = true;
    private volatile boolean dead;

    /** The number is from 1 to {@link #MOST}. */
    SoftHost(final SoftFabric fabric, final String name, final int number, final SoftProfile profile) {
        this.fabric = fabric;
        this.name = name;
        this.number = number;
        this.paths = List.of(
            new GidEntry(1, 0, Gid.of(address(LINK_LOCAL, number)), GidType.ROCE_V1),
            new GidEntry(1, 1, Gid.of(address(PRIVATE, number)), GidType.ROCE_V2),
            new GidEntry(1, 2, Gid.of(address(PRIVATE_6, number)), GidType.ROCE_V2));
        this.gids = profile.behaviour().iwarp() ? List.of(new GidEntry(1, 0, hardwareAddress(number), GidType.IB)) : paths;
        this.ports = new CmPorts(paths.stream().map(entry -> entry.gid().address()).toList());
        this.device = new SoftDevice(this, profile);
    }

    /** As siw shows it: an address of Ethernet, padded with zeros. */
    private static Gid hardwareAddress(final int number) {
        final byte[] raw = Arrays.copyOf(new byte[] {2, (byte)0xC9, (byte)0xFF, (byte)0xFE}, Gid.LENGTH);
        raw[4] = (byte)(number >> Byte.SIZE);
        raw[5] = (byte)number;
        return Gid.of(raw);
    }

    private static InetAddress address(final byte[] prefix, final int number) {
        final byte[] raw = new byte[prefix.length + Short.BYTES];
        System.arraycopy(prefix, 0, raw, 0, prefix.length);
        raw[prefix.length] = (byte)(number >> Byte.SIZE);
        raw[prefix.length + 1] = (byte)number;
        try {
            return InetAddress.getByAddress(raw);
        } catch (final UnknownHostException e) {
            throw new AssertionError("4 or 16 bytes are an address", e);
        }
    }

    SoftFabric fabric() {
        return fabric;
    }

    String name() {
        return name;
    }

    /** Counted from 1. */
    int number() {
        return number;
    }

    List<GidEntry> gids() {
        return gids;
    }

    /** The addresses as GIDs: the device's table, except on iWARP. */
    List<GidEntry> paths() {
        return paths;
    }

    /** Addresses and ports of the connection manager. */
    CmPorts ports() {
        return ports;
    }

    ResourceRoot root() {
        return root;
    }

    /** The way in and out that all links share. */
    HostPort port() {
        return port;
    }

    /** Before anything was sent. */
    void limit(final HostPort limited) {
        port = limited;
    }

    /** Has no receives for a while, whatever is posted; before anything was sent. */
    void refuseMessages(final long fromNs, final long length) {
        final int count = refusals.length;
        refusals = Arrays.copyOf(refusals, count + 2);
        refusals[count] = fromNs;
        refusals[count + 1] = fromNs + length;
    }

    /** Whether it has no receives now, whatever was posted. */
    boolean refusesMessages(final long now) {
        for (int i = 0; i < refusals.length; i += 2) {
            if (now >= refusals[i] && now < refusals[i + 1]) {
                return true;
            }
        }
        return false;
    }

    boolean hasLink() {
        return linked;
    }

    /** The port comes up or goes down: programs are told. */
    void link(final boolean up) {
        if (linked != up && !dead) {
            linked = up;
            root.open(SoftContext.class).forEach(context -> context.events().raise(up ? EventType.PORT_ACTIVE : EventType.PORT_ERR,
                SoftDevice.PORTS));
        }
    }

    boolean isDead() {
        return dead;
    }

    /** Nobody hears of it any more; its programs are told, and what they have under way is flushed. */
    void kill() {
        if (!dead) {
            dead = true;
            fabric.fail(this);
        }
    }

    SoftDevice device() {
        return device;
    }

    /** How its device differs from others beyond its limits. */
    SoftBehaviour behaviour() {
        return device.profile().behaviour();
    }

    /** Refuses what iWARP, or its driver, does not have. */
    void requireInfiniBand(final String verb, final String what) {
        if (behaviour().iwarp()) {
            throw new VerbsException(verb, Errno.EOPNOTSUPP, "the profile " + device.profile().label() + " has no " + what
                + ", like its driver");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
