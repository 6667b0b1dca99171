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
        if (count <= 0) {
            completions.size(0);
            return count == 0 ? 0 : FAILED;
        }
        completions.size(count);
        credit(completions.segment(), count);
        return count;
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
                qp.completed(WcDescriptor.status(segment, at) == SUCCESS, WcDescriptor.opcode(segment, at) >= RECV);
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
