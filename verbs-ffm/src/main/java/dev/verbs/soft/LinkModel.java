package dev.verbs.soft;

import java.time.Duration;

/**
 * How long messages take from one host to another. A message leaves when all before it have left, takes its length at the link's
 * rate, and arrives a latency later; both directions of a link are alike and do not share their rate. Immutable. No C counterpart.
 *
 * <p>What stands for a message: its payload (a READ: nothing on the way there, the payload on the way back) and the overhead, once
 * per message whatever its length. An acknowledgement takes the latency, and no room.
 *
 * @param latencyNs     from the last byte sent to the last byte arrived, in ns, 0 or more
 * @param bitsPerSecond the rate, 0 if it takes no time to send
 * @param overheadBytes headers of a message, 0 or more
 */
public record LinkModel(long latencyNs, long bitsPerSecond, int overheadBytes) {
    private static final double NS_PER_SECOND = 1e9;

    /** Refuses what is negative. */
    public LinkModel {
        if (latencyNs < 0 || bitsPerSecond < 0 || overheadBytes < 0) {
            throw new IllegalArgumentException("latency " + latencyNs + " ns, rate " + bitsPerSecond + " bit/s, overhead " + overheadBytes
                + " bytes: none may be negative (rate 0: no limit)");
        }
    }

    /**
     * A link without overhead.
     *
     * @param latency  one way, 0 or more
     * @param gigabits rate in 10^9 bits per second, more than 0
     * @return the model
     */
    public static LinkModel of(final Duration latency, final double gigabits) {
        final long rate = Math.round(gigabits * NS_PER_SECOND);
        if (rate < 1) {
            throw new IllegalArgumentException("a rate of " + gigabits + " Gb/s: it must be more than 0");
        }
        return new LinkModel(latency.toNanos(), rate, 0);
    }

    /**
     * The time that a message needs to leave.
     *
     * @param payload its bytes, without overhead
     * @return ns, rounded up
     */
    public long sendingNs(final long payload) {
        return bitsPerSecond == 0 ? 0 : (long)Math.ceil((payload + overheadBytes) * Byte.SIZE * NS_PER_SECOND / bitsPerSecond);
    }
}
