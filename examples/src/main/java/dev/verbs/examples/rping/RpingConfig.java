package dev.verbs.examples.rping;

import java.time.Duration;

/**
 * What one end of rping does.
 *
 * @param size     bytes of the ping data
 * @param count    pings, 0 for no end
 * @param validate whether the client checks what comes back
 * @param verbose  whether ping data are printed
 * @param debug    whether each step is printed
 * @param timeout  how long to wait for the peer, each time
 */
public record RpingConfig(int size, long count, boolean validate, boolean verbose, boolean debug, Duration timeout) {
    /** Least size that C takes: its format and ten digits. */
    static final int MIN_SIZE = 23;
    /** Largest size that C takes. */
    static final int MAX_SIZE = 64 * 1024 - 1;

    /** Checks the ranges. */
    public RpingConfig {
        range("size", size, MIN_SIZE, MAX_SIZE);
        range("count", count, 0, Integer.MAX_VALUE);
        range("timeout", timeout.toSeconds(), 1, Integer.MAX_VALUE);
    }

    private static void range(final String name, final long value, final long least, final long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " " + value + " is not in " + least + " .. " + most);
        }
    }
}
