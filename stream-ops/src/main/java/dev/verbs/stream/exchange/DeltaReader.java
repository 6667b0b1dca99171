package dev.verbs.stream.exchange;

import dev.verbs.stream.StreamException;
import dev.verbs.stream.progress.EpochSequence;
import java.lang.foreign.MemorySegment;

/**
 * Checks the buffers of one sender and hands their pairs on. Owned by the leader's agent. What does not fit ends the run.
 */
final class DeltaReader {
    private final int sender;
    private final int entryBytes;
    private final EpochSequence sequence;

    DeltaReader(final int sender, final int entryBytes) {
        this.sender = sender;
        this.entryBytes = entryBytes;
        this.sequence = new EpochSequence(sender);
    }

    void accept(final MemorySegment from, final long offset, final long length, final DeltaHandler handler) {
        final int pairs = length < DeltaDescriptor.HEADER_BYTES ? -1 : from.get(DeltaDescriptor.INT32, offset + DeltaDescriptor.PAIRS);
        if (pairs < 0 || length != DeltaDescriptor.HEADER_BYTES + (long) pairs * entryBytes
            || from.get(DeltaDescriptor.INT32, offset + DeltaDescriptor.VERSION) != DeltaDescriptor.VERSION_1
            || from.get(DeltaDescriptor.INT32, offset + DeltaDescriptor.SENDER) != sender
            || from.get(DeltaDescriptor.INT32, offset + DeltaDescriptor.ENTRY_BYTES) != entryBytes) {
            throw new StreamException("no delta of executor " + sender + " with entries of " + entryBytes + " bytes: a buffer of "
                + length + " bytes with " + pairs + " pairs. Do all nodes run the same query?");
        }
        final long epoch = from.get(DeltaDescriptor.INT64, offset + DeltaDescriptor.EPOCH);
        final int flags = from.get(DeltaDescriptor.INT32, offset + DeltaDescriptor.FLAGS);
        sequence.next(epoch, from.get(DeltaDescriptor.INT32, offset + DeltaDescriptor.BUFFER));
        handler.onPairs(from, offset + DeltaDescriptor.HEADER_BYTES, pairs);
        sequence.merged(pairs);
        if ((flags & DeltaDescriptor.LAST_OF_EPOCH) != 0) {
            sequence.endEpoch(from.get(DeltaDescriptor.INT64, offset + DeltaDescriptor.EPOCH_PAIRS),
                (flags & DeltaDescriptor.END_OF_STREAM) != 0);
            handler.onEpochEnd(sender, from.get(DeltaDescriptor.INT64, offset + DeltaDescriptor.WATERMARK));
        }
    }

    boolean isEnded() {
        return sequence.isEnded();
    }

    long epochs() {
        return sequence.epochs();
    }
}
