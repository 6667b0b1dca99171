package dev.verbs.ibv;

import static dev.verbs.QpAttributeMask.ACCESS_FLAGS;
import static dev.verbs.QpAttributeMask.ALT_PATH;
import static dev.verbs.QpAttributeMask.AV;
import static dev.verbs.QpAttributeMask.CAP;
import static dev.verbs.QpAttributeMask.CUR_STATE;
import static dev.verbs.QpAttributeMask.DEST_QPN;
import static dev.verbs.QpAttributeMask.MAX_DEST_RD_ATOMIC;
import static dev.verbs.QpAttributeMask.MAX_QP_RD_ATOMIC;
import static dev.verbs.QpAttributeMask.MIN_RNR_TIMER;
import static dev.verbs.QpAttributeMask.PATH_MIG_STATE;
import static dev.verbs.QpAttributeMask.PATH_MTU;
import static dev.verbs.QpAttributeMask.PKEY_INDEX;
import static dev.verbs.QpAttributeMask.PORT;
import static dev.verbs.QpAttributeMask.QKEY;
import static dev.verbs.QpAttributeMask.RETRY_CNT;
import static dev.verbs.QpAttributeMask.RNR_RETRY;
import static dev.verbs.QpAttributeMask.RQ_PSN;
import static dev.verbs.QpAttributeMask.SQ_PSN;
import static dev.verbs.QpAttributeMask.STATE;
import static dev.verbs.QpAttributeMask.TIMEOUT;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.verbs.AddressVector;
import dev.verbs.AlternatePath;
import dev.verbs.Gid;
import dev.verbs.Mtu;
import dev.verbs.PathMigrationState;
import dev.verbs.QpAttributes;
import dev.verbs.QpCapabilities;
import dev.verbs.QpState;
import dev.verbs.headers.ibv_ah_attr;
import dev.verbs.headers.ibv_global_route;
import dev.verbs.headers.ibv_qp_attr;
import dev.verbs.headers.ibv_qp_cap;
import java.lang.foreign.MemorySegment;

/** Between {@link QpAttributes} and {@code struct ibv_qp_attr}. */
final class QpAttributesCodec {
    /** Everything that the kernel reports; drivers other than mlx5 refuse a query of the rate limit. */
    static final int ALL = STATE | CUR_STATE | ACCESS_FLAGS | PKEY_INDEX | PORT | QKEY | AV | PATH_MTU | TIMEOUT | RETRY_CNT
        | RNR_RETRY | RQ_PSN | MAX_QP_RD_ATOMIC | MIN_RNR_TIMER | SQ_PSN | MAX_DEST_RD_ATOMIC | DEST_QPN
        | ALT_PATH | PATH_MIG_STATE | CAP;

    private QpAttributesCodec() {
    }

    /** Writes every attribute that is set; a mask bit without a value writes what the C structure has by default. */
    static void write(final QpAttributes from, final MemorySegment to) {
        ibv_qp_attr.qp_state(to, from.state().code());
        ibv_qp_attr.cur_qp_state(to, from.currentState().code());
        ibv_qp_attr.path_mtu(to, from.pathMtu().code());
        ibv_qp_attr.qkey(to, from.qkey());
        ibv_qp_attr.rq_psn(to, from.rqPsn());
        ibv_qp_attr.sq_psn(to, from.sqPsn());
        ibv_qp_attr.dest_qp_num(to, from.destinationQp());
        ibv_qp_attr.qp_access_flags(to, from.accessFlags());
        ibv_qp_attr.pkey_index(to, (short)from.pkeyIndex());
        ibv_qp_attr.max_rd_atomic(to, (byte)from.maxReadAtomic());
        ibv_qp_attr.max_dest_rd_atomic(to, (byte)from.maxDestReadAtomic());
        ibv_qp_attr.min_rnr_timer(to, (byte)from.minRnrTimer());
        ibv_qp_attr.port_num(to, (byte)from.port());
        ibv_qp_attr.timeout(to, (byte)from.timeout());
        ibv_qp_attr.retry_cnt(to, (byte)from.retryCount());
        ibv_qp_attr.rnr_retry(to, (byte)from.rnrRetry());
        ibv_qp_attr.en_sqd_async_notify(to, (byte)(from.sqdAsyncNotify() ? 1 : 0));
        if (from.address() != null) {
            write(from.address(), ibv_qp_attr.ah_attr(to));
        }
        ibv_qp_attr.path_mig_state(to, from.pathMigrationState().code());
        ibv_qp_attr.rate_limit(to, from.rateLimit());
        if (from.capabilities() != null) {
            write(from.capabilities(), ibv_qp_attr.cap(to));
        }
        if (from.alternatePath() != null) {
            write(from.alternatePath().address(), ibv_qp_attr.alt_ah_attr(to));
            ibv_qp_attr.alt_port_num(to, (byte)from.alternatePath().port());
            ibv_qp_attr.alt_pkey_index(to, (short)from.alternatePath().pkeyIndex());
            ibv_qp_attr.alt_timeout(to, (byte)from.alternatePath().timeout());
        }
    }

    /** Into a {@code struct ibv_qp_cap}. */
    static void write(final QpCapabilities from, final MemorySegment to) {
        ibv_qp_cap.max_send_wr(to, from.maxSendWr());
        ibv_qp_cap.max_recv_wr(to, from.maxReceiveWr());
        ibv_qp_cap.max_send_sge(to, from.maxSendSge());
        ibv_qp_cap.max_recv_sge(to, from.maxReceiveSge());
        ibv_qp_cap.max_inline_data(to, from.maxInlineData());
    }

