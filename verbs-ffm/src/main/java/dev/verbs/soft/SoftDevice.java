package dev.verbs.soft;

import dev.verbs.Context;
import dev.verbs.Device;
import dev.verbs.DeviceAttributes;
import dev.verbs.Errno;
import dev.verbs.Guarantees;
import dev.verbs.NodeType;
import dev.verbs.PortAttributes;
import dev.verbs.TransportType;
import dev.verbs.VerbsException;

/** The one device of a host, like a real one as its profile says. */
final class SoftDevice implements Device {
    static final String NAME = "soft0";
    static final int PORTS = 1;
    /** Announcements come from the threads that complete: there is nothing to choose. */
    static final int COMPLETION_VECTORS = 1;
    static final int PKEY = 0xFFFF;

    private final SoftHost host;
    private final SoftProfile profile;
    private final DeviceAttributes attributes;
    private final PortAttributes port;

    SoftDevice(final SoftHost host, final SoftProfile profile) {
        this.host = host;
        this.profile = profile;
        this.attributes = profile.device(SoftLimits.GUID + host.number() - 1);
        this.port = profile.port();
    }

    SoftProfile profile() {
        return profile;
    }

    DeviceAttributes attributes() {
        return attributes;
    }

    PortAttributes port() {
        return port;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public long guid() {
        return attributes.nodeGuid();
    }

    @Override
    public NodeType nodeType() {
        return profile.behaviour().iwarp() ? NodeType.RNIC : NodeType.CA;
    }

    @Override
    public Guarantees guarantees() {
        return profile.guarantees();
    }

    @Override
    public TransportType transport() {
        return profile.behaviour().iwarp() ? TransportType.IWARP : TransportType.IB;
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
