package dev.verbs.spi;

import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.SendWrDescriptor;
import java.lang.foreign.MemorySegment;

/**
 * Counts what a send queue has in flight. The completion of a signalled request reclaims every request before it, so the
 * position of each signalled request is kept until its completion is polled.
 *
 * <p>The poster writes {@code positions}, {@code posted} and {@code signalled}, and publishes before it hands the list to the
 * device; the poller writes {@code reclaimed} and {@code reclaimedSignalled}.
 */
final class SendQueueTracker {
    /** Replaced by a larger one when a list could overrun it; published by the release of {@code signalled}. */
    private long[] positions;
    private final boolean signalAll;
    private final SingleWriterCounter posted = new SingleWriterCounter();
    private final SingleWriterCounter signalled = new SingleWriterCounter();
    private final SingleWriterCounter reclaimed = new SingleWriterCounter();
    private final SingleWriterCounter reclaimedSignalled = new SingleWriterCounter();
    /** Where the queue pair went on from SQE, until a success proves it to the poller. */
    private volatile Position goneOn;

    /** So many requests, so many of them signalled. */
    private record Position(long posted, long signalled) {
    }

    /**
     * Room for what is usually outstanding; it grows once where a device takes more before the completions are polled, or for a longer
     * list. Not for all that a completion queue may hold: many queue pairs share one.
     */
    SendQueueTracker(final int outstanding, final boolean signalAll) {
        this.positions = new long[Integer.highestOneBit(Math.max(1, outstanding)) * 2];
        this.signalAll = signalAll;
    }

    /** Records the chain from the list's first remaining request, before it is posted; returns how many there are. */
    int record(final SendRequests requests) {
        final MemorySegment segment = requests.segment();
        final int most = requests.remaining();
        reserve(most);
        final long base = segment.address();
        final long stride = requests.offset(1) - requests.offset(0);
        final long end = requests.offset(requests.size());
        long at = requests.offset(requests.first());
        long position = posted.own();
        long marks = signalled.own();
        int count = 0;
        while (true) {
            position++;
            count++;
            if (signalAll || (SendWrDescriptor.sendFlags(segment, at) & SendFlags.SIGNALED) != 0) {
                positions[(int)marks & (positions.length - 1)] = position;
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
        posted.set(position);
        signalled.set(marks);
        return count;
    }

    /** Records one request that stands in no list, before it is posted. */
    void recordOne(final boolean asksForCompletion) {
        reserve(1);
        final long position = posted.own() + 1;
        if (signalAll || asksForCompletion) {
            final long marks = signalled.own();
            positions[(int)marks & (positions.length - 1)] = position;
            posted.set(position);
            signalled.set(marks + 1);
        } else {
            posted.set(position);
        }
    }

    /** A mark must not overwrite one that was not reclaimed. The poller may go on with the old array: its marks stay right. */
    private void reserve(final int requests) {
        final long from = reclaimedSignalled.get();
        final long to = signalled.own();
        final long needed = to - from + requests;
        if (needed > positions.length) {
            final long[] larger = new long[Math.toIntExact(Long.highestOneBit(needed) * 2)];
            for (long mark = from; mark < to; mark++) {
                larger[(int)mark & (larger.length - 1)] = positions[(int)mark & (positions.length - 1)];
            }
            positions = larger;
        }
    }

    /** Takes back the last {@code count} recorded requests: the device did not accept them. */
    void takeBack(final int count) {
        final long accepted = posted.own() - count;
        long marks = signalled.own();
        final long reclaimedMarks = reclaimedSignalled.get();
        while (marks > reclaimedMarks && positions[(int)(marks - 1) & (positions.length - 1)] > accepted) {
            marks--;
        }
        signalled.set(marks);
        posted.set(accepted);
    }

    /** A signalled request completed; by the poller. */
    void completed() {
        final long next = reclaimedSignalled.own();
        if (next < signalled.get()) {
            reclaimed.set(positions[(int)next & (positions.length - 1)]);
            reclaimedSignalled.set(next + 1);
        }
    }

    /** The queue pair went on from SQE: everything posted before has its completion, polled or not; by who modifies. */
    void wentOn() {
        goneOn = new Position(posted.get(), signalled.get());
    }

    /** The first success behind failures: everything posted before the queue pair went on is done; by the poller. */
    void skipFailed() {
        final Position position = goneOn;
        if (position != null) {
            reclaimed.set(Math.max(reclaimed.own(), position.posted));
            reclaimedSignalled.set(Math.max(reclaimedSignalled.own(), position.signalled));
            goneOn = null;
        }
    }

    /** What is done is read first: never too low. */
    long inFlight() {
        final long done = reclaimed.get();
        return posted.get() - done;
    }

    /** After a reset of the queue pair: nothing is in flight. */
    void clear() {
        goneOn = null;
        reclaimed.set(posted.get());
        reclaimedSignalled.set(signalled.get());
    }
}
