package dev.verbs.ibv;

import dev.verbs.headers.ibverbs_h;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;

/**
 * Functions of libibverbs.so.1 about queues, address handles and multicast, with errno captured into the frame of the
 * call.
 *
 * <p>Initialising this class loads the library: {@link Libraries} probes it first.
 */
final class LibQueues {
    private static final SymbolLookup LIBRARY = Libraries.verbs();

    private static final Verb IBV_CREATE_COMP_CHANNEL = Verb.of(LIBRARY, "ibv_create_comp_channel", "1.1.6",
        ibverbs_h::ibv_create_comp_channel$address, ibverbs_h::ibv_create_comp_channel$descriptor);
    private static final Verb IBV_DESTROY_COMP_CHANNEL = Verb.of(LIBRARY, "ibv_destroy_comp_channel", "1.1.6",
        ibverbs_h::ibv_destroy_comp_channel$address, ibverbs_h::ibv_destroy_comp_channel$descriptor);
    private static final Verb IBV_CREATE_CQ = Verb.of(LIBRARY, "ibv_create_cq", "1.1.6",
        ibverbs_h::ibv_create_cq$address, ibverbs_h::ibv_create_cq$descriptor);
    private static final Verb IBV_RESIZE_CQ = Verb.of(LIBRARY, "ibv_resize_cq", "1.1.6",
        ibverbs_h::ibv_resize_cq$address, ibverbs_h::ibv_resize_cq$descriptor);
    private static final Verb IBV_DESTROY_CQ = Verb.of(LIBRARY, "ibv_destroy_cq", "1.1.6",
        ibverbs_h::ibv_destroy_cq$address, ibverbs_h::ibv_destroy_cq$descriptor);
    private static final Verb IBV_GET_CQ_EVENT = Verb.of(LIBRARY, "ibv_get_cq_event", "1.1.6",
        ibverbs_h::ibv_get_cq_event$address, ibverbs_h::ibv_get_cq_event$descriptor);
    private static final Verb IBV_ACK_CQ_EVENTS = Verb.of(LIBRARY, "ibv_ack_cq_events", "1.1.6",
        ibverbs_h::ibv_ack_cq_events$address, ibverbs_h::ibv_ack_cq_events$descriptor);
    private static final Verb IBV_CREATE_SRQ = Verb.of(LIBRARY, "ibv_create_srq", "1.1.6",
        ibverbs_h::ibv_create_srq$address, ibverbs_h::ibv_create_srq$descriptor);
    private static final Verb IBV_MODIFY_SRQ = Verb.of(LIBRARY, "ibv_modify_srq", "1.1.6",
        ibverbs_h::ibv_modify_srq$address, ibverbs_h::ibv_modify_srq$descriptor);
    private static final Verb IBV_QUERY_SRQ = Verb.of(LIBRARY, "ibv_query_srq", "1.1.6",
        ibverbs_h::ibv_query_srq$address, ibverbs_h::ibv_query_srq$descriptor);
    private static final Verb IBV_DESTROY_SRQ = Verb.of(LIBRARY, "ibv_destroy_srq", "1.1.6",
        ibverbs_h::ibv_destroy_srq$address, ibverbs_h::ibv_destroy_srq$descriptor);
    private static final Verb IBV_CREATE_QP = Verb.of(LIBRARY, "ibv_create_qp", "1.1.6",
        ibverbs_h::ibv_create_qp$address, ibverbs_h::ibv_create_qp$descriptor);
    private static final Verb IBV_QP_TO_QP_EX = Verb.of(LIBRARY, "ibv_qp_to_qp_ex", "24",
        ibverbs_h::ibv_qp_to_qp_ex$address, ibverbs_h::ibv_qp_to_qp_ex$descriptor);
    private static final Verb IBV_MODIFY_QP = Verb.of(LIBRARY, "ibv_modify_qp", "1.1.6",
        ibverbs_h::ibv_modify_qp$address, ibverbs_h::ibv_modify_qp$descriptor);
    private static final Verb IBV_QUERY_QP = Verb.of(LIBRARY, "ibv_query_qp", "1.1.6",
        ibverbs_h::ibv_query_qp$address, ibverbs_h::ibv_query_qp$descriptor);
    private static final Verb IBV_DESTROY_QP = Verb.of(LIBRARY, "ibv_destroy_qp", "1.1.6",
        ibverbs_h::ibv_destroy_qp$address, ibverbs_h::ibv_destroy_qp$descriptor);
    private static final Verb IBV_CREATE_AH = Verb.of(LIBRARY, "ibv_create_ah", "1.1.6",
        ibverbs_h::ibv_create_ah$address, ibverbs_h::ibv_create_ah$descriptor);
    private static final Verb IBV_INIT_AH_FROM_WC = Verb.of(LIBRARY, "ibv_init_ah_from_wc", "1.1.6",
        ibverbs_h::ibv_init_ah_from_wc$address, ibverbs_h::ibv_init_ah_from_wc$descriptor);
    private static final Verb IBV_CREATE_AH_FROM_WC = Verb.of(LIBRARY, "ibv_create_ah_from_wc", "1.1.6",
        ibverbs_h::ibv_create_ah_from_wc$address, ibverbs_h::ibv_create_ah_from_wc$descriptor);
    private static final Verb IBV_DESTROY_AH = Verb.of(LIBRARY, "ibv_destroy_ah", "1.1.6",
        ibverbs_h::ibv_destroy_ah$address, ibverbs_h::ibv_destroy_ah$descriptor);
    private static final Verb IBV_ATTACH_MCAST = Verb.of(LIBRARY, "ibv_attach_mcast", "1.1.6",
        ibverbs_h::ibv_attach_mcast$address, ibverbs_h::ibv_attach_mcast$descriptor);
    private static final Verb IBV_DETACH_MCAST = Verb.of(LIBRARY, "ibv_detach_mcast", "1.1.6",
        ibverbs_h::ibv_detach_mcast$address, ibverbs_h::ibv_detach_mcast$descriptor);

