package dev.verbs.benchmarks.compare;

/** Runs a client against a server of its own kind. One thread. */
interface PerfPair extends AutoCloseable {
    /**
     * Measures; blocks until both ends are done, or a deadline has passed.
     *
     * @param measurement what
     * @return the client's output
     * @throws MeasurementException if an end failed or took too long; nothing is left running then
     * @throws InterruptedException if this thread was interrupted; nothing is left running then
     */
    String measure(Measurement measurement) throws MeasurementException, InterruptedException;

    /** The next measurement begins with new processes, where they live longer than one. */
    default void renew() {
    }

    /** Ends what is running. */
    @Override
    void close();
}
