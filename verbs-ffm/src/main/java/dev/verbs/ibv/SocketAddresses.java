package dev.verbs.ibv;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.verbs.headers.in6_addr;
import dev.verbs.headers.in_addr;
import dev.verbs.headers.sockaddr;
import dev.verbs.headers.sockaddr_in;
import dev.verbs.headers.sockaddr_in6;
import dev.verbs.headers.types_h;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Between {@link InetSocketAddress} and {@code struct sockaddr_in}, {@code sockaddr_in6}; ports are in network order there. */
final class SocketAddresses {
    private SocketAddresses() {
    }

    static MemorySegment write(final InetSocketAddress from, final Arena arena) {
        final InetAddress address = from.getAddress();
        if (address == null) {
            throw new IllegalArgumentException("host name " + from.getHostString() + " was not resolved");
        }
        final byte[] bytes = address.getAddress();
        final short port = Short.reverseBytes((short)from.getPort());
        if (address instanceof Inet6Address six) {
            final MemorySegment to = sockaddr_in6.allocate(arena);
            sockaddr_in6.sin6_family(to, (short)types_h.AF_INET6());
            sockaddr_in6.sin6_port(to, port);
            sockaddr_in6.sin6_scope_id(to, six.getScopeId());
            MemorySegment.copy(bytes, 0, sockaddr_in6.sin6_addr(to), JAVA_BYTE, 0, bytes.length);
            return to;
        }
        final MemorySegment to = sockaddr_in.allocate(arena);
        sockaddr_in.sin_family(to, (short)types_h.AF_INET());
        sockaddr_in.sin_port(to, port);
        MemorySegment.copy(bytes, 0, sockaddr_in.sin_addr(to), JAVA_BYTE, 0, bytes.length);
        return to;
    }

    /**
     * The address, null if the structure holds none.
     *
     * @param from where it starts: a {@code struct sockaddr}, which is shorter than an IPv6 address, in memory that is long enough
     */
    @SuppressWarnings("restricted")
    static InetSocketAddress read(final MemorySegment from) {
        final int family = sockaddr.sa_family(from);
        try {
            if (family == types_h.AF_INET()) {
                final byte[] bytes = sockaddr_in.sin_addr(from).asSlice(0, in_addr.sizeof()).toArray(JAVA_BYTE);
                return new InetSocketAddress(InetAddress.getByAddress(bytes), port(sockaddr_in.sin_port(from)));
            }
            if (family == types_h.AF_INET6()) {
                final MemorySegment six = from.reinterpret(sockaddr_in6.sizeof());
                final byte[] bytes = sockaddr_in6.sin6_addr(six).asSlice(0, in6_addr.sizeof()).toArray(JAVA_BYTE);
                return new InetSocketAddress(InetAddress.getByAddress(bytes), port(sockaddr_in6.sin6_port(six)));
            }
            return null;
        } catch (final UnknownHostException e) {
            throw new AssertionError("4 or 16 bytes are an address", e);
        }
    }

    /** A port as the host writes it. */
    static int port(final short networkOrder) {
        return Short.toUnsignedInt(Short.reverseBytes(networkOrder));
    }
}
