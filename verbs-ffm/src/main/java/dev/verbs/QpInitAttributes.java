package dev.verbs;

/**
 * What a queue pair was made of, as the device says now. C: {@code struct ibv_qp_init_attr}.
 *
 * @param type         transport service [qp_type]
 * @param sendCq       where completions of its send queue arrive [send_cq]
 * @param receiveCq    where completions of its receive queue arrive [recv_cq]
 * @param srq          where its receives come from, null for a receive queue of its own [srq]
 * @param capabilities how much its queues hold [cap]
 * @param signalAll    whether every send request produces a completion [sq_sig_all]
 */
public record QpInitAttributes(QpType type, CompletionQueue sendCq, CompletionQueue receiveCq, SharedReceiveQueue srq,
    QpCapabilities capabilities, boolean signalAll) {

    /**
     * The attributes that a configuration gives. No C counterpart.
     *
     * @param config the configuration
     * @return the attributes
     */
    public static QpInitAttributes of(final QueuePairConfig config) {
        return new QpInitAttributes(config.type(), config.sendCq(), config.receiveCq(), config.srq(),
            QpCapabilities.of(config), config.signalAll());
    }
}
