package dev.verbs.examples.pingpong;

import dev.verbs.QueuePair;
import dev.verbs.ReceiveRequests;
import java.lang.foreign.MemorySegment;

/**
 * The receives of one queue pair. Two buffers take turns: a message is in one while the other, answered, can be spoiled for
 * the next check.
 */
final class OwnReceives extends PingPongReceives {
    static final int SLOTS = 2;

    private final QueuePair qp;
    private final int depth;
    private final boolean spoils;
    private long posted;
    private long taken;

    OwnReceives(final QueuePair qp, final PingPongBuffers buffers, final ReceiveRequests list, final PingPongConfig config) {
        super(buffers, list);
        this.qp = qp;
        this.depth = config.receiveDepth();
        this.spoils = config.validate();
        postReceives(depth);
    }

    @Override
    int nextSlot() {
        return (int)(posted++ & 1);
    }

    @Override
    int post(final ReceiveRequests requests) {
        return qp.postReceive(requests);
    }

    @Override
    MemorySegment take(final int line, final long wrId) {
        final MemorySegment message = buffers.message((int)(wrId >>> SLOT_SHIFT));
        taken++;
        final int outstanding = (int)(posted - taken);
        if (outstanding <= 1) {
            postReceives(depth - outstanding);
        }
        return message;
    }

    @Override
    MemorySegment answer(final int line) {
        drop(line);
        return buffers.message((int)((taken - 1) & 1));
    }

    /** Both the last send and the next receive are done: nobody uses the other buffer now. */
    @Override
    void drop(final int line) {
        if (spoils) {
            MessageCheck.spoil(buffers.message((int)(taken & 1)));
        }
    }

    @Override
    void sent(final int line) {
        // the other buffer is spoiled later, when the next message is here too
    }
}
