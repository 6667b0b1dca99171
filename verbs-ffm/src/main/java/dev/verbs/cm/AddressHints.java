package dev.verbs.cm;

import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.util.Objects;

/**
 * What is wanted of an address. C: {@code struct rdma_addrinfo}, the hints of {@code rdma_getaddrinfo}.
 *
 * @param portSpace   service [ai_port_space]
 * @param passive     whether to listen there ({@code RAI_PASSIVE}) [ai_flags]
 * @param numericHost whether the node is a literal, so that no name service is asked ({@code RAI_NUMERICHOST}) [ai_flags]
 * @param noRoute     whether to leave out the path, where the library could find one ahead ({@code RAI_NOROUTE}) [ai_flags]
 * @param family      IPv4 or IPv6 only ({@code RAI_FAMILY}); null for any [ai_family]
 * @param source      local address to connect from, null for any [ai_src_addr]
 */
public record AddressHints(PortSpace portSpace, boolean passive, boolean numericHost, boolean noRoute, ProtocolFamily family,
    InetSocketAddress source) {
    /** To connect reliably, to any address. No C counterpart. */
    public static final AddressHints CONNECT = new AddressHints(PortSpace.TCP, false, false, false, null, null);

    /** To listen for reliable connections. C: {@code RAI_PASSIVE}. */
    public static final AddressHints LISTEN = new AddressHints(PortSpace.TCP, true, false, false, null, null);

    /** Checks space and family. */
    public AddressHints {
        Objects.requireNonNull(portSpace, "portSpace");
        if (family != null && family != StandardProtocolFamily.INET && family != StandardProtocolFamily.INET6) {
            throw new IllegalArgumentException("family " + family + " is neither INET nor INET6");
        }
    }

    /**
     * The same for another service. C: {@code rdma_addrinfo.ai_port_space}.
     *
     * @param space the service
     * @return the changed copy
     */
    public AddressHints with(final PortSpace space) {
        return new AddressHints(space, passive, numericHost, noRoute, family, source);
    }

    /**
     * The same for literals only. C: {@code RAI_NUMERICHOST}.
     *
     * @return the changed copy
     */
    public AddressHints numeric() {
        return new AddressHints(portSpace, passive, true, noRoute, family, source);
    }

    /**
     * The same for one family. C: {@code RAI_FAMILY}, {@code rdma_addrinfo.ai_family}.
     *
     * @param only IPv4 or IPv6
     * @return the changed copy
     */
    public AddressHints with(final ProtocolFamily only) {
        return new AddressHints(portSpace, passive, numericHost, noRoute, only, source);
    }

    /**
     * The same from a local address. C: {@code rdma_addrinfo.ai_src_addr}.
     *
     * @param from the local address
     * @return the changed copy
     */
    public AddressHints from(final InetSocketAddress from) {
        return new AddressHints(portSpace, passive, numericHost, noRoute, family, from);
    }
}
