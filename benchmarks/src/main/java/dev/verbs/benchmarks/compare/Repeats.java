package dev.verbs.benchmarks.compare;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells which measurements something else on the machine has disturbed. A neighbour on the same hardware only ever slows one down: so
 * a figure that is much worse than the best of its side, test and size so far is disturbed, and is measured again, a few times at
 * most; then the best attempt counts. Both sides have the same rule, and every attempt stands in the JSON.
 */
final class Repeats {
    /** More than where code and data lie makes, less than what a neighbour on the other hardware thread does. */
    static final double DISTURBED = 1.25;

    /** Of one side: a test and a size. */
    private record Key(Side side, PerfTest test, int size) {
    }

    private final Map<Key, Double> best = new HashMap<>();
    private final int most;

    /**
     * A rule.
     *
     * @param most attempts after the first one; 0 takes every figure as it comes
     */
    Repeats(final int most) {
        if (most < 0) {
            throw new IllegalArgumentException("0 or more repetitions, not " + most);
        }
        this.most = most;
    }

    /**
     * Whether another attempt shall follow.
     *
     * @param attempts of one measurement, the last one new
     */
    boolean again(final List<Sample> attempts) {
        final Sample last = attempts.getLast();
        final double known = best.merge(new Key(last.side(), last.test(), last.size()), last.figure(),
            (one, other) -> last.test().timesWorse(one, other) < 1 ? one : other);
        return attempts.size() <= most && last.test().timesWorse(last.figure(), known) > DISTURBED;
    }

    /** The attempts, of which only the best one counts. */
    static List<Sample> settled(final List<Sample> attempts) {
        Sample chosen = attempts.getFirst();
        for (final Sample attempt : attempts) {
            chosen = chosen.test().timesWorse(attempt.figure(), chosen.figure()) < 1 ? attempt : chosen;
        }
        final Sample counts = chosen;
        return attempts.stream().map(attempt -> attempt == counts ? attempt : attempt.asRepeated()).toList();
    }
}
