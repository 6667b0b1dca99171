package dev.verbs.stream.exchange;

import dev.verbs.stream.StreamException;
import dev.verbs.stream.state.StateTable;
import java.lang.foreign.MemorySegment;

/**
 * Cuts the delta for one leader into buffers. Owned by the helper's agent; never allocates.
 */
final class DeltaWriter {
    private final int sender;
    private final int leader;
    private StateTable table;
    private long epoch;
    private long watermark;
    private int endFlag;
    private int position;
    private int buffer;
    private boolean pending;

    DeltaWriter(final int sender, final int leader) {
        this.sender = sender;
        this.leader = leader;
    }

    /** Starts on a closed region, which must stay as it is until {@link #isPending()} says false. */
    void begin(final StateTable closed, final long epochOfDelta, final long lowWatermark, final boolean endOfStream) {
        if (pending) {
            throw new StreamException("the delta of epoch " + epoch + " for leader " + leader + " is not finished");
        }
        table = closed;
        epoch = epochOfDelta;
        watermark = lowWatermark;
        endFlag = endOfStream ? DeltaDescriptor.END_OF_STREAM : 0;
        position = 0;
        buffer = 0;
        pending = true;
    }

    boolean isPending() {
        return pending;
    }

    /** Bytes that the next buffer would like to have. */
    long wanted() {
        return DeltaDescriptor.HEADER_BYTES + (long) (table.size(leader) - position) * table.entryBytes();
    }

    /** Fills one buffer of the given size, at least a header and an entry; returns the bytes used. */
    long fill(final MemorySegment to, final long offset, final long capacity) {
        final int entryBytes = table.entryBytes();
        final int left = table.size(leader) - position;
        final int pairs = (int) Math.min(left, (capacity - DeltaDescriptor.HEADER_BYTES) / entryBytes);
        if (pairs <= 0 && left > 0) {
            throw new StreamException("a buffer of " + capacity + " bytes has no room for an entry of " + entryBytes);
        }
        final boolean last = pairs == left;
        to.set(DeltaDescriptor.INT32, offset + DeltaDescriptor.VERSION, DeltaDescriptor.VERSION_1);
        to.set(DeltaDescriptor.INT32, offset + DeltaDescriptor.SENDER, sender);
        to.set(DeltaDescriptor.INT64, offset + DeltaDescriptor.EPOCH, epoch);
        to.set(DeltaDescriptor.INT64, offset + DeltaDescriptor.WATERMARK, last ? watermark : 0);
        to.set(DeltaDescriptor.INT32, offset + DeltaDescriptor.BUFFER, buffer);
        to.set(DeltaDescriptor.INT32, offset + DeltaDescriptor.PAIRS, pairs);
        to.set(DeltaDescriptor.INT64, offset + DeltaDescriptor.EPOCH_PAIRS, last ? table.size(leader) : 0);
        to.set(DeltaDescriptor.INT32, offset + DeltaDescriptor.FLAGS, last ? DeltaDescriptor.LAST_OF_EPOCH | endFlag : 0);
        to.set(DeltaDescriptor.INT32, offset + DeltaDescriptor.ENTRY_BYTES, entryBytes);
        final long bytes = (long) pairs * entryBytes;
        MemorySegment.copy(table.log(), table.logOffset(leader) + (long) position * entryBytes,
            to, offset + DeltaDescriptor.HEADER_BYTES, bytes);
        position += pairs;
        buffer++;
        pending = !last;
        return DeltaDescriptor.HEADER_BYTES + bytes;
    }
}
