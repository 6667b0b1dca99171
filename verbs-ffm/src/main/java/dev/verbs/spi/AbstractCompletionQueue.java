package dev.verbs.spi;

import dev.verbs.CompletionQueue;
import dev.verbs.WcDescriptor;
import dev.verbs.WcOpcode;
import dev.verbs.WcStatus;
import dev.verbs.WorkCompletions;
import java.lang.foreign.MemorySegment;

/** What completion queues of every provider share: completions are credited to their queue pairs as they are polled. */
public abstract class AbstractCompletionQueue extends AbstractResource implements CompletionQueue {
    private static final int SUCCESS = WcStatus.SUCCESS.code();
    private static final int RECV = WcOpcode.RECV.code();

    /** Replaced as a whole when queue pairs come and go (under this object's lock); read by the poller. */
    private volatile QueuePairTable queuePairs = QueuePairTable.EMPTY;
    /** Whether a queue pair was reset whose old completions may still be here. */
    private volatile boolean stale;

    /**
     * A queue that depends on its context and, if it has one, its channel.
     *
     * @param parents what it depends on
     */
    protected AbstractCompletionQueue(final AbstractResource... parents) {
        super(parents);
    }

    @Override
    public final int poll(final WorkCompletions completions) {
        if (!isOpen()) {
            completions.size(0);
            return CLOSED;
        }
        final int count = pollDevice(completions);
        completions.size(Math.max(count, 0));
        if (count > 0) {
            credit(completions.segment(), count);
        }
        if (stale && count >= 0 && count < completions.capacity()) {
            stale = false;
            queuePairs.settle(this);
        }
        return count < 0 ? FAILED : count;
    }

    private void credit(final MemorySegment segment, final int count) {
        final QueuePairTable table = queuePairs;
        int number = -1;
        AbstractQueuePair qp = null;
        for (int i = 0; i < count; i++) {
            final long at = i * WcDescriptor.SIZE;
            final int next = WcDescriptor.qpNumber(segment, at);
            if (next != number) {
                number = next;
                qp = table.find(next);
            }
            if (qp != null) {
                qp.completed(this, WcDescriptor.status(segment, at) == SUCCESS, WcDescriptor.opcode(segment, at) >= RECV);
            }
        }
    }

    /**
     * Takes completions from the device.
     *
     * @param completions filled from index 0
     * @return completions taken, negative if the device failed
     */
    protected abstract int pollDevice(WorkCompletions completions);

    /** A queue pair was reset: what of it is still here belongs to its old life. */
    final void holdsStale() {
        stale = true;
    }

    final synchronized void attach(final AbstractQueuePair qp) {
        queuePairs = queuePairs.with(qp);
    }

    final synchronized void detach(final AbstractQueuePair qp) {
        queuePairs = queuePairs.without(qp);
    }

    @Override
    protected final String closeVerb() {
        return "ibv_destroy_cq";
    }
}
