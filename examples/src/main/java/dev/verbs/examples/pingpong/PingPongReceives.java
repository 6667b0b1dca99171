package dev.verbs.examples.pingpong;

import dev.verbs.ReceiveRequests;
import dev.verbs.examples.CommandFailure;
import java.lang.foreign.MemorySegment;

/**
 * Where the messages of an end arrive, and when receives are posted again: when too few are left, up to the depth, as C does it.
 * One thread; nothing is allocated after the first posts.
 */
abstract class PingPongReceives {
    /** Receives in one list; deeper queues take several posts. */
    static final int LIST = 64;
    /** A receive's wr_id is {@link PingPongAgent#RECEIVE}, and its slot above these bits. */
    static final int SLOT_SHIFT = 2;

    final PingPongBuffers buffers;
    private final ReceiveRequests list;

    PingPongReceives(final PingPongBuffers buffers, final ReceiveRequests list) {
        this.buffers = buffers;
        this.list = list;
    }

    /** The message that a receive of this wr_id holds; it stays until it is answered or dropped. */
    abstract MemorySegment take(int line, long wrId);

    /** The last message of a queue pair, which is about to be sent back. */
    abstract MemorySegment answer(int line);

    /** The last message of a queue pair is not needed any more. */
    abstract void drop(int line);

    /** What a queue pair sent has gone. */
    abstract void sent(int line);

    abstract int nextSlot();

    abstract int post(ReceiveRequests requests);

    /** Posts into the next slots. */
    final void postReceives(final int count) {
        int left = count;
        while (left > 0) {
            final int now = Math.min(left, list.capacity());
            list.clear();
            for (int i = 0; i < now; i++) {
                final int slot = nextSlot();
                list.receive(PingPongAgent.RECEIVE | (long)slot << SLOT_SHIFT, buffers.receiveAddress(slot),
                    buffers.receiveLength(), buffers.lkey());
            }
            if (post(list) != now) {
                throw new CommandFailure("the device took " + list.first() + " of " + now + " receives: " + list.explain());
            }
            left -= now;
        }
    }
}
