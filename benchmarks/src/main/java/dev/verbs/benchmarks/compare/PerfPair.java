package dev.verbs.benchmarks.compare;

import java.util.List;

/** Runs a client against a server of its own kind. One thread, but for {@link #processes} and {@link #close}. */
interface PerfPair extends AutoCloseable {
    /**
     * Starts and warms up what lives longer than a measurement.
     *
     * @param measurement what comes
     * @throws MeasurementException if that failed or took too long; nothing is left running then
     * @throws InterruptedException if this thread was interrupted; nothing is left running then
     */
    default void prepare(final Measurement measurement) throws MeasurementException, InterruptedException {
    }

    /** The processes that are running now, the server's first; any thread. */
    List<Long> processes();

    /**
     * Measures; blocks until both ends are done, or a deadline has passed.
     *
     * @param measurement what
     * @return the client's output
     * @throws MeasurementException if an end failed or took too long; nothing is left running then
     * @throws InterruptedException if this thread was interrupted; nothing is left running then
     */
    String measure(Measurement measurement) throws MeasurementException, InterruptedException;

    /** Whether the last measurement shows what it shall, and not a JVM that still compiles. */
    default boolean isSettled() {
        return true;
    }

    /** The next measurement begins with new processes, where they live longer than one. */
    default void renew() {
    }

    /** Ends what is running. */
    @Override
    void close();
}
