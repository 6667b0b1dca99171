package dev.verbs.ibv;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.verbs.Errno;
import dev.verbs.QpType;
import dev.verbs.VerbsException;
import dev.verbs.cm.AddressHints;
import dev.verbs.cm.AddressInfo;
import dev.verbs.cm.PortSpace;
import dev.verbs.headers.ibv_context;
import dev.verbs.headers.rdma_addrinfo;
import dev.verbs.headers.sockaddr_in;
import dev.verbs.headers.sockaddr_in6;
import dev.verbs.headers.types_h;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;

/** {@code rdma_getaddrinfo} and {@code rdma_get_devices}: what the library hands out is copied and freed at once. */
final class IbvAddressInfo {
    private IbvAddressInfo() {
    }

    static List<AddressInfo> get(final String node, final String service, final AddressHints hints) {
        if (node == null && service == null && hints.source() == null) {
            throw new VerbsException("rdma_getaddrinfo", Errno.EINVAL, "give a node, a service or both");
        }
        try (Frame frame = new Frame()) {
            final MemorySegment result = frame.arena.allocate(types_h.C_POINTER);
            final int code = LibCmSetup.getaddrinfo(frame, text(frame.arena, node), text(frame.arena, service),
                write(frame.arena, hints), result);
            if (code != 0) {
                throw failed(node, service, hints, code, frame.errno());
            }
            final MemorySegment list = result.get(types_h.C_POINTER, 0);
            try {
                return read(list);
            } finally {
                LibCmSetup.freeaddrinfo(frame, list);
            }
        }
    }

    private static MemorySegment text(final Arena arena, final String text) {
        return text == null ? MemorySegment.NULL : arena.allocateFrom(text);
    }

    private static MemorySegment write(final Arena arena, final AddressHints from) {
        final MemorySegment to = rdma_addrinfo.allocate(arena);
        rdma_addrinfo.ai_flags(to, (from.passive() ? types_h.RAI_PASSIVE() : 0)
            | (from.numericHost() ? types_h.RAI_NUMERICHOST() : 0) | (from.noRoute() ? types_h.RAI_NOROUTE() : 0)
            | (from.family() != null ? types_h.RAI_FAMILY() : 0));
        if (from.family() != null) {
            rdma_addrinfo.ai_family(to, from.family() == StandardProtocolFamily.INET ? types_h.AF_INET() : types_h.AF_INET6());
        }
        rdma_addrinfo.ai_qp_type(to, from.portSpace().queuePairType().code());
        rdma_addrinfo.ai_port_space(to, from.portSpace().code());
        if (from.source() != null) {
            rdma_addrinfo.ai_src_addr(to, SocketAddresses.write(from.source(), arena));
            rdma_addrinfo.ai_src_len(to, (int)(from.source().getAddress().getAddress().length == Integer.BYTES
                ? sockaddr_in.sizeof() : sockaddr_in6.sizeof()));
        }
        return to;
    }

    /** The name service has codes of its own, negative ones; librdmacm itself returns -1 and sets errno. */
    private static VerbsException failed(final String node, final String service, final AddressHints hints, final int code,
        final int errno) {
        final String what = "node " + node + ", service " + service + ", " + hints;
        return code == -1 && errno != 0 ? new VerbsException("rdma_getaddrinfo", errno, what)
            : new VerbsException("rdma_getaddrinfo", Errno.ENOENT, what + ": the name service says " + code
            + (hints.numericHost() ? ": a literal address is wanted (10.0.0.1, fd00::1)"
            : ": is the node in DNS or /etc/hosts, the service a port number or in /etc/services, and is there an address of the "
            + "family?"));
    }

    /** Entries of other families (AF_IB) are left out: Java has no address for them. */
    private static List<AddressInfo> read(final MemorySegment list) {
        final List<AddressInfo> found = new ArrayList<>();
        for (MemorySegment at = list; !Frame.isNull(at); at = rdma_addrinfo.ai_next(at)) {
            final MemorySegment entry = at;
            final InetSocketAddress source = address(rdma_addrinfo.ai_src_addr(entry));
            final InetSocketAddress destination = address(rdma_addrinfo.ai_dst_addr(entry));
            if (source != null || destination != null) {
                found.add(new AddressInfo(PortSpace.of(rdma_addrinfo.ai_port_space(entry)),
                    QpType.of(rdma_addrinfo.ai_qp_type(entry)), (rdma_addrinfo.ai_flags(entry) & types_h.RAI_PASSIVE()) != 0,
                    source, destination, name(rdma_addrinfo.ai_src_canonname(entry)), name(rdma_addrinfo.ai_dst_canonname(entry))));
            }
        }
        return List.copyOf(found);
    }

    private static InetSocketAddress address(final MemorySegment address) {
        return Frame.isNull(address) ? null : SocketAddresses.read(address);
    }

    private static String name(final MemorySegment text) {
        return Frame.isNull(text) ? null : text.getString(0);
    }

    static List<String> managedDevices() {
        try (Frame frame = new Frame()) {
            final MemorySegment count = frame.arena.allocate(JAVA_INT);
            final MemorySegment list = LibCmSetup.getDevices(frame, count);
            if (Frame.isNull(list)) {
                if (frame.errno() == 0 || frame.errno() == Errno.ENODEV) {
                    return List.of();
                }
                throw frame.failed("rdma_get_devices", "is /dev/infiniband/rdma_cm there and writable? (modprobe rdma_ucm)");
            }
            try {
                final List<String> names = new ArrayList<>();
                for (int i = 0; i < count.get(JAVA_INT, 0); i++) {
                    names.add(LibDevices.getDeviceName(frame, ibv_context.device(list.getAtIndex(types_h.C_POINTER, i)))
                        .getString(0));
                }
                return names;
            } finally {
                LibCmSetup.freeDevices(frame, list);
            }
        }
    }
}
