package dev.verbs.benchmarks.compare;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Lets both sides measure at the same time in turns of a few milliseconds: while one side runs, the processes of the other are
 * stopped. What a neighbour on the machine does for longer than that meets both sides alike. A side has half of the time from its
 * first message to its last, whether the other is at work or done, so bandwidths are halved on both. One thread calls.
 */
final class Slices {
    /** That much longer runs: the sides do not begin and end together, and what they have in common shall be most of it. */
    static final int LONGER = 4;

    private final Duration slice;

    /**
     * Turns.
     *
     * @param slice how long a turn takes
     */
    Slices(final Duration slice) {
        this.slice = slice;
    }

    /**
     * Measures with both sides; blocks until both are done.
     *
     * @param pairs        both sides, prepared
     * @param measurements what, by side
     * @return the clients' outputs
     * @throws MeasurementException if one of them failed; the other one is done then, too
     */
    Map<Side, String> measure(final Map<Side, PerfPair> pairs, final Map<Side, Measurement> measurements)
        throws MeasurementException, InterruptedException {
        final FutureTask<String> c = start(() -> pairs.get(Side.C).measure(measurements.get(Side.C)));
        final FutureTask<String> java = start(() -> pairs.get(Side.JAVA).measure(measurements.get(Side.JAVA)));
        try {
            for (Side turn = Side.C; !c.isDone() || !java.isDone(); turn = turn == Side.C ? Side.JAVA : Side.C) {
                Signals.stop(pairs.get(turn == Side.C ? Side.JAVA : Side.C).processes().reversed());
                Signals.resume(pairs.get(turn).processes());
                Thread.sleep(slice); // the turn itself: nothing to wait for but time
            }
        } finally {
            c.cancel(true);
            java.cancel(true);
            for (final PerfPair pair : pairs.values()) {
                Signals.resume(pair.processes());
            }
        }
        return Map.of(Side.C, result(c), Side.JAVA, result(java));
    }

    private static FutureTask<String> start(final Callable<String> measuring) {
        final FutureTask<String> task = new FutureTask<>(measuring);
        Thread.ofPlatform().daemon().name("measurement").start(task);
        return task;
    }

    private static String result(final FutureTask<String> task) throws MeasurementException, InterruptedException {
        try {
            return task.get();
        } catch (final ExecutionException e) {
            if (e.getCause() instanceof MeasurementException failed) {
                throw failed;
            }
            throw new IllegalStateException(e.getCause());
        } catch (final CancellationException e) {
            throw new InterruptedException("while both sides measured");
        }
    }
}
