package dev.verbs.join.fragment;

import java.lang.foreign.MemorySegment;

/**
 * A host's piece of the rotating relation, cut into fragments that travel from where they lie.
 *
 * <pre>
 *   | gap | header 0 | tuples 0 ... | gap | header 1 | tuples 1 ... |  ...       stride = gap + header + capacity tuples
 *           ▲ fragment(0)                   ▲ fragment(1)
 * </pre>
 *
 * <p>The gap is what the ring wants in front of a payload for a header of its own. The memory must be registered in the
 * ring's protection domain and is the caller's; the store keeps no copy. Set-up, from one thread; afterwards read only.
 */
public final class FragmentStore {
    private final MemorySegment memory;
    private final long gap;
    private final long stride;
    private final long perFragment;
    private final long tuples;
    private final int count;

    private FragmentStore(final MemorySegment memory, final long gap, final long perFragment, final long tuples) {
        this.memory = memory;
        this.gap = gap;
        this.perFragment = perFragment;
        this.stride = stride(gap, perFragment);
        this.tuples = tuples;
        this.count = fragments(tuples, perFragment);
    }

    /**
     * Bytes that {@link #cut} needs.
     *
     * @param tuples      tuples of the piece
     * @param perFragment most tuples of a fragment, at least 1
     * @param gap         bytes in front of each fragment, a multiple of 8
     * @return the bytes
     */
    public static long requiredBytes(final long tuples, final long perFragment, final long gap) {
        check(tuples, perFragment, gap);
        return fragments(tuples, perFragment) * stride(gap, perFragment);
    }

    /**
     * Cuts tuples, already in the order of the local algorithm, into fragments; the last one is flagged so. An empty piece
     * becomes one empty fragment, for every host must hear from every other.
     *
     * @param relationId   the relation
     * @param owner        index of this host in the ring
     * @param organisation code of the local algorithm
     * @param ordered      the tuples
     * @param tuples       how many
     * @param perFragment  most tuples of a fragment, at least 1
     * @param memory       where to, at least {@link #requiredBytes}, 8-byte aligned
     * @param gap          bytes in front of each fragment, a multiple of 8
     * @return the fragments
     * @throws IllegalArgumentException if the memory is too small
     */
    public static FragmentStore cut(final int relationId, final int owner, final int organisation, final MemorySegment ordered,
        final long tuples, final long perFragment, final MemorySegment memory, final long gap) {
        final long required = requiredBytes(tuples, perFragment, gap);
        if (memory.byteSize() < required) {
            throw new IllegalArgumentException("the store has " + memory.byteSize() + " bytes: " + tuples + " tuples in fragments of "
                + perFragment + " need " + required);
        }
        final FragmentStore store = new FragmentStore(memory, gap, perFragment, tuples);
        for (int index = 0; index < store.count; index++) {
            final long at = store.offset(index);
            final long from = index * perFragment;
            final long here = store.tuples(index);
            FragmentDescriptor.write(memory, at, relationId, index, owner, here,
                index == store.count - 1 ? FragmentDescriptor.LAST : 0, organisation);
            MemorySegment.copy(ordered, from * TupleDescriptor.WIDTH, memory, at + FragmentDescriptor.HEADER_LENGTH,
                here * TupleDescriptor.WIDTH);
        }
        return store;
    }

    /**
     * How many fragments there are.
     *
     * @return the count, at least 1
     */
    public int count() {
        return count;
    }

    /**
     * Tuples over all fragments.
     *
     * @return the count
     */
    public long tuples() {
        return tuples;
    }

    /**
     * The memory that the fragments lie in.
     *
     * @return the segment that was given
     */
    public MemorySegment memory() {
        return memory;
    }

    /**
     * Where a fragment's header lies in {@link #memory()}.
     *
     * @param index which fragment
     * @return its offset in bytes
     */
    public long offset(final int index) {
        return index * stride + gap;
    }

    /**
     * Bytes of a fragment.
     *
     * @param index which fragment
     * @return bytes of header and body
     */
    public long length(final int index) {
        return FragmentDescriptor.length(tuples(index));
    }

    private long tuples(final int index) {
        return Math.min(perFragment, tuples - index * perFragment);
    }

    /**
     * How many fragments a piece becomes.
     *
     * @param tuples      tuples of the piece
     * @param perFragment most tuples of a fragment
     * @return the count, at least 1
     */
    public static int fragments(final long tuples, final long perFragment) {
        return Math.toIntExact(Math.max(1, (tuples + perFragment - 1) / perFragment));
    }

    private static long stride(final long gap, final long perFragment) {
        return gap + FragmentDescriptor.length(perFragment);
    }

    private static void check(final long tuples, final long perFragment, final long gap) {
        if (tuples < 0) {
            throw new IllegalArgumentException("tuples " + tuples + " is negative");
        }
        if (perFragment < 1) {
            throw new IllegalArgumentException("tuples per fragment " + perFragment + " is less than 1: use larger ring elements");
        }
        if (gap < 0 || gap % Long.BYTES != 0) {
            throw new IllegalArgumentException("gap " + gap + " is not a multiple of " + Long.BYTES);
        }
    }
}
