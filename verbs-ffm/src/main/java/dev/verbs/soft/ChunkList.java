package dev.verbs.soft;

import dev.verbs.SgeDescriptor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** The resolved pieces of a scatter/gather list: (segment, offset, length), pieces of 0 bytes left out. */
final class ChunkList {
    /** Every entry is covered by a region that allows it. */
    static final int RESOLVED = 0;
    /** An entry whose key is unknown, of another domain, or without the needed access. */
    static final int BAD_KEY = 1;
    /** An entry that leaves its region. */
    static final int BAD_RANGE = 2;

    /** The first piece, most often the only one: beside its counts, not in three more cache lines. */
    private MemorySegment segment;
    private long offset;
    private long length;
    /** The others, by index; element 0 is not used. */
    private MemorySegment[] segments;
    private long[] offsets;
    private long[] lengths;
    private int count;
    private long total;

    /** For so many pieces; a message in more of them, because the receiver's list is longer than the sender's, makes it grow once. */
    ChunkList(final int expected) {
        final int capacity = Math.max(1, expected);
        this.segments = new MemorySegment[capacity];
        this.offsets = new long[capacity];
        this.lengths = new long[capacity];
    }

    void clear() {
        count = 0;
        total = 0;
    }

    /** Drops the references, so that a closed region's memory can be collected. */
    void forget() {
        clear();
        segment = null;
        Arrays.fill(segments, null);
    }

    void add(final MemorySegment memory, final long from, final long bytes) {
        if (count == 0) {
            if (segment != memory) { // saves the collector's barrier
                segment = memory;
            }
            offset = from;
            length = bytes;
        } else {
            append(memory, from, bytes);
        }
        count++;
        total += bytes;
    }

    private void append(final MemorySegment memory, final long from, final long bytes) {
        if (count == segments.length) {
            grow();
        }
        if (segments[count] != memory) {
            segments[count] = memory;
        }
        offsets[count] = from;
        lengths[count] = bytes;
    }

    private void grow() {
        segments = Arrays.copyOf(segments, SoftLimits.MOST_SGE);
        offsets = Arrays.copyOf(offsets, SoftLimits.MOST_SGE);
        lengths = Arrays.copyOf(lengths, SoftLimits.MOST_SGE);
    }

    int count() {
        return count;
    }

    long total() {
        return total;
    }

    MemorySegment segment(final int index) {
        return index == 0 ? segment : segments[index];
    }

    long offset(final int index) {
        return index == 0 ? offset : offsets[index];
    }

    long length(final int index) {
        return index == 0 ? length : lengths[index];
    }

    /** Copies all pieces, one after the other. */
    void copyTo(final MemorySegment target, final long offset) {
        long at = offset;
        for (int i = 0; i < count; i++) {
            MemorySegment.copy(segment(i), offset(i), target, at, length(i));
            at += length(i);
        }
    }

    /** Whether the calling thread may touch every piece: not so for a confined arena of another thread, or a closed one. */
    boolean isAccessible() {
        for (int i = 0; i < count; i++) {
            if (!segment(i).scope().isAlive() || !segment(i).isAccessibleBy(Thread.currentThread())) {
                return false;
            }
        }
        return true;
    }

    /** Sum of the lengths of {@code entries} scatter/gather entries. */
    static long sum(final MemorySegment list, final long at, final int entries) {
        long sum = 0;
        for (int i = 0; i < entries; i++) {
            sum += SgeDescriptor.length(list, at + i * SgeDescriptor.SIZE);
        }
        return sum;
    }

    /** Resolves as many scatter/gather entries, through their local keys, as it takes for {@code most} bytes. */
    int resolve(final SoftFabric fabric, final SoftProtectionDomain domain, final int access, final MemorySegment list,
        final long at, final int entries, final long most) {
        clear();
        for (int i = 0; i < entries && total < most; i++) {
            final long entry = at + i * SgeDescriptor.SIZE;
            final long length = Math.min(most - total, SgeDescriptor.length(list, entry));
            if (length == 0) {
                continue;
            }
            final SoftMemoryRegion region = fabric.keys().local(SgeDescriptor.lkey(list, entry));
            if (region == null || !region.isOf(domain) || !region.allows(access)) {
                return BAD_KEY;
            }
            final long address = SgeDescriptor.address(list, entry);
            if (!region.covers(address, length)) {
                return BAD_RANGE;
            }
            add(region.memory(), region.offset(address), length);
        }
        return RESOLVED;
    }

    /** Resolves entries by address alone: in the list's own memory, or in any registered region. */
    boolean resolveInline(final SoftFabric fabric, final MemorySegment list, final long at, final int entries) {
        clear();
        for (int i = 0; i < entries; i++) {
            final long entry = at + i * SgeDescriptor.SIZE;
            final long length = SgeDescriptor.length(list, entry);
            if (length == 0) {
                continue;
            }
            final long address = SgeDescriptor.address(list, entry);
            final long distance = address - list.address();
            if (distance >= 0 && distance <= list.byteSize() - length) {
                add(list, distance, length);
                continue;
            }
            final SoftMemoryRegion region = fabric.keys().covering(address, length);
            if (region == null || !region.memory().isAccessibleBy(Thread.currentThread())) {
                return false;
            }
            add(region.memory(), address - region.memory().address(), length);
        }
        return true;
    }
}
