package dev.verbs.soft;

import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.EventType;
import dev.verbs.VerbsException;
import dev.verbs.WcDescriptor;
import dev.verbs.WcField;
import dev.verbs.WcStatus;
import dev.verbs.WorkCompletions;
import dev.verbs.spi.AbstractCompletionQueue;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/**
 * A ring of completions, written by the threads that execute requests (under the lock), read by the one poller.
 *
 * <p>Beside each completion stands what polling it gives back: the queue pair and its position in the send or receive queue.
 * Completions of a queue pair that was reset or closed meanwhile are dropped when the poller comes to them.
 */
class SoftCompletionQueue extends AbstractCompletionQueue {
    private static final int SUCCESS = WcStatus.SUCCESS.code();
    private static final long STRIDE = WcDescriptor.SIZE;
    /** Both values of struct ibv_moderate_cq have 16 bits. */
    private static final int MOST_MODERATE = 0xFFFF;
    private static final int DISARMED = 0;
    private static final int SOLICITED = 1;
    private static final int NEXT = 2;

    private final SoftContext context;
    private final SoftCompletionChannel channel;
    private final SoftFabric fabric;
    private final boolean ignoresOverrun;
    /** Replaced as a whole under the lock; the poller reads the tail before it. */
    private volatile CompletionRing ring;
    private final SpinLock lock = new SpinLock();
    /** Written under the lock. */
    private final SharedCounter tail = new SharedCounter();
    /** Written by the poller. */
    private final SharedCounter head = new SharedCounter();
    /** Where the head was when it was last looked at; under the lock. */
    private long knownHead;
    /** Under the lock. */
    private int armed;
    /** Set once under the lock: a completion was lost. */
    private volatile boolean failed;
    private final int number;
    /** Null if there is none. */
    private final Trace trace;
    /** Number of the reason why it failed, 0 if it did not; written before {@link #failed}. */
    private int failure;

    SoftCompletionQueue(final SoftContext context, final SoftCompletionChannel channel, final int entries, final Set<WcField> fields,
        final boolean timed, final boolean ignoresOverrun) {
        super(fields, channel == null ? new dev.verbs.spi.AbstractResource[] {context}
            : new dev.verbs.spi.AbstractResource[] {context, channel});
        this.context = context;
        this.channel = channel;
        this.fabric = context.fabric();
        this.ignoresOverrun = ignoresOverrun;
        this.ring = new CompletionRing(entries, timed);
        this.number = fabric.journal().nextCompletionQueue();
        this.trace = fabric.journal().trace();
    }

    @Override
    public String vendorReason(final int vendorError) {
        return fabric.journal().reason(vendorError);
    }

    /** Number of the reason why it failed, 0 if it did not. */
    int failure() {
        return failed ? failure : 0;
    }

    @Override
    public Context context() {
        return context;
    }

    @Override
    public int capacity() {
        return ring.capacity();
    }

    boolean hasFailed() {
        return failed;
    }

    @Override
    protected void arm(final boolean solicitedOnly) {
        if (channel == null) {
            throw new VerbsException("ibv_req_notify_cq", Errno.EINVAL, describe()
                + " was made without a completion channel: pass one to createCompletionQueue");
        }
        lock.lock();
        try {
            armed = solicitedOnly && armed != NEXT ? SOLICITED : NEXT;
        } finally {
            lock.unlock();
        }
    }

    @Override
    protected int pollDevice(final WorkCompletions completions) {
        if (failed) {
            return FAILED;
        }
        fabric.drive();
        while (true) {
            final int count = (int)Math.min(completions.capacity(), tail.get() - head.own()); // pairs with push
            if (count <= 0) {
                return failed ? FAILED : 0;
            }
            final int kept = take(ring, completions, count);
            if (kept > 0) {
                return kept;
            }
        }
    }

    /** Moves the oldest completions out; returns how many are left when those of earlier lives are dropped. */
    private int take(final CompletionRing from, final WorkCompletions completions, final int count) {
        final long first = head.own();
        final MemorySegment target = completions.image();
        int kept = 0;
        for (int i = 0; i < count; i++) {
            final long position = first + i;
            if (i + 1 < count ? from.retireBeforeNext(position) : from.retire(position)) {
                from.copy(position, target, kept * STRIDE);
                kept++;
            }
        }
        consumed(first + count);
        return kept;
    }

    private void consumed(final long next) {
        head.set(next); // pairs with push: the slots may be overwritten
    }

    /** Drops completions of earlier lives; the ring of the oldest one that is left, null if there is none. By the poller. */
    final CompletionRing front() {
        while (head.own() < tail.get()) { // pairs with push
            final CompletionRing now = ring;
            if (now.retire(head.own())) {
                return now;
            }
            consumed(head.own() + 1);
        }
        return null;
    }

