package dev.verbs.ibv;

import dev.verbs.headers.ibv_context;
import dev.verbs.headers.ibv_context_ops;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The verbs that verbs.h defines as {@code static inline} calls through {@code ibv_context.ops}. A context's pointers are
 * read once, when it is opened; the handles are static and take the pointer first, so that a call is one indirect jump.
 */
final class ContextOps {
    private static final MethodHandle POLL_CQ = Downcalls.throughPointer(ibv_context_ops.poll_cq.descriptor());
    private static final MethodHandle REQ_NOTIFY_CQ = Downcalls.throughPointer(ibv_context_ops.req_notify_cq.descriptor());
    private static final MethodHandle POST_SEND = Downcalls.throughPointer(ibv_context_ops.post_send.descriptor());
    private static final MethodHandle POST_RECV = Downcalls.throughPointer(ibv_context_ops.post_recv.descriptor());
    private static final MethodHandle POST_SRQ_RECV = Downcalls.throughPointer(ibv_context_ops.post_srq_recv.descriptor());

    private final MemorySegment pollCq;
    private final MemorySegment reqNotifyCq;
    private final MemorySegment postSend;
    private final MemorySegment postRecv;
    private final MemorySegment postSrqRecv;

    ContextOps(final MemorySegment context) {
        final MemorySegment ops = ibv_context.ops(context);
        this.pollCq = ibv_context_ops.poll_cq(ops);
        this.reqNotifyCq = ibv_context_ops.req_notify_cq(ops);
        this.postSend = ibv_context_ops.post_send(ops);
        this.postRecv = ibv_context_ops.post_recv(ops);
        this.postSrqRecv = ibv_context_ops.post_srq_recv(ops);
    }

    /**
     * {@snippet lang=c :
     * static inline int ibv_poll_cq(struct ibv_cq *cq, int num_entries, struct ibv_wc *wc)
     * {
     *     return cq->context->ops.poll_cq(cq, num_entries, wc);
     * }
     * }
     */
    int pollCq(final long cq, final int entries, final long wc) {
        try {
            return (int)POLL_CQ.invokeExact(pollCq, cq, entries, wc);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline int ibv_req_notify_cq(struct ibv_cq *cq, int solicited_only)
     * {
     *     return cq->context->ops.req_notify_cq(cq, solicited_only);
     * }
     * }
     */
    int reqNotifyCq(final long cq, final int solicitedOnly) {
        try {
            return (int)REQ_NOTIFY_CQ.invokeExact(reqNotifyCq, cq, solicitedOnly);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline int ibv_post_send(struct ibv_qp *qp, struct ibv_send_wr *wr, struct ibv_send_wr **bad_wr)
     * {
     *     return qp->context->ops.post_send(qp, wr, bad_wr);
     * }
     * }
     */
    int postSend(final long qp, final long wr, final long badWr) {
        try {
            return (int)POST_SEND.invokeExact(postSend, qp, wr, badWr);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline int ibv_post_recv(struct ibv_qp *qp, struct ibv_recv_wr *wr, struct ibv_recv_wr **bad_wr)
     * {
     *     return qp->context->ops.post_recv(qp, wr, bad_wr);
     * }
     * }
     */
    int postRecv(final long qp, final long wr, final long badWr) {
        try {
            return (int)POST_RECV.invokeExact(postRecv, qp, wr, badWr);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline int ibv_post_srq_recv(struct ibv_srq *srq, struct ibv_recv_wr *recv_wr, struct ibv_recv_wr **bad_recv_wr)
     * {
     *     return srq->context->ops.post_srq_recv(srq, recv_wr, bad_recv_wr);
     * }
     * }
     */
    int postSrqRecv(final long srq, final long wr, final long badWr) {
        try {
            return (int)POST_SRQ_RECV.invokeExact(postSrqRecv, srq, wr, badWr);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
