package dev.verbs.examples.pingpong;

import java.time.Duration;

/**
 * What both ends of a ping-pong agree on, and how one end waits.
 *
 * @param size         bytes of a message
 * @param receiveDepth receives that are posted at a time
 * @param iterations   messages each way
 * @param serviceLevel service level of the path
 * @param events       whether to sleep on completion events instead of polling
 * @param validate     whether to check what arrives
 * @param timeout      how long to wait for the peer, each time
 */
public record PingPongConfig(long size, int receiveDepth, long iterations, int serviceLevel, boolean events,
    boolean validate, Duration timeout) {
    private static final long MAX_SIZE = 1L << 30;
    private static final int MAX_SERVICE_LEVEL = 15;

    /** Checks the ranges. */
    public PingPongConfig {
        range("size", size, 1, MAX_SIZE);
        range("rx-depth", receiveDepth, 2, 1 << 20);
        range("iters", iterations, 1, Integer.MAX_VALUE);
        range("sl", serviceLevel, 0, MAX_SERVICE_LEVEL);
        range("timeout", timeout.toSeconds(), 1, Integer.MAX_VALUE);
    }

    private static void range(final String name, final long value, final long least, final long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " " + value + " is not in " + least + " .. " + most);
        }
    }
}
