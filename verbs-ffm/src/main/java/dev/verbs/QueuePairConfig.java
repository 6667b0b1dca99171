package dev.verbs;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * What a queue pair is made of. C: {@code struct ibv_qp_init_attr}.
 *
 * @param type            transport service [qp_type]
 * @param sendCq          where completions of its send queue arrive [send_cq]
 * @param receiveCq       where completions of its receive queue arrive; may be the same [recv_cq]
 * @param maxSendWr       requests that its send queue holds, at least 1 [cap.max_send_wr]
 * @param maxReceiveWr    requests that its receive queue holds, 0 if it never receives [cap.max_recv_wr]
 * @param maxSendSge      scatter/gather entries of a send request [cap.max_send_sge]
 * @param maxReceiveSge   scatter/gather entries of a receive request, 0 if it draws from a shared queue [cap.max_recv_sge]
 * @param maxInlineData   bytes of an inline payload [cap.max_inline_data]
 * @param signalAll       every send request produces a completion, whatever its flags [sq_sig_all]
 * @param srq             where its receives come from, null for a receive queue of its own; with one {@code maxReceiveWr} and
 *     {@code maxReceiveSge} count for nothing and read 0 [srq]
 * @param sendOps         what it can send as an {@link ExtendedQueuePair}, empty for a plain queue pair;
 *     C: {@code ibv_qp_init_attr_ex.send_ops_flags}
 */
