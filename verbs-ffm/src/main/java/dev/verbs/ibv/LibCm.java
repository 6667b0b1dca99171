package dev.verbs.ibv;

import dev.verbs.headers.rdmacm_h;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;

/**
 * Functions of librdmacm.so.1 about events, ids and connections, with errno captured into the frame of the call.
 *
 * <p>Initialising this class loads the library: {@link Libraries} probes it first.
 */
final class LibCm {
    private static final SymbolLookup LIBRARY = Libraries.cm();

    private static final Verb RDMA_CREATE_EVENT_CHANNEL = Verb.of(LIBRARY, "rdma_create_event_channel", "1.0.15",
        rdmacm_h::rdma_create_event_channel$address, rdmacm_h::rdma_create_event_channel$descriptor);
    private static final Verb RDMA_DESTROY_EVENT_CHANNEL = Verb.of(LIBRARY, "rdma_destroy_event_channel", "1.0.15",
        rdmacm_h::rdma_destroy_event_channel$address, rdmacm_h::rdma_destroy_event_channel$descriptor);
    private static final Verb RDMA_GET_CM_EVENT = Verb.of(LIBRARY, "rdma_get_cm_event", "1.0.15",
        rdmacm_h::rdma_get_cm_event$address, rdmacm_h::rdma_get_cm_event$descriptor);
    private static final Verb RDMA_ACK_CM_EVENT = Verb.of(LIBRARY, "rdma_ack_cm_event", "1.0.15",
        rdmacm_h::rdma_ack_cm_event$address, rdmacm_h::rdma_ack_cm_event$descriptor);
    private static final Verb RDMA_EVENT_STR = Verb.of(LIBRARY, "rdma_event_str", "1.0.15",
        rdmacm_h::rdma_event_str$address, rdmacm_h::rdma_event_str$descriptor);
    private static final Verb RDMA_CREATE_ID = Verb.of(LIBRARY, "rdma_create_id", "1.0.15",
        rdmacm_h::rdma_create_id$address, rdmacm_h::rdma_create_id$descriptor);
    private static final Verb RDMA_DESTROY_ID = Verb.of(LIBRARY, "rdma_destroy_id", "1.0.15",
        rdmacm_h::rdma_destroy_id$address, rdmacm_h::rdma_destroy_id$descriptor);
    private static final Verb RDMA_MIGRATE_ID = Verb.of(LIBRARY, "rdma_migrate_id", "1.0.15",
        rdmacm_h::rdma_migrate_id$address, rdmacm_h::rdma_migrate_id$descriptor);
    private static final Verb RDMA_BIND_ADDR = Verb.of(LIBRARY, "rdma_bind_addr", "1.0.15",
        rdmacm_h::rdma_bind_addr$address, rdmacm_h::rdma_bind_addr$descriptor);
    private static final Verb RDMA_RESOLVE_ADDR = Verb.of(LIBRARY, "rdma_resolve_addr", "1.0.15",
        rdmacm_h::rdma_resolve_addr$address, rdmacm_h::rdma_resolve_addr$descriptor);
    private static final Verb RDMA_RESOLVE_ROUTE = Verb.of(LIBRARY, "rdma_resolve_route", "1.0.15",
        rdmacm_h::rdma_resolve_route$address, rdmacm_h::rdma_resolve_route$descriptor);
    private static final Verb RDMA_LISTEN = Verb.of(LIBRARY, "rdma_listen", "1.0.15",
        rdmacm_h::rdma_listen$address, rdmacm_h::rdma_listen$descriptor);
    private static final Verb RDMA_CONNECT = Verb.of(LIBRARY, "rdma_connect", "1.0.15",
        rdmacm_h::rdma_connect$address, rdmacm_h::rdma_connect$descriptor);
    private static final Verb RDMA_ACCEPT = Verb.of(LIBRARY, "rdma_accept", "1.0.15",
        rdmacm_h::rdma_accept$address, rdmacm_h::rdma_accept$descriptor);
    private static final Verb RDMA_REJECT = Verb.of(LIBRARY, "rdma_reject", "1.0.15",
        rdmacm_h::rdma_reject$address, rdmacm_h::rdma_reject$descriptor);
    private static final Verb RDMA_ESTABLISH = Verb.of(LIBRARY, "rdma_establish", "23",
        rdmacm_h::rdma_establish$address, rdmacm_h::rdma_establish$descriptor);
    private static final Verb RDMA_NOTIFY = Verb.of(LIBRARY, "rdma_notify", "1.0.15",
        rdmacm_h::rdma_notify$address, rdmacm_h::rdma_notify$descriptor);
    private static final Verb RDMA_DISCONNECT = Verb.of(LIBRARY, "rdma_disconnect", "1.0.15",
        rdmacm_h::rdma_disconnect$address, rdmacm_h::rdma_disconnect$descriptor);
    private static final Verb RDMA_INIT_QP_ATTR = Verb.of(LIBRARY, "rdma_init_qp_attr", "23",
        rdmacm_h::rdma_init_qp_attr$address, rdmacm_h::rdma_init_qp_attr$descriptor);
    private static final Verb RDMA_SET_OPTION = Verb.of(LIBRARY, "rdma_set_option", "1.0.15",
        rdmacm_h::rdma_set_option$address, rdmacm_h::rdma_set_option$descriptor);
    private static final Verb RDMA_GET_SRC_PORT = Verb.of(LIBRARY, "rdma_get_src_port", "1.0.19",
        rdmacm_h::rdma_get_src_port$address, rdmacm_h::rdma_get_src_port$descriptor);
    private static final Verb RDMA_GET_DST_PORT = Verb.of(LIBRARY, "rdma_get_dst_port", "1.0.19",
        rdmacm_h::rdma_get_dst_port$address, rdmacm_h::rdma_get_dst_port$descriptor);

