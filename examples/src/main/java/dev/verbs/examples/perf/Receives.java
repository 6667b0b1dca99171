package dev.verbs.examples.perf;

import dev.verbs.QueuePair;
import dev.verbs.ReceiveRequests;
import dev.verbs.SharedReceiveQueue;
import dev.verbs.examples.CommandFailure;
import dev.verbs.examples.perf.Exchange.Cycle;

/** Receives of one end for messages of one size, a list at a time. One thread. */
final class Receives {
    private final PerfEnd end;
    private final SharedReceiveQueue srq;
    private final ReceiveRequests[] lists;
    private final int listLength;
    private final long length;
    private final long step;
    private final int slots;
    private final int[] slot;
    private final long[] targets;
    private long posted;

    /**
     * Prepares the lists.
     *
     * @param end  queue pairs and memory
     * @param size bytes of a message
     */
    Receives(final PerfEnd end, final long size) {
        final PerfConfig.Traffic traffic = end.config().traffic();
        this.end = end;
        this.srq = end.srq();
        this.listLength = traffic.receiveList();
        this.length = size + PerfBuffers.headroom(end.config().service());
        final Cycle cycle = end.buffers().cycle();
        this.step = cycle.step(length);
        this.slots = end.config().tool().isLatency() ? 1 : cycle.slots(length);
        this.lists = new ReceiveRequests[traffic.queuePairs()];
        this.slot = new int[traffic.queuePairs()];
        this.targets = new long[traffic.queuePairs()];
        for (int i = 0; i < lists.length; i++) {
            targets[i] = end.buffers().targetAddress(i);
            lists[i] = ReceiveRequests.allocate(end.arena(), listLength, 1);
            prepare(i);
        }
    }

    private void prepare(final int queuePair) {
        final ReceiveRequests list = lists[queuePair].clear();
        for (int j = 0; j < listLength; j++) {
            add(list, queuePair);
        }
        slot[queuePair] = 0;
    }

    /** Like C, neighbouring receives are different lines of a page. */
    private void add(final ReceiveRequests list, final int queuePair) {
        list.receive(queuePair, nextSlot(queuePair), length, end.buffers().region(queuePair).lkey());
    }

    private long nextSlot(final int queuePair) {
        final int now = slot[queuePair];
        slot[queuePair] = now + 1 < slots ? now + 1 : 0;
        return targets[queuePair] + now * step;
    }

    /** Posts as many as the depth allows, on each queue pair. */
    void fill() {
        final PerfConfig.Traffic traffic = end.config().traffic();
        final int each = traffic.rxDepth() / listLength / (srq == null ? 1 : traffic.queuePairs());
        for (int i = 0; i < lists.length; i++) {
            for (int j = 0; j < each; j++) {
                again(i);
            }
        }
        posted = (long)each * listLength;
    }

    /** How many were posted on each queue pair at the beginning. */
    long posted() {
        return posted;
    }

    /** Posts one more list. */
    void again(final int queuePair) {
        final ReceiveRequests list = lists[queuePair];
        list.rewind();
        if (slots > 1 && listLength == 1) {
            list.patch(0, queuePair, nextSlot(queuePair), length);
        }
        if (srq == null) {
            final QueuePair qp = end.queuePair(queuePair);
            if (qp.postReceive(list) != listLength) {
                throw Watch.refused("ibv_post_recv", qp, list);
            }
        } else if (srq.postReceive(list) != listLength) {
            throw new CommandFailure("ibv_post_srq_recv refused request " + list.first() + ": " + srq.explain(list));
        }
    }
}
