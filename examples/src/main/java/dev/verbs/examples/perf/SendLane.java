package dev.verbs.examples.perf;

import dev.verbs.QueuePair;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.examples.perf.Exchange.Cycle;
import dev.verbs.examples.perf.PerfTool.Operation;

/**
 * One queue pair of a {@link Sender}: its prepared lists, what differs from one message to the next, and how far it is. All that a post
 * needs lies in one object. One thread.
 */
final class SendLane {
    private final QueuePair qp;
    /** One for each line of the buffers, used in turn; or one. */
    private final SendRequests[] lists;
    private final int number;
    private final int postList;
    private final int most;
    private final int moderation;
    private final boolean marks;
    private final int plainFlags;
    private final boolean patchesRemote;
    private final boolean patchesAtomic;
    private final long iterations;
    private final long size;
    private final long step;
    private final long cycle;
    private final long local;
    private final long remote;
    private final int rkey;
    private final long addend;
    private long sent;
    private long done;
    private int unsignaled;
    private int line;
    private long offset;

    /**
     * Prepares the lists.
     *
     * @param end     queue pairs
     * @param number  which one; its requests carry it
     * @param size    bytes of a message
     * @param traffic how many messages, and how
     */
    SendLane(final PerfEnd end, final int number, final long size, final PerfConfig.Traffic traffic) {
        final Cycle lines = end.buffers().cycle();
        final Operation operation = end.config().tool().operation();
        this.qp = end.queuePair(number);
        this.lists = end.requestsOfLines(number, size);
        this.number = number;
        this.postList = traffic.postList();
        this.most = traffic.txDepth() - postList + 1;
        this.moderation = traffic.cqModeration();
        this.marks = postList == 1 && moderation > 1;
        this.plainFlags = end.flags(size);
        this.patchesAtomic = operation == Operation.ATOMIC;
        this.patchesRemote = operation != Operation.SEND && !patchesAtomic;
        this.iterations = traffic.isTimed() ? Long.MAX_VALUE : traffic.iterations();
        this.size = size;
        this.step = lines.step(size);
        this.cycle = postList == 1 && lists.length == 1 ? lines.slots(size) * step : step;
        this.local = end.buffers().sendAddress(number);
        this.remote = end.peer(number).address();
        this.rkey = end.peer(number).rkey();
        this.addend = traffic.swap() ? 0 : PerfEnd.ATOMIC_ADD;
    }

    /** The first message that must not be posted now: the send queue has no room for it, or it is one too many. */
    private long limit() {
        return Math.min(iterations, done + most);
    }

    boolean hasRoom() {
        return sent < limit();
    }

    /** Posts all that there is room for; returns how many messages. A loop of its own: a post then has little to keep beside itself. */
    long fill() {
        final long from = sent;
        final long until = limit();
        while (sent < until) {
            post();
        }
        return sent - from;
    }

    /** Posts a list: the next message, or as many as it holds. */
    void post() {
        final SendRequests list = lists[line];
        final boolean marked = marks && mark();
        if (marked) {
            list.flags(0, plainFlags | SendFlags.SIGNALED);
        }
        Watch.post(qp, list);
        if (marked) {
            list.flags(0, plainFlags);
        }
        if (line + 1 < lists.length) {
            line++;
        } else {
            firstLine(list);
        }
        sent += postList;
    }

    /** Whether the next message asks for a completion. */
    private boolean mark() {
        if (++unsignaled == moderation) {
            unsignaled = 0;
            return true;
        }
        return sent == iterations - 1;
    }

    private void firstLine(final SendRequests list) {
        line = 0;
        if (cycle > step) {
            patch(list);
        }
    }

    /** There is one list for all lines of the buffers: it goes to the next one. */
    private void patch(final SendRequests list) {
        final long next = offset + step < cycle ? offset + step : 0;
        offset = next;
        if (patchesRemote) {
            list.patch(0, number, local + next, size, remote + next);
            return;
        }
        list.patch(0, number, local + next, size);
        if (patchesAtomic) {
            list.atomic(0, remote + next, rkey, addend, 0);
        }
    }

    /** A completion has come, which stands for so many messages. */
    void completed() {
        done += moderation;
    }
}
