package dev.verbs.benchmarks.compare;

import java.util.List;

/**
 * What is measured.
 *
 * @param tests      one after the other
 * @param sizes      bytes of a message, in the order of a round
 * @param rounds     that count, after one that does not
 * @param iterations messages, 0 for {@link PerfTest#iterations}
 * @param device     name of the device
 * @param gidIndex   of its GID table
 */
record Plan(List<PerfTest> tests, List<Integer> sizes, int rounds, int iterations, String device, int gidIndex) {
    static final List<Integer> SIZES = List.of(8, 32, 128, 512, 2048, 8192, 32768, 65536);

    Plan {
        tests = List.copyOf(tests);
        sizes = List.copyOf(sizes);
        if (tests.isEmpty() || sizes.isEmpty() || rounds < 1 || iterations < 0) {
            throw new IllegalArgumentException("tests, sizes and at least one round are needed: " + this);
        }
        for (final int size : sizes) {
            if (size < 2 || size > 1 << 23) {
                throw new IllegalArgumentException("perftest's messages have 2 bytes to 8 MiB, not " + size);
            }
        }
    }

    int iterations(final PerfTest test, final int size) {
        return iterations > 0 ? iterations : test.iterations(size);
    }

    /** Rows of the result: a test and a size. */
    int cells() {
        return tests.size() * sizes.size();
    }
}
