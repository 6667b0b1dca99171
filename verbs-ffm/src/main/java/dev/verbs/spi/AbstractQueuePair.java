package dev.verbs.spi;

import dev.verbs.Errno;
import dev.verbs.ProtectionDomain;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.ReceiveRequests;
import dev.verbs.RecvWrDescriptor;
import dev.verbs.SendRequests;
import dev.verbs.SendWrDescriptor;
import dev.verbs.WorkRequests;

/**
 * What queue pairs of every provider share: the post protocol (how many were accepted, and why no more) and the count of
 * requests in flight.
 *
 * <p>In flight = posted - reclaimed. A receive is reclaimed by its completion; sends by the next signalled completion. On a
 * queue pair in error each completion stands for one request; unsignalled requests that succeeded before stay counted until
 * the queue pair is reset or closed: the count is never too low.
 */
public abstract class AbstractQueuePair extends AbstractResource implements QueuePair {
    private final AbstractProtectionDomain domain;
    private final AbstractCompletionQueue sendCq;
    private final AbstractCompletionQueue receiveCq;
    private final QueuePairConfig config;
    private final int number;
    private final SendQueueTracker sends;
    /** Written by the poster of receives only. */
    private final SingleWriterCounter receivesPosted = new SingleWriterCounter();
    /** Written by the poller of the receive CQ only. */
    private final SingleWriterCounter receivesCompleted = new SingleWriterCounter();
    /** Completions with an error; written by pollers, which may be two: counted under {@code this.failures}. */
    private final Failures failures = new Failures();
    private final StaleCompletions staleSends = new StaleCompletions();
    /** The same object where one completion queue serves both. */
    private final StaleCompletions staleReceives;

    /**
     * A queue pair that the device knows.
     *
     * @param domain    its domain
     * @param sendCq    completion queue of its send queue
     * @param receiveCq completion queue of its receive queue
     * @param config    what the device granted
     * @param number    its number
     */
    @SuppressWarnings("this-escape")
    protected AbstractQueuePair(final AbstractProtectionDomain domain, final AbstractCompletionQueue sendCq,
        final AbstractCompletionQueue receiveCq, final QueuePairConfig config, final int number) {
        super(sendCq == receiveCq ? new AbstractResource[] {domain, sendCq}
            : new AbstractResource[] {domain, sendCq, receiveCq});
        this.domain = domain;
        this.sendCq = sendCq;
        this.receiveCq = receiveCq;
        this.config = config;
        this.number = number;
        this.sends = new SendQueueTracker(config.maxSendWr() + sendCq.capacity(), config.signalAll());
        this.staleReceives = sendCq == receiveCq ? staleSends : new StaleCompletions();
        sendCq.attach(this);
        if (receiveCq != sendCq) {
            receiveCq.attach(this);
        }
    }

    @Override
    public final int postSend(final SendRequests requests) {
        if (!isOpen()) {
            return CLOSED;
        }
        if (requests.remaining() == 0) {
            return 0;
        }
        final int recorded = sends.record(requests);
        requests.clearBad();
        final int errno = postSendDevice(requests);
        final int accepted = accepted(requests, recorded, errno);
        if (accepted != recorded) {
            sends.takeBack(recorded - accepted);
        }
        requests.posted(accepted, reason(requests, errno));
        return accepted;
    }

    @Override
    public final int postReceive(final ReceiveRequests requests) {
        if (!isOpen()) {
            return CLOSED;
        }
        if (requests.remaining() == 0) {
            return 0;
        }
        final int given = chained(requests, -1, requests.remaining());
        receivesPosted.set(receivesPosted.own() + given);
        requests.clearBad();
        final int errno = postReceiveDevice(requests);
        final int accepted = accepted(requests, given, errno);
        if (accepted != given) {
            receivesPosted.set(receivesPosted.own() - (given - accepted));
        }
        requests.posted(accepted, reason(requests, errno));
        return accepted;
    }

    /** Some drivers stop in the middle of a list and return 0: then the queue was full. */
    private static int reason(final WorkRequests requests, final int errno) {
        return errno == 0 && requests.bad() != 0 ? Errno.ENOMEM : errno;
    }