    /** From a {@code struct ibv_qp_cap}. */
    static QpCapabilities readCapabilities(final MemorySegment from) {
        return new QpCapabilities(ibv_qp_cap.max_send_wr(from), ibv_qp_cap.max_recv_wr(from), ibv_qp_cap.max_send_sge(from),
            ibv_qp_cap.max_recv_sge(from), ibv_qp_cap.max_inline_data(from));
    }

    /** Into a {@code struct ibv_ah_attr}. */
    static void write(final AddressVector from, final MemorySegment to) {
        final MemorySegment route = ibv_ah_attr.grh(to);
        MemorySegment.copy(from.gid().bytes(), 0, ibv_global_route.dgid(route), JAVA_BYTE, 0, Gid.LENGTH);
        ibv_global_route.sgid_index(route, (byte)from.gidIndex());
        ibv_global_route.hop_limit(route, (byte)from.hopLimit());
        ibv_global_route.traffic_class(route, (byte)from.trafficClass());
        ibv_global_route.flow_label(route, from.flowLabel());
        ibv_ah_attr.dlid(to, (short)from.lid());
        ibv_ah_attr.src_path_bits(to, (byte)from.sourcePathBits());
        ibv_ah_attr.static_rate(to, (byte)from.staticRate());
        ibv_ah_attr.sl(to, (byte)from.serviceLevel());
        ibv_ah_attr.is_global(to, (byte)(from.global() ? 1 : 0));
        ibv_ah_attr.port_num(to, (byte)from.port());
    }

    /** What the bits of a mask name; all else keeps its value, but does not count. */
    static QpAttributes read(final MemorySegment from, final int mask) {
        return read(from).mask(mask);
    }

    private static QpAttributes read(final MemorySegment from) {
        return new QpAttributes()
            .state(QpState.of(ibv_qp_attr.qp_state(from)))
            .currentState(QpState.of(ibv_qp_attr.cur_qp_state(from)))
            .pathMtu(Mtu.of(ibv_qp_attr.path_mtu(from)))
            .qkey(ibv_qp_attr.qkey(from))
            .rqPsn(ibv_qp_attr.rq_psn(from))
            .sqPsn(ibv_qp_attr.sq_psn(from))
            .destinationQp(ibv_qp_attr.dest_qp_num(from))
            .accessFlags(ibv_qp_attr.qp_access_flags(from))
            .pkeyIndex(Short.toUnsignedInt(ibv_qp_attr.pkey_index(from)))
            .maxReadAtomic(Byte.toUnsignedInt(ibv_qp_attr.max_rd_atomic(from)))
            .maxDestReadAtomic(Byte.toUnsignedInt(ibv_qp_attr.max_dest_rd_atomic(from)))
            .minRnrTimer(Byte.toUnsignedInt(ibv_qp_attr.min_rnr_timer(from)))
            .port(Byte.toUnsignedInt(ibv_qp_attr.port_num(from)))
            .timeout(Byte.toUnsignedInt(ibv_qp_attr.timeout(from)))
            .retryCount(Byte.toUnsignedInt(ibv_qp_attr.retry_cnt(from)))
            .rnrRetry(Byte.toUnsignedInt(ibv_qp_attr.rnr_retry(from)))
            .address(readAddress(ibv_qp_attr.ah_attr(from)))
            .alternatePath(new AlternatePath(readAddress(ibv_qp_attr.alt_ah_attr(from)),
                Byte.toUnsignedInt(ibv_qp_attr.alt_port_num(from)), Short.toUnsignedInt(ibv_qp_attr.alt_pkey_index(from)),
                Byte.toUnsignedInt(ibv_qp_attr.alt_timeout(from))))
            .pathMigrationState(PathMigrationState.of(ibv_qp_attr.path_mig_state(from)))
            .capabilities(readCapabilities(ibv_qp_attr.cap(from)))
            .sqdAsyncNotify(ibv_qp_attr.en_sqd_async_notify(from) != 0)
            .sqDraining(ibv_qp_attr.sq_draining(from) != 0)
            .rateLimit(ibv_qp_attr.rate_limit(from));
    }

    /** From a {@code struct ibv_ah_attr}. */
    static AddressVector readAddress(final MemorySegment from) {
        final MemorySegment route = ibv_ah_attr.grh(from);
        return new AddressVector(Byte.toUnsignedInt(ibv_ah_attr.port_num(from)),
            Gid.of(ibv_global_route.dgid(route).toArray(JAVA_BYTE)),
            Byte.toUnsignedInt(ibv_global_route.sgid_index(route)), Short.toUnsignedInt(ibv_ah_attr.dlid(from)),
            ibv_ah_attr.is_global(from) != 0, Byte.toUnsignedInt(ibv_global_route.hop_limit(route)),
            Byte.toUnsignedInt(ibv_ah_attr.sl(from)), Byte.toUnsignedInt(ibv_global_route.traffic_class(route)),
            ibv_global_route.flow_label(route), Byte.toUnsignedInt(ibv_ah_attr.src_path_bits(from)),
            Byte.toUnsignedInt(ibv_ah_attr.static_rate(from)));
    }
}
