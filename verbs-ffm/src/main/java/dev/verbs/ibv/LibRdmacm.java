package dev.verbs.ibv;

import dev.verbs.headers.rdmacm_h;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Functions of librdmacm.so.1, with errno captured into the frame of the call.
 *
 * <p>Initialising this class loads the library: {@link Libraries} probes it first.
 */
final class LibRdmacm {
    private static final MethodHandle RDMA_CREATE_EVENT_CHANNEL = Downcalls.withErrno(
        rdmacm_h.rdma_create_event_channel$address(), rdmacm_h.rdma_create_event_channel$descriptor());
    private static final MethodHandle RDMA_DESTROY_EVENT_CHANNEL = Downcalls.withErrno(
        rdmacm_h.rdma_destroy_event_channel$address(), rdmacm_h.rdma_destroy_event_channel$descriptor());
    private static final MethodHandle RDMA_CREATE_ID = Downcalls.withErrno(
        rdmacm_h.rdma_create_id$address(), rdmacm_h.rdma_create_id$descriptor());
    private static final MethodHandle RDMA_DESTROY_ID = Downcalls.withErrno(
        rdmacm_h.rdma_destroy_id$address(), rdmacm_h.rdma_destroy_id$descriptor());
    private static final MethodHandle RDMA_BIND_ADDR = Downcalls.withErrno(
        rdmacm_h.rdma_bind_addr$address(), rdmacm_h.rdma_bind_addr$descriptor());
    private static final MethodHandle RDMA_RESOLVE_ADDR = Downcalls.withErrno(
        rdmacm_h.rdma_resolve_addr$address(), rdmacm_h.rdma_resolve_addr$descriptor());
    private static final MethodHandle RDMA_RESOLVE_ROUTE = Downcalls.withErrno(
        rdmacm_h.rdma_resolve_route$address(), rdmacm_h.rdma_resolve_route$descriptor());
    private static final MethodHandle RDMA_LISTEN = Downcalls.withErrno(
        rdmacm_h.rdma_listen$address(), rdmacm_h.rdma_listen$descriptor());
    private static final MethodHandle RDMA_CONNECT = Downcalls.withErrno(
        rdmacm_h.rdma_connect$address(), rdmacm_h.rdma_connect$descriptor());
    private static final MethodHandle RDMA_ACCEPT = Downcalls.withErrno(
        rdmacm_h.rdma_accept$address(), rdmacm_h.rdma_accept$descriptor());
    private static final MethodHandle RDMA_REJECT = Downcalls.withErrno(
        rdmacm_h.rdma_reject$address(), rdmacm_h.rdma_reject$descriptor());
    private static final MethodHandle RDMA_DISCONNECT = Downcalls.withErrno(
        rdmacm_h.rdma_disconnect$address(), rdmacm_h.rdma_disconnect$descriptor());
    private static final MethodHandle RDMA_ESTABLISH = Downcalls.withErrno(
        rdmacm_h.rdma_establish$address(), rdmacm_h.rdma_establish$descriptor());
    private static final MethodHandle RDMA_GET_CM_EVENT = Downcalls.withErrno(
        rdmacm_h.rdma_get_cm_event$address(), rdmacm_h.rdma_get_cm_event$descriptor());
    private static final MethodHandle RDMA_ACK_CM_EVENT = Downcalls.withErrno(
        rdmacm_h.rdma_ack_cm_event$address(), rdmacm_h.rdma_ack_cm_event$descriptor());
    private static final MethodHandle RDMA_INIT_QP_ATTR = Downcalls.withErrno(
        rdmacm_h.rdma_init_qp_attr$address(), rdmacm_h.rdma_init_qp_attr$descriptor());

    private LibRdmacm() {
    }

