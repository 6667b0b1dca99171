package dev.verbs.spi;

import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.SendWrDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts what a send queue has in flight. The completion of a signalled request reclaims every request before it. While every request
 * is signalled, the n-th completion reclaims n of them, and nothing else needs to be known: the tracker is <i>dense</i>. Else the
 * position of each signalled request is kept until its completion is polled.
 *
 * <pre>
 *   dense: position of mark m = m + offset ──── a list with unsignalled requests ───► positions[m]
 *                     ▲                                                                    │
 *                     └──── a list that is all signalled, while no completion is awaited ──┘
 * </pre>
 *
 * <p>The poster writes {@code posted}, {@code signalled} and how positions are known, and publishes before it hands the list to the
 * device; the poller writes {@code reclaimed} and {@code reclaimedSignalled}.
 */
final class SendQueueTracker {
    private static final VarHandle POSTED;
    private static final VarHandle SIGNALLED;
    private static final VarHandle RECLAIMED;
    private static final VarHandle RECLAIMED_SIGNALLED;
    private static final VarHandle POSITIONS;

    static {
        try {
            final MethodHandles.Lookup lookup = MethodHandles.lookup();
            POSTED = lookup.findVarHandle(SendQueueTracker.class, "posted", long.class);
            SIGNALLED = lookup.findVarHandle(SendQueueTracker.class, "signalled", long.class);
            RECLAIMED = lookup.findVarHandle(SendQueueTracker.class, "reclaimed", long.class);
            RECLAIMED_SIGNALLED = lookup.findVarHandle(SendQueueTracker.class, "reclaimedSignalled", long.class);
            POSITIONS = lookup.findVarHandle(SendQueueTracker.class, "positions", long[].class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int outstanding;
    private final boolean signalAll;
    /** By the poster; released after what it describes, and acquired by the poller. */
    private long posted;
    private long signalled;
    /** By the poster: position of a mark minus the mark, while {@link #positions} is null. Changes only while no mark is awaited. */
    private long offset;
    /**
     * Null while dense. By the poster; published by its own release, filled before, and by the release of {@code signalled}. Replaced by a
     * larger one when a list could overrun it: the poller may go on with the old one, whose marks stay right.
     */
    private long[] positions;
    /** By the poster: what {@link #positions} was last, to be used again. */
    private long[] spare;
    /** By the poller. */
    private long reclaimed;
    private long reclaimedSignalled;
    /** Where the queue pair went on from SQE, until a success proves it to the poller. */
    private volatile Position goneOn;

    /** So many requests, so many of them signalled. */
    private record Position(long posted, long signalled) {
    }

    /**
     * Once not all are signalled, room for what is usually outstanding; it grows where a device takes more before the completions are
     * polled, or for a longer list. Not for all that a completion queue may hold: many queue pairs share one.
     */
    SendQueueTracker(final int outstanding, final boolean signalAll) {
        this.outstanding = Math.max(1, outstanding);
        this.signalAll = signalAll;
    }

    /** Records a list that {@link SendRequests#isPlain()}, before it is posted. */
    void recordPlain(final SendRequests requests, final int count) {
        final int marks = signalAll ? count : requests.signalled();
        if (marks == count ? positions == null : marks == 0 && positions != null) {
            publish(posted + count, signalled + marks); // there is nothing to remember
        } else {
            recordMixed(requests, count, marks);
        }
    }

    private void recordMixed(final SendRequests requests, final int count, final int marks) {
        if (marks == count && becomeDense()) {
            publish(posted + count, signalled + count);
        } else if (marks == 0 || marks == 1
            && (SendWrDescriptor.sendFlags(requests.image(), requests.offset(count - 1)) & SendFlags.SIGNALED) != 0) {
            final long[] into = reserve(marks);
            if (marks == 1) {
                into[(int)signalled & (into.length - 1)] = posted + count;
            }
            publish(posted + count, signalled + marks);
        } else {
            record(requests);
        }
    }

    /** Nobody awaits a mark, so that marks may be counted from here on. By the poster. */
    private boolean becomeDense() {
        if ((long)RECLAIMED_SIGNALLED.getAcquire(this) != signalled) { // pairs with completed
            return false;
        }
        offset = posted - signalled;
        spare = positions;
        POSITIONS.setRelease(this, (long[])null); // pairs with completed: the offset is there before
        return true;
    }

    /** Records the chain from the list's first remaining request, before it is posted; returns how many there are. */
    int record(final SendRequests requests) {
        final MemorySegment segment = requests.image();
        final int most = requests.remaining();
        final long[] into = reserve(most);
        final long base = segment.address();
        final long stride = requests.offset(1) - requests.offset(0);
        final long end = requests.offset(requests.size());
        long at = requests.offset(requests.first());
        long position = posted;
        long marks = signalled;
        int count = 0;
        while (true) {
            position++;
            count++;
            if (signalAll || (SendWrDescriptor.sendFlags(segment, at) & SendFlags.SIGNALED) != 0) {
                into[(int)marks & (into.length - 1)] = position;
                marks++;
            }
            if (count == most) {
                break;
            }
            final long link = SendWrDescriptor.next(segment, at) - base;
            if (link != at + stride || link >= end) { // else it is the one behind it: no division
                final int next = requests.indexOf(link + base);
                if (next < 0) {
                    break;
                }
            }
            at = link;
        }
        publish(position, marks);
        return count;
    }

    /** Records one request that stands in no list, before it is posted. */
    void recordOne(final boolean asksForCompletion) {
        if (signalAll || asksForCompletion) {
            if (positions != null && !becomeDense()) {
                final long[] into = reserve(1);
                into[(int)signalled & (into.length - 1)] = posted + 1;
            }
            publish(posted + 1, signalled + 1);
        } else {
            reserve(1);
            publish(posted + 1, signalled);
        }
    }

    private void publish(final long nowPosted, final long nowSignalled) {
        POSTED.setRelease(this, nowPosted); // pairs with inFlight
        SIGNALLED.setRelease(this, nowSignalled); // pairs with completed
    }

    /** Where positions are written down: a mark must not overwrite one that is awaited. */
    private long[] reserve(final int requests) {
        final long from = (long)RECLAIMED_SIGNALLED.getAcquire(this); // pairs with completed
        final long needed = signalled - from + requests;
        final long[] now = positions;
        if (now != null && needed <= now.length) {
            return now;
        }
        final long[] free = now == null && spare != null && needed <= spare.length ? spare
            : new long[Math.toIntExact(Long.highestOneBit(Math.max(needed, outstanding)) * 2)];
        for (long mark = from; mark < signalled; mark++) {
            free[(int)mark & (free.length - 1)] = position(now, mark);
        }
        POSITIONS.setRelease(this, free); // pairs with completed
        return free;
    }

    private long position(final long[] known, final long mark) {
        return known == null ? mark + offset + 1 : known[(int)mark & (known.length - 1)];
    }

    /** Takes back the last {@code count} recorded requests: the device did not accept them. */
    void takeBack(final int count) {
        final long accepted = posted - count;
        long marks = signalled;
        final long reclaimedMarks = (long)RECLAIMED_SIGNALLED.getAcquire(this);
        while (marks > reclaimedMarks && position(positions, marks - 1) > accepted) {
            marks--;
        }
        if (positions == null && marks == reclaimedMarks) {
            offset = accepted - marks; // also if completions came that nobody awaited
        }
        SIGNALLED.setRelease(this, marks);
        POSTED.setRelease(this, accepted);
    }

    /** So many signalled requests completed; by the poller. */
    void completed(final int count) {
        final long marks = reclaimedSignalled + count;
        if (marks <= (long)SIGNALLED.getAcquire(this)) { // pairs with publish
            reclaim(marks);
        } else if (reclaimedSignalled < (long)SIGNALLED.getAcquire(this)) { // completions that nobody awaited are among them
            reclaim((long)SIGNALLED.getAcquire(this));
        }
    }

    private void reclaim(final long marks) {
        RECLAIMED.setRelease(this, position((long[])POSITIONS.getAcquire(this), marks - 1));
        RECLAIMED_SIGNALLED.setRelease(this, marks); // pairs with reserve and becomeDense
    }

    /** The queue pair went on from SQE: everything posted before has its completion, polled or not; by who modifies. */
    void wentOn() {
        goneOn = new Position((long)POSTED.getAcquire(this), (long)SIGNALLED.getAcquire(this));
    }

    /** The first success behind failures: everything posted before the queue pair went on is done; by the poller. */
    void skipFailed() {
        final Position position = goneOn;
        if (position != null) {
            RECLAIMED.setRelease(this, Math.max(reclaimed, position.posted));
            RECLAIMED_SIGNALLED.setRelease(this, Math.max(reclaimedSignalled, position.signalled));
            goneOn = null;
        }
    }

    /** What is done is read first: never too low. */
    long inFlight() {
        final long done = (long)RECLAIMED.getAcquire(this);
        return (long)POSTED.getAcquire(this) - done;
    }

    /** After a reset of the queue pair: nothing is in flight. */
    void clear() {
        goneOn = null;
        RECLAIMED.setRelease(this, (long)POSTED.getAcquire(this));
        RECLAIMED_SIGNALLED.setRelease(this, (long)SIGNALLED.getAcquire(this));
    }
}
