package dev.verbs.soft;

import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.EventType;
import dev.verbs.VerbsException;
import dev.verbs.WcDescriptor;
import dev.verbs.WcStatus;
import dev.verbs.WorkCompletions;
import dev.verbs.spi.AbstractCompletionQueue;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * A ring of {@code ibv_wc} off heap, written by the threads that execute requests (under the lock), read by the one poller.
 *
 * <p>Beside each completion stands what polling it gives back: the queue pair and its position in the send or receive queue.
 * Completions of a queue pair that was reset or closed meanwhile are dropped when the poller comes to them.
 */
final class SoftCompletionQueue extends AbstractCompletionQueue {
    private static final int SUCCESS = WcStatus.SUCCESS.code();
    private static final long STRIDE = WcDescriptor.SIZE;
    private static final int DISARMED = 0;
    private static final int SOLICITED = 1;
    private static final int NEXT = 2;
    private static final VarHandle TAIL;
    private static final VarHandle HEAD;

    static {
        try {
            final MethodHandles.Lookup lookup = MethodHandles.lookup();
            TAIL = lookup.findVarHandle(SoftCompletionQueue.class, "tail", long.class);
            HEAD = lookup.findVarHandle(SoftCompletionQueue.class, "head", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final SoftContext context;
    private final SoftCompletionChannel channel;
    private final SoftFabric fabric;
    private final int capacity;
    private final int mask;
    private final MemorySegment ring;
    /** Whom a completion belongs to, and {@code position << 1}, plus 1 for receives; published with the completion. */
    private final SoftQueuePair[] owners;
    private final long[] retired;
    private final SpinLock lock = new SpinLock();
    /** Written under the lock, with release. */
    private long tail;
    /** Written by the poller, with release. */
    private long head;
    /** Under the lock. */
    private int armed;
    /** Set once under the lock: a completion was lost. */
    private volatile boolean failed;

    SoftCompletionQueue(final SoftContext context, final SoftCompletionChannel channel, final int entries) {
        super(channel == null ? new dev.verbs.spi.AbstractResource[] {context}
            : new dev.verbs.spi.AbstractResource[] {context, channel});
        this.context = context;
        this.channel = channel;
        this.fabric = context.fabric();
        final int slots = Integer.highestOneBit(entries) << 1;
        this.capacity = slots - 1;
        this.mask = slots - 1;
        this.ring = Arena.ofAuto().allocate(STRIDE * slots, 64);
        this.owners = new SoftQueuePair[slots];
        this.retired = new long[slots];
    }

    @Override
    public Context context() {
        return context;
    }

    @Override
    public int capacity() {
        return capacity;
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
            return -1;
        }
        fabric.drive();
        while (true) {
            final int count = (int)Math.min(completions.capacity(), (long)TAIL.getAcquire(this) - head); // pairs with push
            if (count <= 0) {
                return failed ? -1 : 0;
            }
            final int kept = take(completions, count);
            if (kept > 0) {
                return kept;
            }
        }
    }

    /** Moves the oldest completions out; returns how many are left when those of earlier lives are dropped. */
    private int take(final WorkCompletions completions, final int count) {
        final long from = head;
        final int first = (int)from & mask;
        final int straight = Math.min(count, mask + 1 - first);
        final MemorySegment target = completions.segment();
        MemorySegment.copy(ring, first * STRIDE, target, 0, straight * STRIDE);
        if (straight < count) {
            MemorySegment.copy(ring, 0, target, straight * STRIDE, (count - straight) * STRIDE);
        }
        int kept = 0;
        for (int i = 0; i < count; i++) {
            final int slot = (int)(from + i) & mask;
            if (owners[slot].retire(retired[slot])) {
                if (kept < i) {
                    MemorySegment.copy(target, i * STRIDE, target, kept * STRIDE, STRIDE);
                }
                kept++;
            }
        }
        HEAD.setRelease(this, from + count); // pairs with push: the slots may be overwritten
        return kept;
    }

    /**
     * Appends a completion; by the thread that executes the request.
     *
     * @return false if it was lost: the queue is full, and in error from now on
     */
    boolean push(final SoftQueuePair owner, final long position, final long wrId, final int status, final int opcode,
        final long length, final int flags, final int immediate, final boolean solicited) {
        return push(owner, position, wrId, status, opcode, length, flags, immediate, solicited, 0, 0);
    }

    /** The same, of a datagram: whose it was, on which service level. */
    boolean push(final SoftQueuePair owner, final long position, final long wrId, final int status, final int opcode,
        final long length, final int flags, final int immediate, final boolean solicited, final int sourceQp,
        final int serviceLevel) {
        lock.lock();
        try {
            final long at = tail;
            if (failed || at - (long)HEAD.getAcquire(this) >= capacity) { // pairs with pollDevice
                overflow();
                return false;
            }
            final int slot = (int)at & mask;
            final long offset = slot * STRIDE;
            WcDescriptor.wrId(ring, offset, wrId);
            WcDescriptor.status(ring, offset, status);
            WcDescriptor.opcode(ring, offset, opcode);
            WcDescriptor.vendorError(ring, offset, 0);
            WcDescriptor.byteLength(ring, offset, (int)length);
            WcDescriptor.immediate(ring, offset, immediate);
            WcDescriptor.qpNumber(ring, offset, owner.number());
            WcDescriptor.sourceQp(ring, offset, sourceQp);
            WcDescriptor.serviceLevel(ring, offset, serviceLevel);
            WcDescriptor.flags(ring, offset, flags);
            owners[slot] = owner;
            retired[slot] = position;
            TAIL.setRelease(this, at + 1); // pairs with pollDevice
            if (armed != DISARMED && (armed == NEXT || solicited || status != SUCCESS)) {
                armed = DISARMED;
                channel.announce(this);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void overflow() {
        if (!failed) {
            failed = true;
            context.events().raise(EventType.CQ_ERR, this);
            fabric.failQueue(this);
            if (armed != DISARMED) {
                armed = DISARMED;
                channel.announce(this);
            }
        }
    }

    @Override
    public String describe() {
        return "CQ of " + capacity + " entries";
    }

    @Override
    protected void releaseDevice() {
        if (channel != null) {
            channel.forget(this);
        }
        context.events().forget(this);
        for (long at = head; at != tail; at++) { // only where the queue has failed: it could not be drained
            final int slot = (int)at & mask;
            owners[slot].retire(retired[slot]);
        }
        Arrays.fill(owners, null);
    }
}