    private LibCm() {
    }

    /** {@code struct rdma_event_channel *rdma_create_event_channel()}. */
    static MemorySegment createEventChannel(final Frame frame) {
        try {
            return (MemorySegment)RDMA_CREATE_EVENT_CHANNEL.handle().invokeExact(frame.capture);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code void rdma_destroy_event_channel(struct rdma_event_channel *channel)}. */
    static void destroyEventChannel(final Frame frame, final MemorySegment channel) {
        try {
            RDMA_DESTROY_EVENT_CHANNEL.handle().invokeExact(frame.capture, channel);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_get_cm_event(struct rdma_event_channel *channel, struct rdma_cm_event **event)}. */
    static int getCmEvent(final Frame frame, final MemorySegment channel, final MemorySegment event) {
        try {
            return (int)RDMA_GET_CM_EVENT.handle().invokeExact(frame.capture, channel, event);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_ack_cm_event(struct rdma_cm_event *event)}. */
    static int ackCmEvent(final Frame frame, final MemorySegment event) {
        try {
            return (int)RDMA_ACK_CM_EVENT.handle().invokeExact(frame.capture, event);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code const char *rdma_event_str(enum rdma_cm_event_type event)}. */
    static MemorySegment eventStr(final Frame frame, final int event) {
        try {
            return (MemorySegment)RDMA_EVENT_STR.handle().invokeExact(frame.capture, event);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code int rdma_create_id(struct rdma_event_channel *channel, struct rdma_cm_id **id, void *context, enum
     * rdma_port_space ps)}.
     */
    static int createId(final Frame frame, final MemorySegment channel, final MemorySegment id, final MemorySegment context,
        final int ps) {
        try {
            return (int)RDMA_CREATE_ID.handle().invokeExact(frame.capture, channel, id, context, ps);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_destroy_id(struct rdma_cm_id *id)}. */
    static int destroyId(final Frame frame, final MemorySegment id) {
        try {
            return (int)RDMA_DESTROY_ID.handle().invokeExact(frame.capture, id);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_migrate_id(struct rdma_cm_id *id, struct rdma_event_channel *channel)}. */
    static int migrateId(final Frame frame, final MemorySegment id, final MemorySegment channel) {
        try {
            return (int)RDMA_MIGRATE_ID.handle().invokeExact(frame.capture, id, channel);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_bind_addr(struct rdma_cm_id *id, struct sockaddr *addr)}. */
    static int bindAddr(final Frame frame, final MemorySegment id, final MemorySegment addr) {
        try {
            return (int)RDMA_BIND_ADDR.handle().invokeExact(frame.capture, id, addr);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_resolve_addr(struct rdma_cm_id *id, struct sockaddr *src_addr, struct sockaddr *dst_addr, int timeout_ms)}. */
    static int resolveAddr(final Frame frame, final MemorySegment id, final MemorySegment srcAddr, final MemorySegment dstAddr,
        final int timeoutMs) {
        try {
            return (int)RDMA_RESOLVE_ADDR.handle().invokeExact(frame.capture, id, srcAddr, dstAddr, timeoutMs);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_resolve_route(struct rdma_cm_id *id, int timeout_ms)}. */
    static int resolveRoute(final Frame frame, final MemorySegment id, final int timeoutMs) {
        try {
            return (int)RDMA_RESOLVE_ROUTE.handle().invokeExact(frame.capture, id, timeoutMs);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_listen(struct rdma_cm_id *id, int backlog)}. */
    static int listen(final Frame frame, final MemorySegment id, final int backlog) {
        try {
            return (int)RDMA_LISTEN.handle().invokeExact(frame.capture, id, backlog);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_connect(struct rdma_cm_id *id, struct rdma_conn_param *conn_param)}. */
    static int connect(final Frame frame, final MemorySegment id, final MemorySegment connParam) {
        try {
            return (int)RDMA_CONNECT.handle().invokeExact(frame.capture, id, connParam);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_accept(struct rdma_cm_id *id, struct rdma_conn_param *conn_param)}. */
    static int accept(final Frame frame, final MemorySegment id, final MemorySegment connParam) {
        try {
            return (int)RDMA_ACCEPT.handle().invokeExact(frame.capture, id, connParam);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_reject(struct rdma_cm_id *id, const void *private_data, uint8_t private_data_len)}. */
    static int reject(final Frame frame, final MemorySegment id, final MemorySegment privateData, final byte privateDataLen) {
        try {
            return (int)RDMA_REJECT.handle().invokeExact(frame.capture, id, privateData, privateDataLen);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_establish(struct rdma_cm_id *id)}. */
    static int establish(final Frame frame, final MemorySegment id) {
        try {
            return (int)RDMA_ESTABLISH.handle().invokeExact(frame.capture, id);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_notify(struct rdma_cm_id *id, enum ibv_event_type event)}. */
    static int notify(final Frame frame, final MemorySegment id, final int event) {
        try {
            return (int)RDMA_NOTIFY.handle().invokeExact(frame.capture, id, event);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_disconnect(struct rdma_cm_id *id)}. */
    static int disconnect(final Frame frame, final MemorySegment id) {
        try {
            return (int)RDMA_DISCONNECT.handle().invokeExact(frame.capture, id);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_init_qp_attr(struct rdma_cm_id *id, struct ibv_qp_attr *qp_attr, int *qp_attr_mask)}. */
    static int initQpAttr(final Frame frame, final MemorySegment id, final MemorySegment qpAttr, final MemorySegment qpAttrMask) {
        try {
            return (int)RDMA_INIT_QP_ATTR.handle().invokeExact(frame.capture, id, qpAttr, qpAttrMask);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_set_option(struct rdma_cm_id *id, int level, int optname, void *optval, size_t optlen)}. */
    static int setOption(final Frame frame, final MemorySegment id, final int level, final int optname,
        final MemorySegment optval, final long optlen) {
        try {
            return (int)RDMA_SET_OPTION.handle().invokeExact(frame.capture, id, level, optname, optval, optlen);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code __be16 rdma_get_src_port(struct rdma_cm_id *id)}. */
    static short getSrcPort(final Frame frame, final MemorySegment id) {
        try {
            return (short)RDMA_GET_SRC_PORT.handle().invokeExact(frame.capture, id);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code __be16 rdma_get_dst_port(struct rdma_cm_id *id)}. */
    static short getDstPort(final Frame frame, final MemorySegment id) {
        try {
            return (short)RDMA_GET_DST_PORT.handle().invokeExact(frame.capture, id);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
