package dev.verbs.examples.pingpong;

import dev.verbs.ReceiveRequests;
import dev.verbs.SharedReceiveQueue;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The receives that all queue pairs of an end draw from. Which queue pair's message takes which receive is not known before,
 * and an answer may still be on its way when later messages have come: each receive has a slot of its own.
 *
 * <pre>
 *   free ──post──► posted ──take──► received, one per queue pair ──answer──► sending, one per queue pair ──sent──► free
 *                                        └──drop──► free
 * </pre>
 */
final class SharedReceives extends PingPongReceives {
    private static final int NONE = -1;

    private final SharedReceiveQueue srq;
    private final int depth;
    private final boolean spoils;
    private final int[] free;
    private final int[] received;
    private final int[] sending;
    private int freeCount;
    private int outstanding;

    SharedReceives(final SharedReceiveQueue srq, final PingPongBuffers buffers, final ReceiveRequests list,
        final PingPongConfig config) {
        super(buffers, list);
        this.srq = srq;
        this.depth = config.receiveDepth();
        this.spoils = config.validate();
        this.free = new int[buffers.slots()];
        this.received = new int[config.queuePairs()];
        this.sending = new int[config.queuePairs()];
        Arrays.fill(received, NONE);
        Arrays.fill(sending, NONE);
        for (int slot = buffers.slots() - 1; slot >= 0; slot--) {
            free[freeCount++] = slot;
        }
        fill();
    }

    /** Slots that suffice: all receives posted, and each queue pair with a message to answer and an answer on its way. */
    static int slots(final PingPongConfig config) {
        return config.receiveDepth() + 2 * config.queuePairs();
    }

    private void fill() {
        final int missing = depth - outstanding;
        postReceives(missing);
        outstanding += missing;
    }

    @Override
    int nextSlot() {
        final int slot = free[--freeCount];
        if (spoils) {
            MessageCheck.spoil(buffers.message(slot));
        }
        return slot;
    }

    @Override
    int post(final ReceiveRequests requests) {
        return srq.postReceive(requests);
    }

    @Override
    MemorySegment take(final int line, final long wrId) {
        final int slot = (int)(wrId >>> SLOT_SHIFT);
        received[line] = slot;
        outstanding--;
        if (outstanding <= received.length) {
            fill();
        }
        return buffers.message(slot);
    }

    @Override
    MemorySegment answer(final int line) {
        sending[line] = received[line];
        received[line] = NONE;
        return buffers.message(sending[line]);
    }

    @Override
    void drop(final int line) {
        free[freeCount++] = received[line];
        received[line] = NONE;
    }

    @Override
    void sent(final int line) {
        if (sending[line] != NONE) {
            free[freeCount++] = sending[line];
            sending[line] = NONE;
        }
    }
}
