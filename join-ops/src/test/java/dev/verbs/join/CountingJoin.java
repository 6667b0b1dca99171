package dev.verbs.join;

import dev.verbs.join.fragment.Fragment;
import dev.verbs.join.local.LocalJoin;
import dev.verbs.join.local.MatchHandler;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/** A local join that counts which fragments it met, and on which hop. */
final class CountingJoin implements LocalJoin {
    /** Owner and fragment id, and how often all of its tuples were joined. */
    record Meeting(int owner, int fragmentId) {
    }

    final Map<Meeting, Integer> meetings = new HashMap<>();
    final Map<Meeting, Integer> hops = new HashMap<>();
    private final LocalJoin join;
    private long expectedFrom;

    CountingJoin(final LocalJoin join) {
        this.join = join;
    }

    @Override
    public String name() {
        return join.name();
    }

    @Override
    public int organisation() {
        return join.organisation();
    }

    @Override
    public void orderRotating(final MemorySegment tuples, final long count, final MemorySegment ordered) {
        join.orderRotating(tuples, count, ordered);
    }

    @Override
    public void buildStationary(final MemorySegment tuples, final long count) {
        join.buildStationary(tuples, count);
    }

    @Override
    public long stationaryTuples() {
        return join.stationaryTuples();
    }

    @Override
    public long probe(final Fragment fragment, final long from, final long to, final MatchHandler handler) {
        if (from != expectedFrom) {
            throw new IllegalStateException("tuples " + expectedFrom + " to " + from + " were left out");
        }
        expectedFrom = to;
        if (to == fragment.tuples()) {
            expectedFrom = 0;
            final Meeting meeting = new Meeting(fragment.owner(), fragment.fragmentId());
            meetings.merge(meeting, 1, Integer::sum);
            hops.put(meeting, fragment.hops());
        }
        return join.probe(fragment, from, to, handler);
    }

    @Override
    public void close() {
        join.close();
    }
}
