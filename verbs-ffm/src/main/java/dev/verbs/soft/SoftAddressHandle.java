package dev.verbs.soft;

import dev.verbs.AddressVector;
import dev.verbs.Gid;
import dev.verbs.GidEntry;
import dev.verbs.GidType;
import dev.verbs.GrhDescriptor;
import dev.verbs.spi.AbstractAddressHandle;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A path on the fabric: the header that its datagrams carry, and where they go. */
final class SoftAddressHandle extends AbstractAddressHandle {
    private static final int UDP = 17;
    private static final int INFINIBAND = 0x1B;
    private static final int UDP_BYTES = 8;
    /** Base and datagram headers, and the checksum: 12 + 8 + 4 bytes. */
    private static final int HEADER_BYTES = 24;

    private final MemorySegment header = Arena.ofAuto().allocate(GrhDescriptor.SIZE, Long.BYTES);
    private final Gid target;
    private final boolean multicast;
    private final SoftHost host;
    private final int overhead;

    SoftAddressHandle(final SoftProtectionDomain domain, final AddressVector path, final long word) {
        super(domain, path, word);
        final GidEntry source = domain.host().gids().get(path.gidIndex());
        final boolean routable = source.type() == GidType.ROCE_V2;
        this.target = path.gid();
        this.multicast = target.isMulticast();
        this.host = domain.fabric().hostOf(target, source.type());
        this.overhead = HEADER_BYTES + (routable ? UDP_BYTES : 0);
        GrhDescriptor.write(header, 0, source.gid(), path, routable ? UDP : INFINIBAND);
    }

    /** Puts the header of a datagram of so many bytes where the receiver will find it. */
    void copyHeader(final MemorySegment to, final long payload) {
        MemorySegment.copy(header, 0, to, 0, GrhDescriptor.SIZE);
        GrhDescriptor.payloadLength(to, 0, (int)payload + overhead);
    }

    Gid target() {
        return target;
    }

    boolean isMulticast() {
        return multicast;
    }

    /** The host that it leads to, null if there is none. */
    SoftHost host() {
        return host;
    }

    int serviceLevel() {
        return address().serviceLevel();
    }

    @Override
    protected void releaseDevice() {
        // the domain's table forgot it already
    }
}