    /** Where the oldest completion stands; by the poller. */
    final long frontPosition() {
        return head.own();
    }

    /** The oldest completion was read: it goes. By the poller. */
    final void dropFront() {
        consumed(head.own() + 1);
    }

    /** Lets the device go on; by the poller. */
    final void drive() {
        fabric.drive();
    }

    @Override
    protected void resizeDevice(final int entries) {
        final int most = context.host().device().attributes().maxCqe();
        if (entries < 1 || entries > most) {
            throw new VerbsException("ibv_resize_cq", Errno.EINVAL, entries + " entries are not in 1 .. max_cqe " + most);
        }
        context.host().requireInfiniBand("ibv_resize_cq", "completion queues that can be resized");
        final CompletionRing larger = new CompletionRing(entries, ring.isTimed());
        final long waiting;
        lock.lock();
        try {
            final long first = head.get(); // pairs with consumed
            final long end = tail.own();
            waiting = end - first;
            if (waiting <= larger.capacity()) {
                larger.take(ring, first, end);
                ring = larger;
                return;
            }
        } finally {
            lock.unlock();
        }
        throw new VerbsException("ibv_resize_cq", Errno.EINVAL, describe() + " cannot shrink to " + entries + " entries: " + waiting
            + " completions wait in it; poll them first");
    }

    @Override
    public void moderate(final int completions, final int periodUs) {
        requireOpen("ibv_modify_cq");
        if (completions < 0 || completions > MOST_MODERATE || periodUs < 0 || periodUs > MOST_MODERATE) {
            throw new VerbsException("ibv_modify_cq", Errno.EINVAL, completions + " completions in " + periodUs
                + " microseconds: both are from 0 to " + MOST_MODERATE);
        }
        throw new VerbsException("ibv_modify_cq", Errno.EOPNOTSUPP, "the software device announces in the thread that completes: there is "
            + "no interrupt to save");
    }

    /**
     * Appends a completion; by the thread that executes the request. The reason is the number of why it failed, 0 for success.
     *
     * @return false if it was lost: the queue is full, and in error from now on
     */
    boolean push(final SoftQueuePair owner, final long position, final long wrId, final int status, final int reason,
        final int opcode, final long length, final int flags, final int immediate, final boolean solicited) {
        return push(owner, position, wrId, status, reason, opcode, length, flags, immediate, solicited, 0, 0);
    }

    /** The same, of a datagram: whose it was, on which service level. */
    boolean push(final SoftQueuePair owner, final long position, final long wrId, final int status, final int reason,
        final int opcode, final long length, final int flags, final int immediate, final boolean solicited, final int sourceQp,
        final int serviceLevel) {
        lock.lock();
        try {
            final long at = tail.own();
            final CompletionRing now = ring;
            if (failed || isFull(at, now)) {
                if (trace != null) {
                    trace.overflowed(owner, this, (position & 1) != 0, wrId, status);
                }
                if (ignoresOverrun) {
                    return true; // the promise was broken: this completion is nobody's
                }
                overflow(owner, wrId);
                return false;
            }
            now.put(at, owner, position, wrId, status, reason, opcode, length, flags, immediate, sourceQp,
                serviceLevel, fabric);
            if (trace != null) {
                trace.completed(owner, this, (position & 1) != 0, wrId, status, reason, opcode, length);
            }
            tail.set(at + 1); // pairs with pollDevice
            if (armed != DISARMED && (armed == NEXT || solicited || status != SUCCESS)) {
                armed = DISARMED;
                channel.announce(this);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Looks at the poller's line only if the queue was full when it was looked at before. */
    private boolean isFull(final long at, final CompletionRing now) {
        if (at - knownHead >= now.capacity()) {
            knownHead = head.get(); // pairs with consumed
        }
        return at - knownHead >= now.capacity();
    }

    private void overflow(final SoftQueuePair owner, final long wrId) {
        if (!failed) {
            failure = fabric.journal().refuse(label() + " of " + ring.capacity() + " entries was full when wr_id " + wrId
                + " of QP " + owner.number() + " completed: it and all its queue pairs have failed");
            failed = true;
            context.events().raise(EventType.CQ_ERR, this);
            fabric.failQueue(this);
            if (armed != DISARMED) {
                armed = DISARMED;
                channel.announce(this);
            }
        }
    }

    /** What reasons and the trace call it. */
    final String label() {
        return "cq#" + number;
    }

    @Override
    public String describe() {
        final CompletionRing now = ring;
        return now == null ? "a CQ that is being made" : "CQ of " + now.capacity() + " entries";
    }

    @Override
    protected void releaseDevice() {
        if (channel != null) {
            channel.forget(this);
        }
        context.events().forget(this);
        for (long at = head.own(); at != tail.own(); at++) { // only where the queue has failed: it could not be drained
            ring.retire(at);
        }
        ring.forget();
    }
}
