package dev.verbs.benchmarks.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A result made up for tests, with C's figures of a real run in the virtual machine and Java's as asked for. */
final class Results {
    private Results() {
    }

    /**
     * A result of all tests and sizes.
     *
     * @param rounds per cell
     * @param factor Java's latency over C's, and C's bandwidth over Java's
     */
    static Result of(final int rounds, final double factor) {
        final List<Sample> samples = new ArrayList<>();
        final Plan plan = new Plan(List.of(PerfTest.values()), Plan.SIZES, rounds, 0, "rxe0", 1);
        for (final PerfTest test : plan.tests()) {
            for (int round = 0; round <= rounds; round++) {
                for (final int size : plan.sizes()) {
                    final double c = c(test, size) * (1 + 0.02 * (round * 7 % 5 - 2));
                    add(samples, test, size, round, Side.C, c);
                    add(samples, test, size, round, Side.JAVA, c * (test.isLatency() ? factor : 1 / factor) * (1 + 0.01 * (round % 3 - 1)));
                }
            }
        }
        return new Result(new LinkedHashMap<>(Map.of("kernel", "Linux 6.1 <test> & more")), plan, samples, List.of());
    }

    private static double c(final PerfTest test, final int size) {
        final double latency = 11 + 0.019 * size;
        return test.isLatency() ? test == PerfTest.READ_LAT ? latency + 20 : latency : size / (latency + 10) * 1e6 / (1 << 20);
    }

    private static void add(final List<Sample> samples, final PerfTest test, final int size, final int round, final Side side,
        final double figure) {
        samples.add(new Sample(samples.size(), test, size, test.iterations(size), round, side, figure,
            Map.of(test.columns().getFirst(), figure), 1, false));
    }
}
