package dev.verbs.cm;

import dev.verbs.QpType;
import java.net.InetSocketAddress;

/**
 * What an address means to the connection manager: where to bind or whom to ask, and for which service. C:
 * {@code struct rdma_addrinfo}.
 *
 * @param portSpace       service [ai_port_space]
 * @param queuePairType   transport of its queue pairs [ai_qp_type]
 * @param passive         whether it is an address to listen on ({@code RAI_PASSIVE}) [ai_flags]
 * @param source          local address, null for any [ai_src_addr]
 * @param destination     the peer, null if passive [ai_dst_addr]
 * @param sourceName      canonical name of the local address, null if unknown [ai_src_canonname]
 * @param destinationName canonical name of the peer, null if unknown [ai_dst_canonname]
 */
public record AddressInfo(PortSpace portSpace, QpType queuePairType, boolean passive, InetSocketAddress source,
    InetSocketAddress destination, String sourceName, String destinationName) {
}
