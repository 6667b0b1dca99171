package dev.verbs;

/**
 * How much the queues of a queue pair hold. C: {@code struct ibv_qp_cap}.
 *
 * @param maxSendWr     requests that the send queue holds [max_send_wr]
 * @param maxReceiveWr  requests that the receive queue holds, 0 if it draws from a shared queue [max_recv_wr]
 * @param maxSendSge    scatter/gather entries of a send request [max_send_sge]
 * @param maxReceiveSge scatter/gather entries of a receive request, 0 if it draws from a shared queue [max_recv_sge]
 * @param maxInlineData bytes of an inline payload [max_inline_data]
 */
public record QpCapabilities(int maxSendWr, int maxReceiveWr, int maxSendSge, int maxReceiveSge, int maxInlineData) {
    /**
     * What a queue pair was made with. C: {@code ibv_qp_init_attr.cap}.
     *
     * @param config its configuration
     * @return the capabilities in it
     */
    public static QpCapabilities of(final QueuePairConfig config) {
        return new QpCapabilities(config.maxSendWr(), config.maxReceiveWr(), config.maxSendSge(), config.maxReceiveSge(),
            config.maxInlineData());
    }
}
