package dev.verbs.spi;

import dev.verbs.CompletionError;
import dev.verbs.CompletionQueue;
import dev.verbs.WcDescriptor;
import dev.verbs.WcField;
import dev.verbs.WcOpcode;
import dev.verbs.WcStatus;
import dev.verbs.WorkCompletions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/** What completion queues of every provider share: completions are credited to their queue pairs as they are polled. */
public abstract class AbstractCompletionQueue extends AbstractResource implements CompletionQueue {
    private static final int SUCCESS = WcStatus.SUCCESS.code();
    private static final int RECV = WcOpcode.RECV.code();
    /** Completions taken at a time from a queue that is closed. */
    private static final int DRAINED = 16;

    /** Null where the queue is not an extended one. */
    private final PollBatch batch;
    private final Gate polling = new Gate("poll");
    private final Gate arming = new Gate("requestNotification");
    /** Replaced as a whole when queue pairs come and go (under this object's lock); read by the poller. */
    private volatile QueuePairTable queuePairs = QueuePairTable.EMPTY;
    /** Grows when a queue pair was reset or closed whose completions may still be here; written under this object's lock. */
    private volatile long staleMark;
    /** The mark after which the queue was seen empty; written by the poller. */
    private long settledMark;

    /**
     * A queue that depends on its context and, if it has one, its channel.
     *
     * @param fields  what completions of an extended queue carry, null for any other queue
     * @param parents what it depends on
     */
    @SuppressWarnings("this-escape") // a batch only names its queue
    protected AbstractCompletionQueue(final Set<WcField> fields, final AbstractResource... parents) {
        super(parents);
        this.batch = fields == null ? null : new PollBatch(this, fields);
    }

    @Override
    public final int poll(final WorkCompletions completions) {
        final Gate gate = polling;
        if (!gate.enter(this)) {
            completions.size(0);
            return CLOSED;
        }
        try {
            return take(completions);
        } finally {
            gate.leave();
        }
    }

    @Override
    public final int poll(final WorkCompletions completions, final int attempts) {
        final Gate gate = polling;
        if (!gate.enter(this)) {
            completions.size(0);
            return CLOSED;
        }
        try {
            return take(completions, attempts);
        } finally {
            gate.leave();
        }
    }

    /** Keeps it from being closed until {@link #leavePoll}, for what is not {@link #poll(WorkCompletions)}. False if it is closed. */
    final boolean enterPoll() {
        return polling.enter(this);
    }

    /** The device was left. */
    final void leavePoll() {
        polling.leave();
    }

    /** Its batches, null where it is not an extended queue. */
    final PollBatch batch() {
        return batch;
    }

    private int take(final WorkCompletions completions) {
        if (isInBatch()) {
            return misused(completions);
        }
        completions.requireMemory();
        final long mark = staleMark;
        return taken(completions, mark, pollDevice(completions));
    }

    private int take(final WorkCompletions completions, final int attempts) {
        if (isInBatch()) {
            return misused(completions);
        }
        completions.requireMemory();
        final long mark = staleMark; // of before the first attempt: if the last finds nothing, nothing of then is left
        int count = pollDevice(completions);
        for (int left = attempts; count == 0 && left > 1; left--) {
            count = pollDevice(completions);
        }
        return taken(completions, mark, count);
    }

    private boolean isInBatch() {
        return batch != null && batch.isOpen();
    }

    private int misused(final WorkCompletions completions) {
        completions.size(0);
        completions.origin(this);
        return MISUSED;
    }

    /**
     * Credits what the device gave.
     *
     * @param mark  of before the poll
     * @param count completions, negative if it failed
     */
    private int taken(final WorkCompletions completions, final long mark, final int count) {
        completions.filled(this, count);
        if (count > 1 && creditSole(mark, completions, count)) {
            completions.allSucceeded(true);
        } else if (count > 0 && !creditAll(completions, count)) {
            completions.allSucceeded(false);
        }
        if (count < completions.capacity()) {
            if (count < 0) {
                return FAILED;
            }
            settle(mark);
        }
        return count;
    }

