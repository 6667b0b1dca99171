package dev.verbs.spi;

import java.util.stream.Stream;

/** Queue pairs by number: an immutable open-addressing table, so that the poller needs no lock. */
final class QueuePairTable {
    static final QueuePairTable EMPTY = new QueuePairTable(new AbstractQueuePair[0]);

    private final AbstractQueuePair[] all;
    private final AbstractQueuePair[] slots;
    /** The last one that came: on a queue of few the one that is looked for. Null if there is none. */
    private final AbstractQueuePair last;
    private final int lastNumber;
    private final AbstractQueuePair sole;

    private QueuePairTable(final AbstractQueuePair[] all) {
        this.all = all;
        this.slots = new AbstractQueuePair[Integer.highestOneBit(Math.max(1, all.length)) * 4];
        this.last = all.length == 0 ? null : all[all.length - 1];
        this.lastNumber = last == null ? 0 : last.number();
        this.sole = all.length == 1 ? last : null;
        for (final AbstractQueuePair qp : all) {
            int slot = slot(qp.number());
            while (slots[slot] != null) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = qp;
        }
    }

    boolean isEmpty() {
        return all.length == 0;
    }

    /** The only one; null if there are more or none. */
    AbstractQueuePair sole() {
        return sole;
    }

    /** The same as {@link #find}, for the hot path. */
    AbstractQueuePair findQuickly(final int number) {
        return number == lastNumber ? last : find(number);
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

    /** A completion queue was empty after a mark: no queue pair has completions from before that in it. */
    void settle(final AbstractCompletionQueue queue, final long mark) {
        for (final AbstractQueuePair qp : all) {
            qp.work().settle(queue, mark);
        }
    }

    /** With one more, and without those that are closed and settled, or whose number it has now. */
    QueuePairTable with(final AbstractQueuePair qp) {
        return new QueuePairTable(Stream.concat(
            Stream.of(all).filter(other -> !other.work().isGone() && other.number() != qp.number()), Stream.of(qp))
            .toArray(AbstractQueuePair[]::new));
    }

    QueuePairTable without(final AbstractQueuePair qp) {
        return new QueuePairTable(Stream.of(all).filter(other -> !other.work().isGone() && other != qp)
            .toArray(AbstractQueuePair[]::new));
    }

    private int slot(final int number) {
        return (number * 0x9E3779B9 >>> 8) & (slots.length - 1);
    }
}
