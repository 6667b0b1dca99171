package dev.verbs.examples.perf;

import dev.verbs.AddressVector;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QpType;
import dev.verbs.QueuePair;
import dev.verbs.RcTuning;
import dev.verbs.UdEndpoint;
import dev.verbs.examples.perf.PerfTool.Operation;

/** Transport services, each connected with the attributes that perftest gives. */
enum PerfService {
    /** Reliable connection. */
    RC(QpType.RC) {
        @Override
        boolean canDo(final Operation operation) {
            return true;
        }

        @Override
        void connect(final QueuePair qp, final PerfPath path, final AddressVector address, final PerfKeys own, final PerfKeys peer) {
            qp.modify(connection(path, address, peer).maxDestReadAtomic(own.outstandingReads())
                .minRnrTimer(RcTuning.DEFAULT.minRnrTimer()));
            qp.modify(new QpAttributes().state(QpState.RTS).sqPsn(own.psn()).timeout(path.options().ackTimeout())
                .retryCount(RcTuning.DEFAULT.retryCount()).rnrRetry(RcTuning.DEFAULT.rnrRetry())
                .maxReadAtomic(peer.outstandingReads()));
        }
    },

    /** Unreliable connection. */
    UC(QpType.UC) {
        @Override
        boolean canDo(final Operation operation) {
            return !operation.fetches();
        }

        @Override
        void connect(final QueuePair qp, final PerfPath path, final AddressVector address, final PerfKeys own, final PerfKeys peer) {
            qp.modify(connection(path, address, peer));
            qp.modify(new QpAttributes().state(QpState.RTS).sqPsn(own.psn()));
        }
    },

    /** Unreliable datagrams. */
    UD(QpType.UD) {
        @Override
        boolean canDo(final Operation operation) {
            return operation == Operation.SEND;
        }

        @Override
        void init(final QueuePair qp, final PerfPath path, final int access) {
            qp.modify(new QpAttributes().state(QpState.INIT).pkeyIndex(path.options().pkeyIndex()).port(path.port().port()).qkey(QKEY));
        }

        @Override
        void connect(final QueuePair qp, final PerfPath path, final AddressVector address, final PerfKeys own, final PerfKeys peer) {
            UdEndpoint.start(qp, own.psn());
        }
    };

    /** The queue key that C has written into its source: it is not exchanged. */
    static final int QKEY = 0x11111111;

    private final QpType type;

    PerfService(final QpType type) {
        this.type = type;
    }

    /** Whether C runs the operation on this service. */
    abstract boolean canDo(Operation operation);

    /** Takes a queue pair from INIT to RTS. */
    abstract void connect(QueuePair qp, PerfPath path, AddressVector address, PerfKeys own, PerfKeys peer);

    /** Takes a queue pair from RESET to INIT. */
    void init(final QueuePair qp, final PerfPath path, final int access) {
        qp.modify(new QpAttributes().state(QpState.INIT).pkeyIndex(path.options().pkeyIndex()).port(path.port().port())
            .accessFlags(access));
    }

    QpType type() {
        return type;
    }

    private static QpAttributes connection(final PerfPath path, final AddressVector address, final PerfKeys peer) {
        return new QpAttributes().state(QpState.RTR).pathMtu(path.mtu()).destinationQp(peer.qpNumber()).rqPsn(peer.psn())
            .address(address);
    }
}
