package dev.verbs.examples.pingpong;

import java.time.Duration;
import java.util.Objects;

/**
 * What both ends of a ping-pong agree on, and how one end waits.
 *
 * @param service      transport service
 * @param sharing      queue pairs that share one receive queue, as in {@code ibv_srq_pingpong}; 0 for one queue pair with
 *     receives of its own
 * @param size         bytes of a message
 * @param receiveDepth receives that are posted at a time
 * @param iterations   messages each way, over all queue pairs
 * @param serviceLevel service level of the path
 * @param events       whether to sleep on completion events instead of polling
 * @param validate     whether to check what arrives
 * @param timeout      how long to wait for the peer, each time
 */
public record PingPongConfig(PingPongService service, int sharing, long size, int receiveDepth, long iterations,
    int serviceLevel, boolean events, boolean validate, Duration timeout) {
    /** What {@code ibv_srq_pingpong} accepts: it has room for 256, and wants one less. */
    static final int MAX_SHARING = PingPongExchange.SHARED_LINES - 1;
    private static final long MAX_SIZE = 1L << 30;
    private static final int MAX_SERVICE_LEVEL = 15;

    /** Checks the ranges. */
    public PingPongConfig {
        Objects.requireNonNull(service, "service");
        range("num-qp", sharing, 0, MAX_SHARING);
        range("size", size, 1, MAX_SIZE);
        range("rx-depth", receiveDepth, 2, 1 << 20);
        range("iters", iterations, 1, Integer.MAX_VALUE);
        range("sl", serviceLevel, 0, MAX_SERVICE_LEVEL);
        range("timeout", timeout.toSeconds(), 1, Integer.MAX_VALUE);
        if (sharing > 0 && service != PingPongService.RC) {
            throw new IllegalArgumentException("a shared receive queue goes with reliable connections only, as in C, not with "
                + service);
        }
        if (sharing > receiveDepth) {
            throw new IllegalArgumentException("rx-depth " + receiveDepth + " is less than one receive for each of " + sharing
                + " queue pairs");
        }
    }

    /**
     * One reliable connection with receives of its own, as in {@code ibv_rc_pingpong}.
     *
     * @param size         bytes of a message
     * @param receiveDepth receives that are posted at a time
     * @param iterations   messages each way
     * @param serviceLevel service level of the path
     * @param events       whether to sleep on completion events instead of polling
     * @param validate     whether to check what arrives
     * @param timeout      how long to wait for the peer, each time
     */
    public PingPongConfig(final long size, final int receiveDepth, final long iterations, final int serviceLevel,
        final boolean events, final boolean validate, final Duration timeout) {
        this(PingPongService.RC, 0, size, receiveDepth, iterations, serviceLevel, events, validate, timeout);
    }

    /**
     * The same over another service.
     *
     * @param other the service
     * @return the changed copy
     */
    public PingPongConfig withService(final PingPongService other) {
        return new PingPongConfig(other, sharing, size, receiveDepth, iterations, serviceLevel, events, validate, timeout);
    }

    /**
     * The same with a shared receive queue, or without.
     *
     * @param count queue pairs that share it; 0 for one queue pair with receives of its own
     * @return the changed copy
     */
    public PingPongConfig withSharing(final int count) {
        return new PingPongConfig(service, count, size, receiveDepth, iterations, serviceLevel, events, validate, timeout);
    }

    boolean isShared() {
        return sharing > 0;
    }

    int queuePairs() {
        return Math.max(1, sharing);
    }

    /** Addresses that one end tells the other. */
    int exchangedLines() {
        return isShared() ? PingPongExchange.SHARED_LINES : 1;
    }

    private static void range(final String name, final long value, final long least, final long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " " + value + " is not in " + least + " .. " + most);
        }
    }
}