    /**
     * Credits what a poll found where there is only one queue pair, and nothing of another or of a life before a reset can be here: then
     * successes need to be counted, not to be looked at. False if there is more to see.
     *
     * @param mark of before the poll
     */
    private boolean creditSole(final long mark, final WorkCompletions completions, final int count) {
        final AbstractQueuePair qp = queuePairs.sole();
        if (qp == null || mark != settledMark || mark != staleMark) { // in this order: see detach
            return false;
        }
        final QueuePairWork work = qp.work();
        final boolean sends = work.onlySendsIn(this);
        if (!sends && !work.onlyReceivesIn(this)) {
            return false;
        }
        if (!completions.succeeded(count)) {
            return false;
        }
        work.succeeded(!sends, count);
        return true;
    }

    /** Credits what a poll found: the successes of one queue pair and one kind that it begins with all at once. False if there is more. */
    private boolean creditAll(final WorkCompletions completions, final int count) {
        final MemorySegment segment = image(completions);
        final long from = imageOffset(completions);
        final int number = WcDescriptor.qpNumber(segment, from);
        final boolean receive = WcDescriptor.opcode(segment, from) >= RECV;
        final AbstractQueuePair qp = queuePairs.findQuickly(number);
        if (WcDescriptor.status(segment, from) != SUCCESS || qp == null || !qp.work().isSound(this, receive)) {
            credit(segment, from, count);
            return false;
        }
        final int alike = count == 1 ? 1 : alike(completions, count, number, receive);
        qp.work().succeeded(receive, alike);
        if (alike == count) {
            return true;
        }
        credit(segment, from + alike * WcDescriptor.SIZE, count - alike);
        return false;
    }

    /** How many successes of one queue pair and one kind an array begins with; the first one is. */
    private int alike(final WorkCompletions completions, final int count, final int number, final boolean receive) {
        final MemorySegment segment = image(completions);
        final long from = imageOffset(completions);
        int alike = 1;
        while (alike < count) {
            final long at = from + alike * WcDescriptor.SIZE;
            if (WcDescriptor.status(segment, at) != SUCCESS || WcDescriptor.qpNumber(segment, at) != number
                || WcDescriptor.opcode(segment, at) >= RECV != receive) {
                break;
            }
            alike++;
        }
        return alike;
    }

    /**
     * What completions that were just polled are read from, on the hot path.
     *
     * @param completions what {@link #pollDevice} has filled
     * @return a segment that they lie in
     */
    protected MemorySegment image(final WorkCompletions completions) {
        return completions.image();
    }

    /**
     * Where the first of them lies.
     *
     * @param completions what {@link #pollDevice} has filled
     * @return offset in {@link #image}, in bytes
     */
    protected long imageOffset(final WorkCompletions completions) {
        return 0;
    }

    /**
     * Gives completions that were taken back to their queue pairs; by the poller.
     *
     * @param segment an array of {@code struct ibv_wc}: status, qp_num, and opcode on success or wr_id and vendor_err on failure
     * @param from    where the first one starts, in bytes
     * @param count   how many
     */
    final void credit(final MemorySegment segment, final long from, final int count) {
        final QueuePairTable table = queuePairs;
        int number = -1;
        AbstractQueuePair qp = null;
        SharedReceiveTracker shared = null; // of the last receives, with their count: one atomic addition for all of them
        int received = 0;
        for (int i = 0; i < count; i++) {
            final long at = from + i * WcDescriptor.SIZE;
            final int next = WcDescriptor.qpNumber(segment, at);
            if (next != number) {
                number = next;
                qp = table.find(next);
            }
            if (qp == null) {
                continue;
            }
            final int status = WcDescriptor.status(segment, at);
            final boolean success = status == SUCCESS;
            final boolean receive = WcDescriptor.opcode(segment, at) >= RECV;
            final SharedReceiveTracker tracker = success && receive ? qp.work().sharedReceives() : null;
            if (tracker == null) {
                if (qp.work().completed(this, success, receive) && !success) {
                    qp.failed(WcDescriptor.wrId(segment, at), status, WcDescriptor.vendorError(segment, at),
                        WcDescriptor.opcode(segment, at));
                }
                continue;
            }
            if (tracker != shared && received > 0) {
                shared.completed(received);
                received = 0;
            }
            shared = tracker;
            received++;
        }
        if (received > 0) {
            shared.completed(received);
        }
    }

    @Override
    public final CompletionError firstError(final int qpNumber) {
        final AbstractQueuePair qp = queuePairs.find(qpNumber);
        return qp == null ? null : qp.firstError();
    }

