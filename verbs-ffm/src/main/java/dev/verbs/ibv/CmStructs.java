package dev.verbs.ibv;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.RcTuning;
import dev.verbs.cm.CmEvent;
import dev.verbs.cm.CmEventType;
import dev.verbs.cm.ConnectionOffer;
import dev.verbs.cm.ConnectionParameters;
import dev.verbs.cm.DatagramDestination;
import dev.verbs.cm.PortSpace;
import dev.verbs.cm.PrivateData;
import dev.verbs.headers.rdma_cm_event;
import dev.verbs.headers.rdma_conn_param;
import dev.verbs.headers.rdma_ud_param;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Between the records of {@code dev.verbs.cm} and the structures of {@code rdma_cma.h}. */
final class CmStructs {
    private static final byte[] NO_DATA = {};

    private CmStructs() {
    }

    /** {@code struct rdma_conn_param} of connect and accept. */
    static MemorySegment parameters(final Arena arena, final ConnectionParameters from, final int most, final int qpNumber) {
        final RcTuning tuning = from.tuning();
        final byte[] data = from.wireData(most);
        final MemorySegment struct = rdma_conn_param.allocate(arena);
        rdma_conn_param.private_data(struct, bytes(arena, data));
        rdma_conn_param.private_data_len(struct, (byte)data.length);
        rdma_conn_param.responder_resources(struct, (byte)tuning.maxDestReadAtomic());
        rdma_conn_param.initiator_depth(struct, (byte)tuning.maxReadAtomic());
        rdma_conn_param.retry_count(struct, (byte)tuning.retryCount());
        rdma_conn_param.rnr_retry_count(struct, (byte)tuning.rnrRetry());
        rdma_conn_param.qp_num(struct, qpNumber);
        return struct;
    }

    /** The private data of a rejection with their header. */
    static MemorySegment rejection(final Arena arena, final byte[] payload, final PortSpace space) {
        return bytes(arena, PrivateData.frame(payload, PrivateData.mostInRejection(space)));
    }

    private static MemorySegment bytes(final Arena arena, final byte[] data) {
        return data.length == 0 ? MemorySegment.NULL : arena.allocateFrom(JAVA_BYTE, data);
    }

    /**
     * A copy of {@code struct rdma_cm_event}. Which member of the union it has depends on its kind and on the service of its id:
     * an event without an id of ours is dropped, so that its parameters do not matter.
     */
    static CmEvent event(final MemorySegment event, final CmEventType type, final IbvCmId id, final IbvCmId listener) {
        final int status = rdma_cm_event.status(event);
        final MemorySegment param = rdma_cm_event.param(event);
        if (type == CmEventType.MULTICAST_JOIN || type == CmEventType.MULTICAST_ERROR) {
            return new CmEvent(type, status, id, listener, NO_DATA, null, // its private data is the context of the join
                type == CmEventType.MULTICAST_JOIN ? datagram(rdma_cm_event.param.ud(param)) : null);
        }
        if (id != null && id.portSpace().isDatagram()) {
            final MemorySegment ud = rdma_cm_event.param.ud(param);
            return new CmEvent(type, status, id, listener,
                data(rdma_ud_param.private_data(ud), rdma_ud_param.private_data_len(ud)), null,
                type == CmEventType.ESTABLISHED ? datagram(ud) : null);
        }
        final MemorySegment conn = rdma_cm_event.param.conn(param);
        return new CmEvent(type, status, id, listener,
            data(rdma_conn_param.private_data(conn), rdma_conn_param.private_data_len(conn)), offer(type, conn), null);
    }

    private static byte[] data(final MemorySegment data, final byte length) {
        return Frame.isNull(data) ? NO_DATA : data.asSlice(0, Byte.toUnsignedInt(length)).toArray(JAVA_BYTE);
    }

    private static ConnectionOffer offer(final CmEventType type, final MemorySegment conn) {
        return switch (type) {
            case CONNECT_REQUEST, CONNECT_RESPONSE, ESTABLISHED -> new ConnectionOffer(
                Byte.toUnsignedInt(rdma_conn_param.responder_resources(conn)),
                Byte.toUnsignedInt(rdma_conn_param.initiator_depth(conn)), rdma_conn_param.flow_control(conn) != 0,
                Byte.toUnsignedInt(rdma_conn_param.retry_count(conn)), Byte.toUnsignedInt(rdma_conn_param.rnr_retry_count(conn)),
                rdma_conn_param.srq(conn) != 0, rdma_conn_param.qp_num(conn));
            default -> null;
        };
    }

    private static DatagramDestination datagram(final MemorySegment ud) {
        return new DatagramDestination(QpAttributesCodec.readAddress(rdma_ud_param.ah_attr(ud)), rdma_ud_param.qp_num(ud),
            rdma_ud_param.qkey(ud));
    }

    /** What librdmacm itself gives a UD queue pair after INIT ({@code ucma_init_ud_qp}): the manager has nothing to say. */
    static QpAttributes datagramAttributes(final QpState state) {
        final QpAttributes attributes = new QpAttributes().state(state);
        return state == QpState.RTS ? attributes.sqPsn(0) : attributes;
    }
}
