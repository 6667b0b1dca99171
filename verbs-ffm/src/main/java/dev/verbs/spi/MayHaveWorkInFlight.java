package dev.verbs.spi;

/** A queue of a protection domain whose posted requests may use the domain's regions: it keeps them from being closed. */
interface MayHaveWorkInFlight {
    /** Requests posted and not yet known to be done; never too low. Any thread. */
    long inFlight();

    /** What it is, for messages. */
    String describe();
}