    /** The refused request decides, whatever the return code; an error without one accepted nothing. */
    private static int accepted(final WorkRequests requests, final int given, final int errno) {
        final long bad = requests.bad();
        if (bad == 0) {
            return errno == 0 ? given : 0;
        }
        final int index = requests.indexOf(bad);
        return index < 0 ? 0 : chained(requests, index, given);
    }

    /** Requests that the device meets from the first one on, before the chain ends or comes to {@code stop}. */
    private static int chained(final WorkRequests requests, final int stop, final int most) {
        int index = requests.first();
        int count = 0;
        while (index >= 0 && index != stop && count < most) {
            count++;
            final long at = requests.offset(index);
            index = requests.indexOf(requests instanceof SendRequests ? SendWrDescriptor.next(requests.segment(), at)
                : RecvWrDescriptor.next(requests.segment(), at));
        }
        return count;
    }

    /**
     * Hands the chain that starts at {@link WorkRequests#headAddress()} to the send queue; the refused request, if any, is
     * stored at {@link WorkRequests#badAddress()}.
     *
     * @param requests the list
     * @return 0 or a positive errno
     */
    protected abstract int postSendDevice(SendRequests requests);

    /**
     * Hands the chain that starts at {@link WorkRequests#headAddress()} to the receive queue, like {@link #postSendDevice}.
     *
     * @param requests the list
     * @return 0 or a positive errno
     */
    protected abstract int postReceiveDevice(ReceiveRequests requests);

    final void completed(final AbstractCompletionQueue queue, final boolean success, final boolean receive) {
        if (stale(queue).charge()) {
            return;
        }
        if (!success) {
            failures.add();
        } else if (receive) {
            receivesCompleted.set(receivesCompleted.own() + 1);
        } else {
            sends.completed();
        }
    }

    private StaleCompletions stale(final AbstractCompletionQueue queue) {
        return queue == sendCq ? staleSends : staleReceives;
    }

    final void settle(final AbstractCompletionQueue queue) {
        stale(queue).settle();
    }

    @Override
    public final long inFlight() {
        return isOpen() ? Math.max(0, sends.inFlight() + receivesPosted.get() - receivesCompleted.get() - failures.count()) : 0;
    }

    @Override
    public final void modify(final QpAttributes attributes) {
        synchronized (this) { // not while another thread closes it
            requireOpen("ibv_modify_qp");
            modifyDevice(attributes);
        }
        if (attributes.state() == QpState.RESET) {
            if (!resetDropsCompletions()) {
                staleSends.owe(sends.inFlight());
                staleReceives.owe(receivesPosted.get() - receivesCompleted.get());
                sendCq.holdsStale();
                receiveCq.holdsStale();
            }
            sends.clear();
            receivesCompleted.set(receivesPosted.get());
            failures.clear();
        }
    }

    /**
     * Whether a reset also takes what was not polled out of the completion queues (mlx4 and mlx5 do, rdma_rxe does not): then
     * no completion is charged to the life before it.
     *
     * @return false unless a provider knows better
     */
    protected boolean resetDropsCompletions() {
        return false;
    }

    /**
     * Changes attributes on the device.
     *
     * @param attributes what to change
     */
    protected abstract void modifyDevice(QpAttributes attributes);

    @Override
    public final ProtectionDomain protectionDomain() {
        return domain;
    }

    @Override
    public final QueuePairConfig config() {
        return config;
    }

    @Override
    public final int number() {
        return number;
    }

    @Override
    public final String describe() {
        return "QP " + number;
    }

    @Override
    protected final String closeVerb() {
        return "ibv_destroy_qp";
    }

    @Override
    protected final void release() {
        releaseDevice();
        sendCq.detach(this);
        receiveCq.detach(this);
    }

    /** Destroys the queue pair on the device. */
    protected abstract void releaseDevice();

    /** A counter off the fast path: errors are rare. */
    private static final class Failures {
        private long count;

        synchronized void add() {
            count++;
        }

        synchronized long count() {
            return count;
        }

        synchronized void clear() {
            count = 0;
        }
    }
}
