package dev.verbs.spi;

/** Counts what a receive queue has in flight. */
interface ReceiveTracker {
    /** Before a list is handed to the device. */
    void record(int count);

    /** The device did not accept the last {@code count} of what was recorded. */
    void takeBack(int count);
}