public record QueuePairConfig(
    QpType type,
    CompletionQueue sendCq,
    CompletionQueue receiveCq,
    int maxSendWr,
    int maxReceiveWr,
    int maxSendSge,
    int maxReceiveSge,
    int maxInlineData,
    boolean signalAll,
    SharedReceiveQueue srq,
    Set<SendOperation> sendOps) {

    /** Checks the values that no device accepts. */
    public QueuePairConfig {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(sendCq, "sendCq");
        Objects.requireNonNull(receiveCq, "receiveCq");
        atLeast("maxSendWr", maxSendWr, 1);
        atLeast("maxReceiveWr", maxReceiveWr, 0);
        atLeast("maxSendSge", maxSendSge, 1);
        atLeast("maxReceiveSge", maxReceiveSge, 0);
        atLeast("maxInlineData", maxInlineData, 0);
        if (srq != null) {
            maxReceiveWr = 0;
            maxReceiveSge = 0;
        }
        sendOps = sendOps.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(sendOps));
    }

    /**
     * A plain queue pair. C: {@code struct ibv_qp_init_attr}.
     *
     * @param type          transport service
     * @param sendCq        where completions of its send queue arrive
     * @param receiveCq     where completions of its receive queue arrive; may be the same
     * @param maxSendWr     requests that its send queue holds, at least 1
     * @param maxReceiveWr  requests that its receive queue holds, 0 if it never receives
     * @param maxSendSge    scatter/gather entries of a send request
     * @param maxReceiveSge scatter/gather entries of a receive request
     * @param maxInlineData bytes of an inline payload
     * @param signalAll     every send request produces a completion, whatever its flags
     * @param srq           where its receives come from, null for a receive queue of its own
     */
    public QueuePairConfig(final QpType type, final CompletionQueue sendCq, final CompletionQueue receiveCq, final int maxSendWr,
        final int maxReceiveWr, final int maxSendSge, final int maxReceiveSge, final int maxInlineData, final boolean signalAll,
        final SharedReceiveQueue srq) {
        this(type, sendCq, receiveCq, maxSendWr, maxReceiveWr, maxSendSge, maxReceiveSge, maxInlineData, signalAll, srq, Set.of());
    }

    /**
     * A queue pair with a receive queue of its own. C: {@code struct ibv_qp_init_attr}.
     *
     * @param type          transport service
     * @param sendCq        where completions of its send queue arrive
     * @param receiveCq     where completions of its receive queue arrive; may be the same
     * @param maxSendWr     requests that its send queue holds, at least 1
     * @param maxReceiveWr  requests that its receive queue holds, 0 if it never receives
     * @param maxSendSge    scatter/gather entries of a send request
     * @param maxReceiveSge scatter/gather entries of a receive request
     * @param maxInlineData bytes of an inline payload
     * @param signalAll     every send request produces a completion, whatever its flags
     */
    public QueuePairConfig(final QpType type, final CompletionQueue sendCq, final CompletionQueue receiveCq, final int maxSendWr,
        final int maxReceiveWr, final int maxSendSge, final int maxReceiveSge, final int maxInlineData, final boolean signalAll) {
        this(type, sendCq, receiveCq, maxSendWr, maxReceiveWr, maxSendSge, maxReceiveSge, maxInlineData, signalAll, null, Set.of());
    }

    /**
     * A reliable connection with one queue for all completions, one entry per request and no inline data. C: {@code IBV_QPT_RC}.
     *
     * @param cq           where all completions arrive
     * @param maxSendWr    requests that its send queue holds
     * @param maxReceiveWr requests that its receive queue holds
     * @return the configuration
     */
    public static QueuePairConfig rc(final CompletionQueue cq, final int maxSendWr, final int maxReceiveWr) {
        return new QueuePairConfig(QpType.RC, cq, cq, maxSendWr, maxReceiveWr, 1, 1, 0, false);
    }

    /**
     * The same with other completion queues. C: {@code ibv_qp_init_attr.send_cq}, {@code ibv_qp_init_attr.recv_cq}.
     *
     * @param send    where completions of the send queue arrive
     * @param receive where completions of the receive queue arrive
     * @return the changed copy
     */
    public QueuePairConfig withCqs(final CompletionQueue send, final CompletionQueue receive) {
        return new QueuePairConfig(type, send, receive, maxSendWr, maxReceiveWr, maxSendSge, maxReceiveSge, maxInlineData,
            signalAll, srq, sendOps);
    }

    /**
     * The same with other numbers of scatter/gather entries. C: {@code ibv_qp_cap.max_send_sge}, {@code ibv_qp_cap.max_recv_sge}.
     *
     * @param send    entries of a send request
     * @param receive entries of a receive request
     * @return the changed copy
     */
    public QueuePairConfig withSge(final int send, final int receive) {
        return new QueuePairConfig(type, sendCq, receiveCq, maxSendWr, maxReceiveWr, send, receive, maxInlineData, signalAll,
            srq, sendOps);
    }

    /**
     * The same with another inline limit. C: {@code ibv_qp_cap.max_inline_data}.
     *
     * @param bytes bytes of an inline payload
     * @return the changed copy
     */
    public QueuePairConfig withInline(final int bytes) {
        return new QueuePairConfig(type, sendCq, receiveCq, maxSendWr, maxReceiveWr, maxSendSge, maxReceiveSge, bytes,
            signalAll, srq, sendOps);
    }

    /**
     * The same with every send request signalled, or not. C: {@code ibv_qp_init_attr.sq_sig_all}.
     *
     * @param all whether every send request produces a completion
     * @return the changed copy
     */
    public QueuePairConfig withSignalAll(final boolean all) {
        return new QueuePairConfig(type, sendCq, receiveCq, maxSendWr, maxReceiveWr, maxSendSge, maxReceiveSge,
            maxInlineData, all, srq, sendOps);
    }

    /**
     * The same with receives from a shared queue. C: {@code ibv_qp_init_attr.srq}.
     *
     * @param shared the queue, of the same domain; null for a receive queue of its own
     * @return the changed copy
     */
    public QueuePairConfig withSrq(final SharedReceiveQueue shared) {
        return new QueuePairConfig(type, sendCq, receiveCq, maxSendWr, maxReceiveWr, maxSendSge, maxReceiveSge,
            maxInlineData, signalAll, shared, sendOps);
    }

    /**
     * The same as an {@link ExtendedQueuePair}. C: {@code ibv_qp_init_attr_ex.send_ops_flags}.
     *
     * @param operations what it shall be able to send; empty for a plain queue pair
     * @return the changed copy
     */
    public QueuePairConfig withSendOps(final Set<SendOperation> operations) {
        return new QueuePairConfig(type, sendCq, receiveCq, maxSendWr, maxReceiveWr, maxSendSge, maxReceiveSge, maxInlineData,
            signalAll, srq, operations);
    }

    private static void atLeast(final String name, final int value, final int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " " + value + " is less than " + least);
        }
    }
}
