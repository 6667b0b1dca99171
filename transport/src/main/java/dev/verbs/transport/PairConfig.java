package dev.verbs.transport;

import dev.verbs.RcTuning;
import java.util.Objects;

/**
 * How a connected pair is made and watched.
 *
 * @param sendDepth           requests that the send queue holds, at least 1
 * @param receiveDepth        requests that the receive queue holds, 0 if it never receives
 * @param inlineBytes         bytes of an inline payload to ask for; a device that refuses is asked again for none
 * @param tuning              timers and retries of the connection; limited to what the device can do
 * @param watchNs             how often the connection manager is asked whether the peer has gone, nanoseconds, at least 1
 * @param completionTimeoutNs how long a signalled request may stay without completion before the pair is given up,
 *                            nanoseconds, at least 1
 */
public record PairConfig(int sendDepth, int receiveDepth, int inlineBytes, RcTuning tuning, long watchNs,
    long completionTimeoutNs) {
    /** 16 sends, 16 receives, 64 inline bytes, watched every 10 ms, given up after 5 s without a completion. */
    public static final PairConfig DEFAULT = new PairConfig(16, 16, 64, RcTuning.DEFAULT, 10_000_000L, 5_000_000_000L);

    /** Checks the ranges. */
    public PairConfig {
        Objects.requireNonNull(tuning, "tuning");
        atLeast("sendDepth", sendDepth, 1);
        atLeast("receiveDepth", receiveDepth, 0);
        atLeast("inlineBytes", inlineBytes, 0);
        atLeast("watchNs", watchNs, 1);
        atLeast("completionTimeoutNs", completionTimeoutNs, 1);
    }

    private static void atLeast(final String name, final long value, final long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " " + value + " is less than " + least);
        }
    }

    /**
     * The same with other queue sizes.
     *
     * @param sends    requests that the send queue holds
     * @param receives requests that the receive queue holds
     * @return the changed copy
     */
    public PairConfig withDepths(final int sends, final int receives) {
        return new PairConfig(sends, receives, inlineBytes, tuning, watchNs, completionTimeoutNs);
    }

    /**
     * The same with another inline payload.
     *
     * @param bytes bytes of an inline payload to ask for
     * @return the changed copy
     */
    public PairConfig withInline(final int bytes) {
        return new PairConfig(sendDepth, receiveDepth, bytes, tuning, watchNs, completionTimeoutNs);
    }

    /**
     * The same with other timers and retries.
     *
     * @param other timers and retries
     * @return the changed copy
     */
    public PairConfig withTuning(final RcTuning other) {
        return new PairConfig(sendDepth, receiveDepth, inlineBytes, other, watchNs, completionTimeoutNs);
    }

    /**
     * The same, watched otherwise.
     *
     * @param watch             how often the connection manager is asked, nanoseconds
     * @param completionTimeout how long a request may stay without completion, nanoseconds
     * @return the changed copy
     */
    public PairConfig withWatch(final long watch, final long completionTimeout) {
        return new PairConfig(sendDepth, receiveDepth, inlineBytes, tuning, watch, completionTimeout);
    }
}
