package dev.verbs.examples.pingpong;

import dev.verbs.AddressVector;
import dev.verbs.GrhDescriptor;
import dev.verbs.PortAttributes;
import dev.verbs.PortSelection;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QpType;
import dev.verbs.QueuePair;
import dev.verbs.RcEndpoint;
import dev.verbs.RcTuning;
import dev.verbs.UcEndpoint;
import dev.verbs.UdEndpoint;
import dev.verbs.examples.CloseStack;

/** Transport services that a ping-pong runs on, each with what rdma-core's program for it does its own way. */
public enum PingPongService {
    /** Reliable connections: {@code ibv_rc_pingpong} and {@code ibv_srq_pingpong}. */
    RC(QpType.RC, 4096, 0) {
        @Override
        void init(final QueuePair qp, final PortSelection port) {
            RcEndpoint.init(qp, port, 0);
        }

        @Override
        PingPongPeer connect(final QueuePair qp, final PortSelection port, final AddressVector path, final int psn,
            final RcEndpoint peer, final CloseStack resources) {
            final RcTuning tuning = RcTuning.DEFAULT.limitedBy(qp.protectionDomain().context().queryDevice());
            qp.modify(connection(port, path, peer).maxDestReadAtomic(tuning.maxDestReadAtomic()).minRnrTimer(tuning.minRnrTimer()));
            qp.modify(new QpAttributes().state(QpState.RTS).timeout(tuning.timeout()).retryCount(tuning.retryCount())
                .rnrRetry(tuning.rnrRetry()).sqPsn(psn).maxReadAtomic(tuning.maxReadAtomic()));
            return new PingPongPeer.Connected();
        }
    },

    /** Unreliable connections: {@code ibv_uc_pingpong}. */
    UC(QpType.UC, 4096, 0) {
        @Override
        void init(final QueuePair qp, final PortSelection port) {
            UcEndpoint.init(qp, port, 0);
        }

        @Override
        PingPongPeer connect(final QueuePair qp, final PortSelection port, final AddressVector path, final int psn,
            final RcEndpoint peer, final CloseStack resources) {
            qp.modify(connection(port, path, peer));
            qp.modify(new QpAttributes().state(QpState.RTS).sqPsn(psn));
            return new PingPongPeer.Connected();
        }
    },

    /** Unreliable datagrams: {@code ibv_ud_pingpong}. A message is one packet, and arrives behind room for a GRH. */
    UD(QpType.UD, 1024, (int)GrhDescriptor.SIZE) {
        @Override
        void init(final QueuePair qp, final PortSelection port) {
            UdEndpoint.init(qp, port, QKEY);
        }

        @Override
        PingPongPeer connect(final QueuePair qp, final PortSelection port, final AddressVector path, final int psn,
            final RcEndpoint peer, final CloseStack resources) {
            UdEndpoint.start(qp, psn);
            return new PingPongPeer.Addressed(resources.add(qp.protectionDomain().createAddressHandle(path)), peer.qpNumber(), QKEY);
        }

        @Override
        long maxSize(final PortAttributes port) {
            return port.activeMtu().bytes();
        }
    };

    /** The queue key that C has written into its source: it is not exchanged. */
    static final int QKEY = 0x11111111;

    private final QpType type;
    private final int defaultSize;
    private final int headroom;

    PingPongService(final QpType type, final int defaultSize, final int headroom) {
        this.type = type;
        this.defaultSize = defaultSize;
        this.headroom = headroom;
    }

    /** Takes a queue pair to INIT. */
    abstract void init(QueuePair qp, PortSelection port);

    /** Takes a queue pair from INIT to RTS; what has to be closed after the queue pair goes to {@code resources}. */
    abstract PingPongPeer connect(QueuePair qp, PortSelection port, AddressVector path, int psn, RcEndpoint peer,
        CloseStack resources);

    /** Bytes of the longest message. */
    long maxSize(final PortAttributes port) {
        return port.maxMessageSize();
    }

    QpType type() {
        return type;
    }

    /** Bytes of a message if the user says nothing. */
    int defaultSize() {
        return defaultSize;
    }

    /** Bytes of a receive before the message. */
    int headroom() {
        return headroom;
    }

    /** Whether a lost message is sent again, or its loss reported. */
    boolean isReliable() {
        return this == RC;
    }

    private static QpAttributes connection(final PortSelection port, final AddressVector path, final RcEndpoint peer) {
        return new QpAttributes().state(QpState.RTR).pathMtu(port.mtu()).destinationQp(peer.qpNumber()).rqPsn(peer.psn())
            .address(path);
    }
}
