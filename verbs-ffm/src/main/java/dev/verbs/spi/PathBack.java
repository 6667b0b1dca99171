package dev.verbs.spi;

import dev.verbs.AddressVector;
import dev.verbs.DeviceAttributes;
import dev.verbs.Errno;
import dev.verbs.Gid;
import dev.verbs.GidEntry;
import dev.verbs.GidType;
import dev.verbs.GrhDescriptor;
import dev.verbs.VerbsException;
import dev.verbs.WorkCompletions;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** The path back to the sender of a datagram: what {@code ibv_init_ah_from_wc} does, and its refusals in words. Stateless. */
public final class PathBack {
    /** Protocol number of UDP, which carries RoCE v2. */
    private static final int UDP = 17;

    private PathBack() {
    }

    /**
     * Refuses arguments that the C verb would follow blindly.
     *
     * @param verb        the C verb
     * @param completions what was polled
     * @param index       which completion
     * @param grh         the header
     * @param port        the port
     * @param device      limits of the device
     * @throws VerbsException (EINVAL) naming the argument
     */
    public static void check(final String verb, final WorkCompletions completions, final int index, final MemorySegment grh,
        final int port, final DeviceAttributes device) {
        if (index < 0 || index >= completions.size()) {
            throw new VerbsException(verb, Errno.EINVAL, "completion " + index + " of " + completions.size());
        }
        if (!completions.isSuccess(index)) {
            throw new VerbsException(verb, Errno.EINVAL, "it did not succeed: " + completions.describe(index));
        }
        if (port < 1 || port > device.ports()) {
            throw new VerbsException(verb, Errno.EINVAL, "port " + port + " is not in 1 .. " + device.ports());
        }
        if (completions.hasGrh(index) && (!grh.isNative() || grh.byteSize() < GrhDescriptor.SIZE)) {
            throw new VerbsException(verb, Errno.EINVAL, "the header must be " + GrhDescriptor.SIZE + " bytes of native memory, not "
                + grh.byteSize() + (grh.isNative() ? "" : " on the heap"));
        }
    }

    /**
     * Why there is no way back.
     *
     * @param grh  the header
     * @param gids GIDs of the port
     * @return the reason
     */
    public static String explain(final MemorySegment grh, final List<GidEntry> gids) {
        if (GrhDescriptor.version(grh, 0) == 0) {
            return "the " + GrhDescriptor.SIZE + " bytes hold neither a global route header nor an IPv4 header";
        }
        final Gid target = GrhDescriptor.target(grh, 0);
        return "the datagram was sent to " + target + (target.isMulticast() ? ", a multicast group: answer along a path to its "
            + "source " + GrhDescriptor.source(grh, 0) : "") + ", which is not a GID of the port: " + gids;
    }

    /**
     * The path back, computed as the C library does it.
     *
     * @param completions what was polled
     * @param index       which completion
     * @param grh         the header
     * @param port        the port
     * @param gids        GIDs of the port
     * @return the path, null if there is none
     */
    public static AddressVector of(final WorkCompletions completions, final int index, final MemorySegment grh, final int port,
        final List<GidEntry> gids) {
        if (!completions.hasGrh(index)) {
            return new AddressVector(port, Gid.of(new byte[Gid.LENGTH]), 0, completions.sourceLid(index), false, 0,
                completions.serviceLevel(index), 0, 0, completions.pathBits(index), 0);
        }
        final int version = GrhDescriptor.version(grh, 0);
        if (version == 0) {
            return null;
        }
        final Gid own = GrhDescriptor.target(grh, 0);
        final boolean udp = version == 4 || GrhDescriptor.nextHeader(grh, 0) == UDP;
        final GidEntry entry = gids.stream()
            .filter(gid -> gid.gid().equals(own) && udp == (gid.type() == GidType.ROCE_V2)).findFirst().orElse(null);
        return entry == null ? null : new AddressVector(port, GrhDescriptor.source(grh, 0), entry.index(),
            completions.sourceLid(index), true, GrhDescriptor.hopLimit(grh, 0), completions.serviceLevel(index),
            GrhDescriptor.trafficClass(grh, 0), 0, completions.pathBits(index), 0);
    }
}
