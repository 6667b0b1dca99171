package dev.verbs.examples.perf;

import dev.verbs.QueuePair;
import dev.verbs.ReceiveRequests;
import dev.verbs.SharedReceiveQueue;
import dev.verbs.examples.CommandFailure;
import dev.verbs.examples.perf.Exchange.Cycle;

/** One queue pair's receives for messages of one size: the prepared list, and where the next one goes. One thread. */
final class ReceiveLane {
    private final QueuePair qp;
    private final SharedReceiveQueue srq;
    private final ReceiveRequests list;
    private final int number;
    private final int listLength;
    private final long length;
    private final long target;
    private final long step;
    private final long cycle;
    private long offset;

    /**
     * Prepares the list.
     *
     * @param end    queue pairs and memory
     * @param number which queue pair; its requests carry it
     * @param size   bytes of a message
     */
    ReceiveLane(final PerfEnd end, final int number, final long size) {
        final PerfConfig config = end.config();
        final Cycle lines = end.buffers().cycle();
        this.qp = end.queuePair(number);
        this.srq = end.srq();
        this.number = number;
        this.listLength = config.traffic().receiveList();
        this.length = size + PerfBuffers.headroom(config.service());
        this.target = end.buffers().targetAddress(number);
        this.step = lines.step(length);
        this.cycle = config.tool().isLatency() ? step : lines.slots(length) * step;
        this.list = ReceiveRequests.allocate(end.arena(), listLength, 1);
        for (int i = 0; i < listLength; i++) {
            list.receive(number, next(), length, end.buffers().region(number).lkey());
        }
        offset = 0;
    }

    /** Like C, neighbouring receives are different lines of a page. */
    private long next() {
        final long now = offset;
        offset = now + step < cycle ? now + step : 0;
        return target + now;
    }

    /** Posts one more list. */
    void post() {
        list.rewind();
        if (cycle > step && listLength == 1) {
            list.patch(0, number, next(), length);
        }
        if (srq == null) {
            if (qp.postReceive(list) != listLength) {
                throw Watch.refused("ibv_post_recv", qp, list);
            }
        } else if (srq.postReceive(list) != listLength) {
            throw new CommandFailure("ibv_post_srq_recv refused request " + list.first() + ": " + srq.explain(list));
        }
    }
}