    /**
     * Takes completions from the device.
     *
     * @param completions filled from index 0
     * @return completions taken, negative if the device failed
     */
    protected abstract int pollDevice(WorkCompletions completions);

    /**
     * The mark to hand to {@link #settle} if a poll that begins now finds nothing; by the poller.
     *
     * @return the mark
     */
    protected final long mark() {
        return staleMark;
    }

    /**
     * The queue was seen empty; by the poller.
     *
     * @param mark of before it was looked at
     */
    protected final void settle(final long mark) {
        if (mark != settledMark) {
            settledMark = mark;
            queuePairs.settle(this, mark);
        }
    }

    /** A queue pair was reset: that many completions may be here which belong to its old life. */
    final synchronized void holdsStale(final StaleCompletions completions, final long count) {
        completions.owe(count, staleMark + 1);
        staleMark++;
    }

    final synchronized void attach(final AbstractQueuePair qp) {
        queuePairs = queuePairs.with(qp);
    }

    /** One that drew from a shared queue is remembered until no receive of its can be here: they were taken from that queue. */
    final synchronized void detach(final AbstractQueuePair qp) {
        if (qp.work().drawsInto(this)) {
            qp.work().closedAt(staleMark + 1);
            staleMark++;
        } else {
            staleMark++; // its completions may be here; before creditSole takes another for the only one
            queuePairs = queuePairs.without(qp);
        }
    }

    @Override
    public final synchronized void resize(final int entries) {
        requireOpen("ibv_resize_cq");
        requireEnded("ibv_resize_cq");
        if (batch == null) {
            resizeDevice(entries);
        } else {
            resizeBetweenBatches(entries);
        }
    }

    /** No batch begins meanwhile: so the device's lock is free, and nobody waits for a batch with this object's lock in hand. */
    private void resizeBetweenBatches(final int entries) {
        polling.pause();
        try {
            GlobalFence.execute();
            polling.awaitEmpty();
            requireEnded("ibv_resize_cq");
            resizeDevice(entries);
        } finally {
            polling.open();
        }
    }

    /**
     * Changes its size on the device; under this object's lock.
     *
     * @param entries completions that it shall hold
     */
    protected abstract void resizeDevice(int entries);

    private void requireEnded(final String verb) {
        if (batch != null) {
            batch.requireEnded(verb);
        }
    }

    /** Refuses to change or close a queue pair of this queue within a batch of the calling thread: EBUSY. */
    final void requireNotPolling(final String verb, final AbstractQueuePair qp) {
        if (batch != null) {
            batch.requireNotMine(verb, qp.describe());
        }
    }

    @Override
    protected final void checkIdle() {
        requireEnded(closeVerb());
    }

    /** Nobody begins a batch any more; one that began since {@link #checkIdle} keeps the queue open. */
    @Override
    protected final void release() {
        requireEnded(closeVerb());
        if (!queuePairs.isEmpty()) {
            drain();
        }
        releaseDevice();
    }

    /** What is still here is of queue pairs that are closed: the receives that they took give back to their shared queues. */
    private void drain() {
        try (Arena arena = Arena.ofConfined()) {
            final WorkCompletions completions = WorkCompletions.allocate(arena, DRAINED);
            int count = pollDevice(completions);
            while (count > 0) {
                credit(completions.image(), 0, count);
                count = pollDevice(completions);
            }
        }
    }

    @Override
    public final void requestNotification(final boolean solicitedOnly) {
        if (!arming.enter(this)) {
            throw closed("ibv_req_notify_cq");
        }
        try {
            arm(solicitedOnly);
        } finally {
            arming.leave();
        }
    }

    /**
     * Asks the device for one announcement.
     *
     * @param solicitedOnly only for solicited completions and errors
     */
    protected abstract void arm(boolean solicitedOnly);

    @Override
    final void shut() {
        polling.shut();
        arming.shut();
        GlobalFence.execute();
        polling.awaitEmpty();
        arming.awaitEmpty();
    }

    @Override
    final void reopen() {
        polling.open();
        arming.open();
    }

    /** Destroys the queue on the device. */
    protected abstract void releaseDevice();

    @Override
    protected final String closeVerb() {
        return "ibv_destroy_cq";
    }
}
