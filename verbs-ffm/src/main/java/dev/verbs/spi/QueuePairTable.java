package dev.verbs.spi;

import java.util.Arrays;
import java.util.stream.Stream;

/** Queue pairs by number: an immutable open-addressing table, so that the poller needs no lock. */
final class QueuePairTable {
    static final QueuePairTable EMPTY = new QueuePairTable(new AbstractQueuePair[0]);

    private final AbstractQueuePair[] all;
    private final AbstractQueuePair[] slots;

    private QueuePairTable(final AbstractQueuePair[] all) {
        this.all = all;
        this.slots = new AbstractQueuePair[Integer.highestOneBit(Math.max(1, all.length)) * 4];
        for (final AbstractQueuePair qp : all) {
            int slot = slot(qp.number());
            while (slots[slot] != null) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = qp;
        }
    }

    AbstractQueuePair find(final int number) {
        int slot = slot(number);
        AbstractQueuePair qp = slots[slot];
        while (qp != null && qp.number() != number) {
            slot = (slot + 1) & (slots.length - 1);
            qp = slots[slot];
        }
        return qp;
    }

    /** A completion queue is empty: no queue pair has old completions in it. */
    void settle(final AbstractCompletionQueue queue) {
        for (final AbstractQueuePair qp : all) {
            qp.settle(queue);
        }
    }

    QueuePairTable with(final AbstractQueuePair qp) {
        final AbstractQueuePair[] more = Arrays.copyOf(all, all.length + 1);
        more[all.length] = qp;
        return new QueuePairTable(more);
    }

    QueuePairTable without(final AbstractQueuePair qp) {
        return new QueuePairTable(Stream.of(all).filter(other -> other != qp).toArray(AbstractQueuePair[]::new));
    }

    private int slot(final int number) {
        return (number * 0x9E3779B9 >>> 8) & (slots.length - 1);
    }
}
