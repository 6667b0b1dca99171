package dev.verbs.examples.ysb;

import dev.verbs.stream.WindowResultHandler;
import java.util.Arrays;

/** Collects the results of one node: window start, campaign, views, one triple after the other. One thread at a time. */
final class YsbAnswers implements WindowResultHandler {
    static final int FIELDS = 3;
    private static final int INITIAL = 1 << 12;

    private long[] triples = new long[FIELDS * INITIAL];
    private int used;

    @Override
    public void onResult(final long windowStart, final long key, final long value) {
        if (used == triples.length) {
            triples = Arrays.copyOf(triples, 2 * used);
        }
        triples[used] = windowStart;
        triples[used + 1] = key;
        triples[used + 2] = value;
        used += FIELDS;
    }

    int size() {
        return used / FIELDS;
    }

    long windowStart(final int result) {
        return triples[result * FIELDS];
    }

    long campaign(final int result) {
        return triples[result * FIELDS + 1];
    }

    long views(final int result) {
        return triples[result * FIELDS + 2];
    }

    /** Flips one bit of the count of one result. */
    void corrupt(final int result) {
        triples[result * FIELDS + 2] ^= 1;
    }
}
