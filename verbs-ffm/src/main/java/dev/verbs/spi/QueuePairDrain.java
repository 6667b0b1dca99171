package dev.verbs.spi;

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
 * One drain of a queue pair, as the kernel's ib_drain_qp() does it: to ERR, then a marker behind everything that was posted to
 * each queue; when the flush of the marker was polled, so was all before it. Markers are posted only where something is in flight.
 *
 * <p>Written by who drains, and by the pollers of the completions.
 */
final class QueuePairDrain {
    private final AbstractQueuePair qp;
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
        qp.modify(new QpAttributes().state(QpState.ERR));
        try (Arena arena = Arena.ofConfined()) {
            final SendRequests sends = SendRequests.allocate(arena, 1, 1);
            final ReceiveRequests receives = ReceiveRequests.allocate(arena, 1, 1);
            while (!isDone(sends, receives)) {
                if (System.nanoTime() - end > 0) {
                    throw new VerbsException("drain", Errno.ETIMEDOUT, qp.describe() + " was not drained within " + deadline + ": "
                        + qp.inFlight() + " requests are in flight, markers included. Somebody has to poll "
                        + qp.config().sendCq().describe() + " and " + qp.config().receiveCq().describe());
                }
                progress.run();
            }
        }
        qp.drained();
    }

    private boolean isDone(final SendRequests sends, final ReceiveRequests receives) {
        if (!sendPosted && !receivePosted && qp.inFlight() == 0) {
            return true;
        }
        sendPosted = sendPosted || qp.sendsInFlight() > 0 && postMarker(sends);
        receivePosted = receivePosted || qp.receivesInFlight() > 0 && qp.config().srq() == null
            && qp.postReceive(marker(receives)) == 1;
        return (sendPosted || qp.sendsInFlight() == 0) && (receivePosted || qp.receivesInFlight() == 0)
            && sendPosted == sendSeen && receivePosted == receiveSeen;
    }

    private boolean postMarker(final SendRequests sends) {
        final int index = sends.clear().add(QueuePair.DRAIN_SENDS, WrOpcode.SEND.code(), SendFlags.SIGNALED);
        if (qp.config().type() == QpType.UD) {
            qp.aim(sends, index);
        }
        return qp.postSend(sends) == 1;
    }

    private static ReceiveRequests marker(final ReceiveRequests receives) {
        receives.clear().add(QueuePair.DRAIN_RECEIVES);
        return receives;
    }
}
