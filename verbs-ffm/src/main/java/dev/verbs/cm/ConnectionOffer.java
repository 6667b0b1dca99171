package dev.verbs.cm;

/**
 * What the peer said about its end of a reliable connection. C: {@code struct rdma_conn_param} of an event.
 *
 * <p>In a request, the peer's initiator depth stands in {@code responderResources}, and the other way round: the values are
 * those that this side may use itself.
 *
 * @param responderResources reads and atomics that this side must be ready to answer [responder_resources]
 * @param initiatorDepth     reads and atomics that this side may have outstanding [initiator_depth]
 * @param flowControl        whether the peer does end-to-end flow control [flow_control]
 * @param retryCount         transport retries that the peer asks for, 0 to 7; requests only [retry_count]
 * @param rnrRetryCount      receiver-not-ready retries that the peer asks for, 0 to 7 [rnr_retry_count]
 * @param srq                whether the peer receives through a shared receive queue [srq]
 * @param qpNumber           the peer's queue pair, 24 bits; 0 on iWARP [qp_num]
 */
public record ConnectionOffer(int responderResources, int initiatorDepth, boolean flowControl, int retryCount,
    int rnrRetryCount, boolean srq, int qpNumber) {
}
