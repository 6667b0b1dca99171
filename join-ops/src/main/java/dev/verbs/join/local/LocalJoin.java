package dev.verbs.join.local;

import dev.verbs.join.fragment.Fragment;
import java.lang.foreign.MemorySegment;

/**
 * A join algorithm inside one host: prepares the pieces once, then joins each visiting fragment with the stationary piece.
 *
 * <p>One thread at a time. Made with its capacities; {@link #orderRotating}, {@link #buildStationary} and {@link #probe}
 * allocate nothing. Tuples lie as {@link dev.verbs.join.fragment.TupleDescriptor} says.
 */
public interface LocalJoin extends AutoCloseable {
    /**
     * Its name, for people.
     *
     * @return such as {@code hash}
     */
    String name();

    /**
     * The order that it gives to rotating tuples. It travels with each fragment, and a fragment of another organisation is
     * refused.
     *
     * @return the code, equal on all hosts of a ring
     */
    int organisation();

    /**
     * Puts a piece of the rotating relation into the order in which it is joined best. Done once, by the owner.
     *
     * @param tuples where the tuples lie, from offset 0; not changed
     * @param count  how many
     * @param ordered where they go, in their new order; must not overlap {@code tuples}
     * @throws IllegalArgumentException if there are more than it was made for
     */
    void orderRotating(MemorySegment tuples, long count, MemorySegment ordered);

    /**
     * Takes the stationary piece, in place of an earlier one. The tuples are copied: the memory is free when the call
     * returns.
     *
     * @param tuples where the tuples lie, from offset 0; not changed
     * @param count  how many
     * @throws IllegalArgumentException if there are more than it was made for
     */
    void buildStationary(MemorySegment tuples, long count);

    /**
     * Tuples of the stationary piece.
     *
     * @return the count
     */
    long stationaryTuples();

    /**
     * Joins some tuples of a fragment with the whole stationary piece; every matching pair is handed over exactly once.
     *
     * @param fragment the fragment
     * @param from     first tuple
     * @param to       tuple after the last
     * @param handler  takes the matches
     * @return how many matches there were
     */
    long probe(Fragment fragment, long from, long to, MatchHandler handler);

    /** Frees the memory. Idempotent. */
    @Override
    void close();
}