    /** {@code struct rdma_event_channel *rdma_create_event_channel()}. */
    static MemorySegment createEventChannel(final Frame frame) {
        try {
            return (MemorySegment)RDMA_CREATE_EVENT_CHANNEL.invokeExact(frame.capture);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code void rdma_destroy_event_channel(struct rdma_event_channel *channel)}. */
    static void destroyEventChannel(final Frame frame, final MemorySegment channel) {
        try {
            RDMA_DESTROY_EVENT_CHANNEL.invokeExact(frame.capture, channel);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_create_id(struct rdma_event_channel *channel, struct rdma_cm_id **id, void *context, enum rdma_port_space ps)}. */
    static int createId(final Frame frame, final MemorySegment channel, final MemorySegment id, final MemorySegment context,
        final int ps) {
        try {
            return (int)RDMA_CREATE_ID.invokeExact(frame.capture, channel, id, context, ps);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_destroy_id(struct rdma_cm_id *id)}. */
    static int destroyId(final Frame frame, final MemorySegment id) {
        try {
            return (int)RDMA_DESTROY_ID.invokeExact(frame.capture, id);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_bind_addr(struct rdma_cm_id *id, struct sockaddr *addr)}. */
    static int bindAddr(final Frame frame, final MemorySegment id, final MemorySegment addr) {
        try {
            return (int)RDMA_BIND_ADDR.invokeExact(frame.capture, id, addr);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_resolve_addr(struct rdma_cm_id *id, struct sockaddr *src_addr, struct sockaddr *dst_addr, int timeout_ms)}. */
    static int resolveAddr(final Frame frame, final MemorySegment id, final MemorySegment srcAddr, final MemorySegment dstAddr,
        final int timeoutMs) {
        try {
            return (int)RDMA_RESOLVE_ADDR.invokeExact(frame.capture, id, srcAddr, dstAddr, timeoutMs);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_resolve_route(struct rdma_cm_id *id, int timeout_ms)}. */
    static int resolveRoute(final Frame frame, final MemorySegment id, final int timeoutMs) {
        try {
            return (int)RDMA_RESOLVE_ROUTE.invokeExact(frame.capture, id, timeoutMs);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_listen(struct rdma_cm_id *id, int backlog)}. */
    static int listen(final Frame frame, final MemorySegment id, final int backlog) {
        try {
            return (int)RDMA_LISTEN.invokeExact(frame.capture, id, backlog);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_connect(struct rdma_cm_id *id, struct rdma_conn_param *conn_param)}. */
    static int connect(final Frame frame, final MemorySegment id, final MemorySegment connParam) {
        try {
            return (int)RDMA_CONNECT.invokeExact(frame.capture, id, connParam);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_accept(struct rdma_cm_id *id, struct rdma_conn_param *conn_param)}. */
    static int accept(final Frame frame, final MemorySegment id, final MemorySegment connParam) {
        try {
            return (int)RDMA_ACCEPT.invokeExact(frame.capture, id, connParam);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_reject(struct rdma_cm_id *id, const void *private_data, uint8_t private_data_len)}. */
    static int reject(final Frame frame, final MemorySegment id, final MemorySegment privateData, final byte privateDataLen) {
        try {
            return (int)RDMA_REJECT.invokeExact(frame.capture, id, privateData, privateDataLen);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_disconnect(struct rdma_cm_id *id)}. */
    static int disconnect(final Frame frame, final MemorySegment id) {
        try {
            return (int)RDMA_DISCONNECT.invokeExact(frame.capture, id);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_establish(struct rdma_cm_id *id)}. */
    static int establish(final Frame frame, final MemorySegment id) {
        try {
            return (int)RDMA_ESTABLISH.invokeExact(frame.capture, id);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_get_cm_event(struct rdma_event_channel *channel, struct rdma_cm_event **event)}. */
    static int getCmEvent(final Frame frame, final MemorySegment channel, final MemorySegment event) {
        try {
            return (int)RDMA_GET_CM_EVENT.invokeExact(frame.capture, channel, event);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_ack_cm_event(struct rdma_cm_event *event)}. */
    static int ackCmEvent(final Frame frame, final MemorySegment event) {
        try {
            return (int)RDMA_ACK_CM_EVENT.invokeExact(frame.capture, event);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_init_qp_attr(struct rdma_cm_id *id, struct ibv_qp_attr *qp_attr, int *qp_attr_mask)}. */
    static int initQpAttr(final Frame frame, final MemorySegment id, final MemorySegment qpAttr, final MemorySegment qpAttrMask) {
        try {
            return (int)RDMA_INIT_QP_ATTR.invokeExact(frame.capture, id, qpAttr, qpAttrMask);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
