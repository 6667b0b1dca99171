package dev.verbs.examples.pingpong;

import dev.verbs.PortSelection;
import dev.verbs.QueuePair;
import dev.verbs.RcEndpoint;
import java.util.concurrent.ThreadLocalRandom;

/** One queue pair of an end, and what it waits for. One thread. */
final class PingPongLine {
    final QueuePair qp;
    final int number;
    final int psn = ThreadLocalRandom.current().nextInt() & RcEndpoint.PSN_MASK;
    PingPongPeer peer;
    /** Kinds of requests that have to complete before the next message is sent. */
    long pending;
    long postedNs;

    PingPongLine(final QueuePair qp) {
        this.qp = qp;
        this.number = qp.number();
    }

    RcEndpoint endpoint(final PortSelection port) {
        return RcEndpoint.of(qp, port, psn);
    }
}
