package dev.verbs.stream.state;

import dev.verbs.stream.StreamException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * An off-heap hash from (window, key) to the slot of an aggregate, split into partitions that each keep their entries in a
 * dense log of their own: the log can be sent as it lies.
 *
 * <pre>
 *   index:  partition 0 [ b b b b b b b b ] partition 1 [ ... ]     bucket = tag (8 bits) | position + 1 (24 bits), 0 is empty
 *   log:    partition 0 [ e e e . ]         partition 1 [ ... ]     entry  = {@link EntryDescriptor}
 * </pre>
 *
 * <p>Owned by one thread at a time. Buckets outnumber entries by two to one at least, so probing ends; the index grows with the
 * entries, up to what the limit needs, so that it stays in cache while there are few. Bounded: a full partition says
 * so, and the caller decides to ship it or to {@link #grow()}.
 */
public final class StateTable implements AutoCloseable {
    /** {@link #findOrAdd}: the partition is full, nothing was added. */
    public static final long FULL = Long.MIN_VALUE;

    /** The most entries that a partition can have. */
    public static final int MAX_ENTRIES = (1 << 24) - 1;

    private static final ValueLayout.OfInt BUCKET = ValueLayout.JAVA_INT;
    private static final int POSITION = (1 << 24) - 1;
    private static final int LEAST_BUCKET_BITS = 4;
    private static final int FIRST_BUCKET_BITS = 11;
    private static final long WINDOW_SALT = 0x9E3779B97F4A7C15L;
    private static final long MIX_1 = 0xBF58476D1CE4E5B9L;
    private static final long MIX_2 = 0x94D049BB133111EBL;

    private final int partitions;
    private final int entryBytes;
    private final int[] sizes;
    private Arena arena;
    private MemorySegment index;
    private MemorySegment log;
    private int entryLimit;
    private int mostBucketBits;
    private int bucketBits;
    /** Entries of a partition from which on the index is too dense, unless it has its full size. */
    private int dense;
    private long logBytes;

    /**
     * An empty table.
     *
     * @param partitions leaders, at least 1
     * @param entryLimit entries per partition, 1 to {@link #MAX_ENTRIES}
     * @param entryBytes bytes per entry, from {@link EntryDescriptor#entryBytes}
     */
    public StateTable(final int partitions, final int entryLimit, final int entryBytes) {
        this.partitions = partitions;
        this.entryBytes = entryBytes;
        sizes = new int[partitions];
        allocate(entryLimit);
    }

    private void allocate(final int limit) {
        if (limit < 1 || limit > MAX_ENTRIES) {
            throw new StreamException("a state table of " + limit + " entries per partition: 1 to " + MAX_ENTRIES
                + " are possible; spread the keys over more leaders or use smaller windows");
        }
        entryLimit = limit;
        mostBucketBits = Math.max(LEAST_BUCKET_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(2 * limit - 1));
        useBuckets(Math.min(mostBucketBits, Math.max(bucketBits, FIRST_BUCKET_BITS)));
        logBytes = (long) limit * entryBytes;
        arena = Arena.ofShared();
        index = arena.allocate(((long) partitions << mostBucketBits) * BUCKET.byteSize(), Long.BYTES);
        log = arena.allocate(partitions * logBytes, Long.BYTES);
    }

    private void useBuckets(final int bits) {
        bucketBits = bits;
        dense = bits == mostBucketBits ? Integer.MAX_VALUE : 1 << bits - 1;
    }

    /**
     * Mixes a key so that all its bits reach all bits of the hash.
     *
     * @param key the key
     * @return its hash; different keys have different hashes
     */
    public static long hash(final long key) {
        final long first = (key ^ (key >>> 30)) * MIX_1;
        final long second = (first ^ (first >>> 27)) * MIX_2;
        return second ^ (second >>> 31);
    }

    /**
     * Finds the entry of a window and key, or makes one. Hot path: never blocks, never allocates.
     *
     * @param partition the leader
     * @param hash      {@link #hash} of the key
     * @param window    the id of the window
     * @param key       the key
     * @return the offset of the entry in {@link #log()} if it was there; the complement ({@code ~offset}, negative) of a new one,
     *     whose slot the caller must initialise; {@link #FULL}
     */
    public long findOrAdd(final int partition, final long hash, final long window, final long key) {
        final MemorySegment buckets = index;
        final MemorySegment entries = log;
        final long mask = (1L << bucketBits) - 1;
        final long base = (long) partition << bucketBits;
        final long logBase = partition * logBytes;
        final int tag = (int) hash & ~POSITION;
        long bucket = hash + window * WINDOW_SALT & mask;
        while (true) {
            final int held = buckets.get(BUCKET, base + bucket << 2);
            if (held == 0) {
                return add(partition, base + bucket << 2, tag, window, key);
            }
            if ((held & ~POSITION) == tag) {
                final long entry = logBase + (long) ((held & POSITION) - 1) * entryBytes;
                if (entries.get(EntryDescriptor.INT64, entry + EntryDescriptor.KEY) == key
                    && entries.get(EntryDescriptor.INT64, entry + EntryDescriptor.WINDOW) == window) {
                    return entry;
                }
            }
            bucket = bucket + 1 & mask;
        }
    }

    private long add(final int partition, final long at, final int tag, final long window, final long key) {
        final int position = sizes[partition];
        if (position == entryLimit) {
            return FULL;
        }
        sizes[partition] = position + 1;
        if (position >= dense) {
            writeEntry(partition, position, window, key);
            spread();
            return ~(partition * logBytes + (long) position * entryBytes);
        }
        index.set(BUCKET, at, tag | position + 1);
        return ~writeEntry(partition, position, window, key);
    }

    private long writeEntry(final int partition, final int position, final long window, final long key) {
        final long entry = partition * logBytes + (long) position * entryBytes;
        log.set(EntryDescriptor.INT64, entry + EntryDescriptor.WINDOW, window);
        log.set(EntryDescriptor.INT64, entry + EntryDescriptor.KEY, key);
        return entry;
    }

    /** Doubles the part of the index that is used: a sparse index would waste the cache, since every bucket touches a line. */
    private void spread() {
        useBuckets(bucketBits + 1);
        usedIndex().fill((byte) 0);
        final long mask = (1L << bucketBits) - 1;
        for (int partition = 0; partition < partitions; partition++) {
            final long base = (long) partition << bucketBits;
            for (int position = 0; position < sizes[partition]; position++) {
                final long entry = partition * logBytes + (long) position * entryBytes;
                final long hash = hash(log.get(EntryDescriptor.INT64, entry + EntryDescriptor.KEY));
                long bucket = hash + log.get(EntryDescriptor.INT64, entry + EntryDescriptor.WINDOW) * WINDOW_SALT & mask;
                while (index.get(BUCKET, base + bucket << 2) != 0) {
                    bucket = bucket + 1 & mask;
                }
                index.set(BUCKET, base + bucket << 2, (int) hash & ~POSITION | position + 1);
            }
        }
    }

    private MemorySegment usedIndex() {
        return index.asSlice(0, ((long) partitions << bucketBits) * BUCKET.byteSize());
    }

    /**
     * Doubles the room of every partition; offsets change, the order of entries does not. Set-up path: allocates.
     *
     * @throws StreamException if the limit is reached
     */
    public void grow() {
        if (entryLimit == MAX_ENTRIES) {
            allocate(MAX_ENTRIES + 1);
        }
        final Arena oldArena = arena;
        final MemorySegment oldLog = log;
        final long oldLogBytes = logBytes;
        final int[] oldSizes = sizes.clone();
        allocate((int) Math.min(MAX_ENTRIES, 2L * entryLimit));
        Arrays.fill(sizes, 0);
        for (int partition = 0; partition < partitions; partition++) {
            for (int position = 0; position < oldSizes[partition]; position++) {
                final long from = partition * oldLogBytes + (long) position * entryBytes;
                final long key = oldLog.get(EntryDescriptor.INT64, from + EntryDescriptor.KEY);
                final long window = oldLog.get(EntryDescriptor.INT64, from + EntryDescriptor.WINDOW);
                final long to = ~findOrAdd(partition, hash(key), window, key);
                MemorySegment.copy(oldLog, from, log, to, entryBytes);
            }
        }
        oldArena.close();
    }

    /** Forgets all entries; keeps the memory, and the size of the index. */
    public void clear() {
        usedIndex().fill((byte) 0);
        Arrays.fill(sizes, 0);
    }

    /**
     * The entries of all partitions. It changes with {@link #grow()}.
     *
     * @return the segment
     */
    public MemorySegment log() {
        return log;
    }

    /**
     * Where the log of a partition starts.
     *
     * @param partition the leader
     * @return an offset into {@link #log()}
     */
    public long logOffset(final int partition) {
        return partition * logBytes;
    }

    /**
     * How many entries a partition has.
     *
     * @param partition the leader
     * @return the count
     */
    public int size(final int partition) {
        return sizes[partition];
    }

    /**
     * How many entries a partition can have before it is full.
     *
     * @return the limit
     */
    public int entryLimit() {
        return entryLimit;
    }

    /**
     * The size of an entry.
     *
     * @return bytes
     */
    public int entryBytes() {
        return entryBytes;
    }

    /** Frees the memory. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
