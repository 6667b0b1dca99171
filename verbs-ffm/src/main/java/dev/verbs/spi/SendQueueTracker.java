package dev.verbs.spi;

import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.SendWrDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts what a send queue has in flight. The completion of a signalled request reclaims every request before it, so the
 * position of each signalled request is kept until its completion is polled.
 *
 * <p>Written by the poster: {@code posted}, {@code signalled}, {@code positions}. Written by the poller: {@code reclaimed},
 * {@code reclaimedSignalled}. The poster publishes with release before it hands the list to the device; the poller reads with
 * acquire.
 */
final class SendQueueTracker {
    private static final VarHandle SIGNALLED;
    private static final VarHandle RECLAIMED_SIGNALLED;

    static {
        try {
            final MethodHandles.Lookup lookup = MethodHandles.lookup();
            SIGNALLED = lookup.findVarHandle(SendQueueTracker.class, "signalled", long.class);
            RECLAIMED_SIGNALLED = lookup.findVarHandle(SendQueueTracker.class, "reclaimedSignalled", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long[] positions;
    private final boolean signalAll;
    private volatile long posted;
    private long signalled;
    private volatile long reclaimed;
    private long reclaimedSignalled;

    /** Room for every signalled request whose completion may wait: in the send queue, and in the completion queue. */
    SendQueueTracker(final int outstanding, final boolean signalAll) {
        this.positions = new long[Integer.highestOneBit(Math.max(1, outstanding)) * 2];
        this.signalAll = signalAll;
    }

    /** Records the chain from the list's first remaining request, before it is posted; returns how many there are. */
    int record(final SendRequests requests) {
        final MemorySegment segment = requests.segment();
        final int most = requests.remaining();
        long at = requests.offset(requests.first());
        long position = posted;
        long marks = signalled;
        int count = 0;
        while (true) {
            position++;
            count++;
            if (signalAll || (SendWrDescriptor.sendFlags(segment, at) & SendFlags.SIGNALED) != 0) {
                positions[(int)marks & (positions.length - 1)] = position;
                marks++;
            }
            final int next = count == most ? -1 : requests.indexOf(SendWrDescriptor.next(segment, at));
            if (next < 0) {
                break;
            }
            at = requests.offset(next);
        }
        posted = position;
        SIGNALLED.setRelease(this, marks); // pairs with getAcquire in completed
        return count;
    }

    /** Takes back the last {@code count} recorded requests: the device did not accept them. */
    void takeBack(final int count) {
        final long accepted = posted - count;
        long marks = signalled;
        while (marks > 0 && positions[(int)(marks - 1) & (positions.length - 1)] > accepted) {
            marks--;
        }
        SIGNALLED.setRelease(this, marks);
        posted = accepted;
    }

    /** A signalled request completed; by the poller. */
    void completed() {
        final long next = reclaimedSignalled;
        if (next < (long)SIGNALLED.getAcquire(this)) { // pairs with setRelease in record
            reclaimed = positions[(int)next & (positions.length - 1)];
            RECLAIMED_SIGNALLED.setOpaque(this, next + 1);
        }
    }

    long inFlight() {
        return posted - reclaimed;
    }

    /** After a reset of the queue pair: nothing is in flight. */
    void clear() {
        reclaimed = posted;
        RECLAIMED_SIGNALLED.setOpaque(this, signalled);
    }
}