    private LibQueues() {
    }

    /** {@code struct ibv_comp_channel *ibv_create_comp_channel(struct ibv_context *context)}. */
    static MemorySegment createCompChannel(final Frame frame, final MemorySegment context) {
        try {
            return (MemorySegment)IBV_CREATE_COMP_CHANNEL.handle().invokeExact(frame.capture, context);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_destroy_comp_channel(struct ibv_comp_channel *channel)}. */
    static int destroyCompChannel(final Frame frame, final MemorySegment channel) {
        try {
            return (int)IBV_DESTROY_COMP_CHANNEL.handle().invokeExact(frame.capture, channel);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code struct ibv_cq *ibv_create_cq(struct ibv_context *context, int cqe, void *cq_context, struct ibv_comp_channel
     * *channel, int comp_vector)}.
     */
    static MemorySegment createCq(final Frame frame, final MemorySegment context, final int cqe, final MemorySegment cqContext,
        final MemorySegment channel, final int compVector) {
        try {
            return (MemorySegment)IBV_CREATE_CQ.handle().invokeExact(frame.capture, context, cqe, cqContext, channel, compVector);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_resize_cq(struct ibv_cq *cq, int cqe)}. */
    static int resizeCq(final Frame frame, final MemorySegment cq, final int cqe) {
        try {
            return (int)IBV_RESIZE_CQ.handle().invokeExact(frame.capture, cq, cqe);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_destroy_cq(struct ibv_cq *cq)}. */
    static int destroyCq(final Frame frame, final MemorySegment cq) {
        try {
            return (int)IBV_DESTROY_CQ.handle().invokeExact(frame.capture, cq);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_get_cq_event(struct ibv_comp_channel *channel, struct ibv_cq **cq, void **cq_context)}. */
    static int getCqEvent(final Frame frame, final MemorySegment channel, final MemorySegment cq, final MemorySegment cqContext) {
        try {
            return (int)IBV_GET_CQ_EVENT.handle().invokeExact(frame.capture, channel, cq, cqContext);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code void ibv_ack_cq_events(struct ibv_cq *cq, unsigned int nevents)}. */
    static void ackCqEvents(final Frame frame, final MemorySegment cq, final int nevents) {
        try {
            IBV_ACK_CQ_EVENTS.handle().invokeExact(frame.capture, cq, nevents);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code struct ibv_srq *ibv_create_srq(struct ibv_pd *pd, struct ibv_srq_init_attr *srq_init_attr)}. */
    static MemorySegment createSrq(final Frame frame, final MemorySegment pd, final MemorySegment srqInitAttr) {
        try {
            return (MemorySegment)IBV_CREATE_SRQ.handle().invokeExact(frame.capture, pd, srqInitAttr);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_modify_srq(struct ibv_srq *srq, struct ibv_srq_attr *srq_attr, int srq_attr_mask)}. */
    static int modifySrq(final Frame frame, final MemorySegment srq, final MemorySegment srqAttr, final int srqAttrMask) {
        try {
            return (int)IBV_MODIFY_SRQ.handle().invokeExact(frame.capture, srq, srqAttr, srqAttrMask);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_query_srq(struct ibv_srq *srq, struct ibv_srq_attr *srq_attr)}. */
    static int querySrq(final Frame frame, final MemorySegment srq, final MemorySegment srqAttr) {
        try {
            return (int)IBV_QUERY_SRQ.handle().invokeExact(frame.capture, srq, srqAttr);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_destroy_srq(struct ibv_srq *srq)}. */
    static int destroySrq(final Frame frame, final MemorySegment srq) {
        try {
            return (int)IBV_DESTROY_SRQ.handle().invokeExact(frame.capture, srq);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code struct ibv_qp *ibv_create_qp(struct ibv_pd *pd, struct ibv_qp_init_attr *qp_init_attr)}. */
    static MemorySegment createQp(final Frame frame, final MemorySegment pd, final MemorySegment qpInitAttr) {
        try {
            return (MemorySegment)IBV_CREATE_QP.handle().invokeExact(frame.capture, pd, qpInitAttr);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code struct ibv_qp_ex *ibv_qp_to_qp_ex(struct ibv_qp *qp)}. */
    static MemorySegment qpToQpEx(final Frame frame, final MemorySegment qp) {
        try {
            return (MemorySegment)IBV_QP_TO_QP_EX.handle().invokeExact(frame.capture, qp);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_modify_qp(struct ibv_qp *qp, struct ibv_qp_attr *attr, int attr_mask)}. */
    static int modifyQp(final Frame frame, final MemorySegment qp, final MemorySegment attr, final int attrMask) {
        try {
            return (int)IBV_MODIFY_QP.handle().invokeExact(frame.capture, qp, attr, attrMask);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_query_qp(struct ibv_qp *qp, struct ibv_qp_attr *attr, int attr_mask, struct ibv_qp_init_attr *init_attr)}. */
    static int queryQp(final Frame frame, final MemorySegment qp, final MemorySegment attr, final int attrMask,
        final MemorySegment initAttr) {
        try {
            return (int)IBV_QUERY_QP.handle().invokeExact(frame.capture, qp, attr, attrMask, initAttr);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_destroy_qp(struct ibv_qp *qp)}. */
    static int destroyQp(final Frame frame, final MemorySegment qp) {
        try {
            return (int)IBV_DESTROY_QP.handle().invokeExact(frame.capture, qp);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code struct ibv_ah *ibv_create_ah(struct ibv_pd *pd, struct ibv_ah_attr *attr)}. */
    static MemorySegment createAh(final Frame frame, final MemorySegment pd, final MemorySegment attr) {
        try {
            return (MemorySegment)IBV_CREATE_AH.handle().invokeExact(frame.capture, pd, attr);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code int ibv_init_ah_from_wc(struct ibv_context *context, uint8_t port_num, struct ibv_wc *wc, struct ibv_grh *grh,
     * struct ibv_ah_attr *ah_attr)}.
     */
    static int initAhFromWc(final Frame frame, final MemorySegment context, final byte portNum, final MemorySegment wc,
        final MemorySegment grh, final MemorySegment ahAttr) {
        try {
            return (int)IBV_INIT_AH_FROM_WC.handle().invokeExact(frame.capture, context, portNum, wc, grh, ahAttr);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code struct ibv_ah *ibv_create_ah_from_wc(struct ibv_pd *pd, struct ibv_wc *wc, struct ibv_grh *grh, uint8_t port_num)}. */
    static MemorySegment createAhFromWc(final Frame frame, final MemorySegment pd, final MemorySegment wc,
        final MemorySegment grh, final byte portNum) {
        try {
            return (MemorySegment)IBV_CREATE_AH_FROM_WC.handle().invokeExact(frame.capture, pd, wc, grh, portNum);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_destroy_ah(struct ibv_ah *ah)}. */
    static int destroyAh(final Frame frame, final MemorySegment ah) {
        try {
            return (int)IBV_DESTROY_AH.handle().invokeExact(frame.capture, ah);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_attach_mcast(struct ibv_qp *qp, const union ibv_gid *gid, uint16_t lid)}. */
    static int attachMcast(final Frame frame, final MemorySegment qp, final MemorySegment gid, final short lid) {
        try {
            return (int)IBV_ATTACH_MCAST.handle().invokeExact(frame.capture, qp, gid, lid);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_detach_mcast(struct ibv_qp *qp, const union ibv_gid *gid, uint16_t lid)}. */
    static int detachMcast(final Frame frame, final MemorySegment qp, final MemorySegment gid, final short lid) {
        try {
            return (int)IBV_DETACH_MCAST.handle().invokeExact(frame.capture, qp, gid, lid);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
