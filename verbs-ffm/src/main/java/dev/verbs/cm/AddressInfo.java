package dev.verbs.cm;

import dev.verbs.QpType;
import java.net.InetSocketAddress;

/**
 * What an address means to the connection manager: where to bind or whom to ask, and for which service. C:
 * {@code struct rdma_addrinfo}.
 *
 * @param portSpace       service
 * @param queuePairType   transport of its queue pairs
 * @param passive         whether it is an address to listen on
 * @param source          local address, null for any
 * @param destination     the peer, null if passive
 * @param sourceName      canonical name of the local address, null if unknown
 * @param destinationName canonical name of the peer, null if unknown
 */
public record AddressInfo(PortSpace portSpace, QpType queuePairType, boolean passive, InetSocketAddress source,
    InetSocketAddress destination, String sourceName, String destinationName) {
}
