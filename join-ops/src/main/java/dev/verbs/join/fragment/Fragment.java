package dev.verbs.join.fragment;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A view of a fragment where it lies. Reusable; one thread; valid while the memory behind it belongs to the viewer. Nothing
 * allocates.
 */
public final class Fragment {
    private MemorySegment memory;
    private long offset;
    private long length;
    private int hops;

    /** A view of nothing yet. */
    public Fragment() {
        this.memory = MemorySegment.NULL;
    }

    /**
     * Looks at a fragment.
     *
     * @param segment where it lies
     * @param at      offset of its header in bytes
     * @param bytes   bytes of header and body
     * @param hopCount hosts that it has visited, this one included
     * @return this
     */
    public Fragment wrap(final MemorySegment segment, final long at, final long bytes, final int hopCount) {
        this.memory = segment;
        this.offset = at;
        this.length = bytes;
        this.hops = hopCount;
        return this;
    }

    /**
     * Whether header and length agree: what came over the network is checked before it is believed.
     *
     * @return true if the header fits and the body has the length that it announces
     */
    public boolean isWellFormed() {
        return length >= FragmentDescriptor.HEADER_LENGTH
            && tupleWidth() == TupleDescriptor.WIDTH
            && tuples() >= 0
            && tuples() <= FragmentDescriptor.tuplesIn(length)
            && FragmentDescriptor.length(tuples()) == length;
    }

    /**
     * The memory that the fragment lies in.
     *
     * @return the segment as wrapped; offsets count from its start
     */
    public MemorySegment memory() {
        return memory;
    }

    /**
     * Where a tuple lies in {@link #memory()}.
     *
     * @param tuple which tuple, from 0
     * @return its offset in bytes
     */
    public long tupleOffset(final long tuple) {
        return offset + FragmentDescriptor.HEADER_LENGTH + tuple * TupleDescriptor.WIDTH;
    }

    /**
     * The relation that it is a piece of.
     *
     * @return the id
     */
    public int relationId() {
        return memory.get(ValueLayout.JAVA_INT, offset + FragmentDescriptor.RELATION_ID);
    }

    /**
     * Its number among the fragments of its owner.
     *
     * @return the id, from 0
     */
    public int fragmentId() {
        return memory.get(ValueLayout.JAVA_INT, offset + FragmentDescriptor.FRAGMENT_ID);
    }

    /**
     * The host that prepared it and where its revolution starts.
     *
     * @return index of the host in the ring
     */
    public int owner() {
        return memory.get(ValueLayout.JAVA_INT, offset + FragmentDescriptor.OWNER);
    }

    /**
     * Bytes of a tuple.
     *
     * @return the width
     */
    public int tupleWidth() {
        return memory.get(ValueLayout.JAVA_INT, offset + FragmentDescriptor.TUPLE_WIDTH);
    }

    /**
     * Tuples in the body.
     *
     * @return the count, 0 for an empty fragment
     */
    public long tuples() {
        return memory.get(ValueLayout.JAVA_LONG, offset + FragmentDescriptor.TUPLES);
    }

    /**
     * Its flags.
     *
     * @return flags of {@link FragmentDescriptor}
     */
    public int flags() {
        return memory.get(ValueLayout.JAVA_INT, offset + FragmentDescriptor.FLAGS);
    }

    /**
     * Whether its owner sends no further fragment in this revolution.
     *
     * @return true for the last one
     */
    public boolean isLast() {
        return (flags() & FragmentDescriptor.LAST) != 0;
    }

    /**
     * How the body is ordered.
     *
     * @return code of the local algorithm that it was prepared for
     */
    public int organisation() {
        return memory.get(ValueLayout.JAVA_INT, offset + FragmentDescriptor.ORGANISATION);
    }

    /**
     * Hosts that it has visited, the one that asks included.
     *
     * @return the count, from 1 to the number of hosts
     */
    public int hops() {
        return hops;
    }

    /**
     * Bytes of header and body.
     *
     * @return the length
     */
    public long length() {
        return length;
    }

    /**
     * What it is, in words, for messages: allocates.
     *
     * @return relation, owner, id, tuples and hops
     */
    public String describe() {
        return "fragment " + fragmentId() + " of host " + owner() + ", relation " + relationId() + ", " + tuples() + " tuples of "
            + tupleWidth() + " bytes in " + length + " bytes, hop " + hops;
    }
}
