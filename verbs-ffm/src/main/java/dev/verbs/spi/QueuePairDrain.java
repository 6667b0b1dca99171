package dev.verbs.spi;

import dev.verbs.AddressHandle;
import dev.verbs.Errno;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QpType;
import dev.verbs.QueuePair;
import dev.verbs.ReceiveRequests;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.VerbsException;
import dev.verbs.WrOpcode;
import java.lang.foreign.Arena;
import java.time.Duration;

/**
 * One drain of a queue pair, like the kernel's ib_drain_qp(): to ERR, then a marker behind all sends; when its flush was polled, so
 * was all before it. Receives are counted, for each completes once. Only where one completion queue serves both, and sends are in
 * flight, a flush does not say whose it is: then the receives have a marker as well, posted before ERR, for rdma_rxe does not flush
 * what is posted to a receive queue in ERR. Where the queue is full, the marker follows in ERR, as soon as flushes have made room, and
 * ERR is asked for again: that makes rdma_rxe flush once more.
 *
 * <p>Written by who drains, and by the pollers of the completions.
 */
final class QueuePairDrain {
    private final AbstractQueuePair qp;
    /** A flush does not say whether it was a send or a receive. */
    private boolean ambiguous;
    private boolean sendPosted;
    private boolean receivePosted;
    /** Set by the poller of the send CQ. */
    private volatile boolean sendSeen;
    /** Set by the poller of the receive CQ. */
    private volatile boolean receiveSeen;

    QueuePairDrain(final AbstractQueuePair qp) {
        this.qp = qp;
    }

    /** By a poller: a completion with an error. */
    void failed(final long wrId) {
        if (wrId == QueuePair.DRAIN_SENDS) {
            sendSeen = true;
        } else if (wrId == QueuePair.DRAIN_RECEIVES) {
            receiveSeen = true;
        }
    }

    /** Waits until everything was flushed and polled. */
    void await(final Duration deadline, final Runnable progress) {
        if (qp.inFlight() == 0 && qp.state() == QpState.RESET) {
            return;
        }
        final long end = System.nanoTime() + deadline.toNanos();
        try (Arena arena = Arena.ofConfined()) {
            final SendRequests sends = SendRequests.allocate(arena, 1, 1);
            final ReceiveRequests receives = ReceiveRequests.allocate(arena, 1, 1);
            ambiguous = qp.config().sendCq() == qp.config().receiveCq() && qp.config().srq() == null
                && qp.sendsInFlight() > 0 && qp.receivesInFlight() > 0;
            receivePosted = ambiguous && qp.postReceive(marker(receives)) == 1;
            qp.modify(new QpAttributes().state(QpState.ERR));
            while (!isDone(sends, receives)) {
                if (System.nanoTime() - end > 0) {
                    throw new VerbsException("drain", Errno.ETIMEDOUT, qp.describe() + " was not drained within " + deadline + ": "
                        + qp.inFlight() + " requests are in flight, markers included. Somebody has to poll "
                        + qp.config().sendCq().describe() + " and " + qp.config().receiveCq().describe());
                }
                progress.run();
            }
        }
        qp.work().drained();
    }

    /** The count is never too low, so 0 is enough; it stays too high where unsignalled sends had succeeded. */
    private boolean isDone(final SendRequests sends, final ReceiveRequests receives) {
        if (qp.inFlight() == 0) {
            return true;
        }
        if (ambiguous && !receivePosted && qp.postReceive(marker(receives)) == 1) { // there was no room before
            receivePosted = true;
            qp.modify(new QpAttributes().state(QpState.ERR));
        }
        sendPosted = sendPosted || qp.sendsInFlight() > 0 && postMarker(sends);
        return sendPosted && sendSeen && (ambiguous ? receiveSeen : qp.receivesInFlight() == 0);
    }

    private boolean postMarker(final SendRequests sends) {
        final int index = sends.clear().add(QueuePair.DRAIN_SENDS, WrOpcode.SEND.code(), SendFlags.SIGNALED);
        final AddressHandle handle = qp.config().type() == QpType.UD
            ? ((AbstractProtectionDomain)qp.protectionDomain()).anyAddressHandle() : null;
        if (handle != null) { // drivers look at it even in ERR
            sends.target(index, handle, 0, 0);
        }
        return qp.postSend(sends) == 1;
    }

    private static ReceiveRequests marker(final ReceiveRequests receives) {
        receives.clear().add(QueuePair.DRAIN_RECEIVES);
        return receives;
    }
}
