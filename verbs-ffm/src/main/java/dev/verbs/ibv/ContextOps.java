package dev.verbs.ibv;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import dev.verbs.headers.ibv_context;
import dev.verbs.headers.ibv_context_ops;
import dev.verbs.headers.ibv_mr;
import dev.verbs.headers.ibv_mw;
import dev.verbs.headers.ibv_mw_bind;
import dev.verbs.headers.ibv_mw_bind_info;
import dev.verbs.headers.types_h;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The verbs that verbs.h defines as {@code static inline} calls through {@code ibv_context.ops}. A context's pointers are
 * read once, when it is opened; the handles are static and take the pointer first, so that a call is one jump: to a constant for the
 * {@link FirstDriver}'s data path, else through the pointer, in the default way.
 */
final class ContextOps {
    private static final FirstDriver FIRST = FirstDriver.FUNCTIONS;
    private static final MethodHandle POLL_CQ = Downcalls.throughPointer(ibv_context_ops.poll_cq.descriptor(), FIRST.pollCq,
        FIRST.receiving);
    private static final MethodHandle REQ_NOTIFY_CQ = Downcalls.throughPointer(ibv_context_ops.req_notify_cq.descriptor());
    private static final MethodHandle POST_SEND = Downcalls.throughPointer(ibv_context_ops.post_send.descriptor(), FIRST.postSend,
        FIRST.sending);
    private static final MethodHandle POST_RECV = Downcalls.throughPointer(ibv_context_ops.post_recv.descriptor(), FIRST.postRecv,
        FIRST.receiving);
    private static final MethodHandle POST_SRQ_RECV = Downcalls.throughPointer(ibv_context_ops.post_srq_recv.descriptor());
    private static final MethodHandle ALLOC_MW = Downcalls.throughPointerWithErrno(ibv_context_ops.alloc_mw.descriptor());
    private static final MethodHandle BIND_MW = Downcalls.throughPointer(ibv_context_ops.bind_mw.descriptor());
    private static final MethodHandle DEALLOC_MW = Downcalls.throughPointer(ibv_context_ops.dealloc_mw.descriptor());

    private final MemorySegment pollCq;
    private final MemorySegment reqNotifyCq;
    private final MemorySegment postSend;
    private final MemorySegment postRecv;
    private final MemorySegment postSrqRecv;
    private final MemorySegment allocMw;
    private final MemorySegment bindMw;
    private final MemorySegment deallocMw;

    /** Calls for queues whose locks are never held from one call to the next: not for extended ones. */
    ContextOps(final MemorySegment context) {
        this(context, true);
    }

    private ContextOps(final MemorySegment context, final boolean constant) {
        final MemorySegment ops = ibv_context.ops(context);
        this.pollCq = pointer(ibv_context_ops.poll_cq(ops), FIRST.pollCq, constant);
        this.reqNotifyCq = ibv_context_ops.req_notify_cq(ops);
        this.postSend = pointer(ibv_context_ops.post_send(ops), FIRST.postSend, constant);
        this.postRecv = pointer(ibv_context_ops.post_recv(ops), FIRST.postRecv, constant);
        this.postSrqRecv = ibv_context_ops.post_srq_recv(ops);
        this.allocMw = ibv_context_ops.alloc_mw(ops);
        this.bindMw = ibv_context_ops.bind_mw(ops);
        this.deallocMw = ibv_context_ops.dealloc_mw(ops);
    }

    /** The same in the default way, which may wait, on any driver. */
    static ContextOps waiting(final MemorySegment context) {
        return new ContextOps(context, false);
    }

    private static MemorySegment pointer(final MemorySegment function, final MemorySegment firsts, final boolean constant) {
        return constant ? FirstDriver.recognised(function, firsts) : function;
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

    /**
     * {@snippet lang=c :
     * static inline struct ibv_mw *ibv_alloc_mw(struct ibv_pd *pd, enum ibv_mw_type type)
     * {
     *     if (!pd->context->ops.alloc_mw) {
     *         errno = EOPNOTSUPP;
     *         return NULL;
     *     }
     *     return pd->context->ops.alloc_mw(pd, type);
     * }
     * }
     */
    MemorySegment allocMw(final Frame frame, final MemorySegment pd, final int type) {
        if (Frame.isNull(allocMw)) {
            throw new VerbsException("ibv_alloc_mw", Errno.EOPNOTSUPP, "the device's driver has no memory windows");
        }
        try {
            return MemorySegment.ofAddress((long)ALLOC_MW.invokeExact(allocMw, frame.capture, pd.address(), type));
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * A null region never comes here, though C has it for an unbind: rxe's provider reads its key in any case.
     *
     * {@snippet lang=c :
     * static inline int ibv_bind_mw(struct ibv_qp *qp, struct ibv_mw *mw, struct ibv_mw_bind *mw_bind)
     * {
     *     struct ibv_mw_bind_info *bind_info = &mw_bind->bind_info;
     *     if (mw->type != IBV_MW_TYPE_1)
     *         return EINVAL;
     *     if (!bind_info->mr && (bind_info->addr || bind_info->length))
     *         return EINVAL;
     *     if (bind_info->mr && (mw->pd != bind_info->mr->pd))
     *         return EPERM;
     *     return mw->context->ops.bind_mw(qp, mw, mw_bind);
     * }
     * }
     */
    @SuppressWarnings("restricted")
    int bindMw(final long qp, final MemorySegment mw, final MemorySegment bind) {
        final MemorySegment info = ibv_mw_bind.bind_info(bind);
        final MemorySegment region = ibv_mw_bind_info.mr(info);
        if (ibv_mw.type(mw) != types_h.IBV_MW_TYPE_1()
            || Frame.isNull(region) && (ibv_mw_bind_info.addr(info) != 0 || ibv_mw_bind_info.length(info) != 0)) {
            return Errno.EINVAL;
        }
        if (!Frame.isNull(region) && !ibv_mw.pd(mw).equals(ibv_mr.pd(region.reinterpret(ibv_mr.sizeof())))) {
            return Errno.EPERM;
        }
        if (Frame.isNull(bindMw)) {
            return Errno.EOPNOTSUPP;
        }
        try {
            return (int)BIND_MW.invokeExact(bindMw, qp, mw.address(), bind.address());
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline int ibv_dealloc_mw(struct ibv_mw *mw)
     * {
     *     return mw->context->ops.dealloc_mw(mw);
     * }
     * }
     */
    int deallocMw(final MemorySegment mw) {
        if (Frame.isNull(deallocMw)) {
            return Errno.EOPNOTSUPP;
        }
        try {
            return (int)DEALLOC_MW.invokeExact(deallocMw, mw.address());
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
