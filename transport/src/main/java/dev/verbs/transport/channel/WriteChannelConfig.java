package dev.verbs.transport.channel;

import dev.verbs.transport.PairConfig;
import java.util.Objects;

/**
 * How a write channel is made. Slots, slot bytes and byte order must be the same at both ends: the set-up checks it.
 *
 * @param slots       slots of the circular queue, and credits at the start (Slash: c), 2 to 65,536
 * @param slotBytes   bytes of a slot (Slash: m), {@link ChannelLayout#FOOTER_BYTES} of them for the footer; a multiple of
 *                    {@link ChannelLayout#SLOT_ALIGNMENT}, 64 to 1 GiB
 * @param signalEvery one WRITE in so many is signalled, 1 to {@code slots}
 * @param creditBatch released slots that the consumer collects before it returns credits, 1 to {@code slots} / 2
 * @param probeNs     how long an end may be idle before it probes the connection with a request, nanoseconds, at least 1; a
 *                    dead peer is noticed within this, plus the retries that {@link PairConfig#tuning()} allows
 * @param pair        timers, inline bytes, and how often the connection manager is asked; its queue depths are not used
 */
public record WriteChannelConfig(int slots, int slotBytes, int signalEvery, int creditBatch, long probeNs, PairConfig pair) {
    /** Most slots. */
    public static final int MAX_SLOTS = 65_536;

    /** Largest slot, bytes. */
    public static final int MAX_SLOT_BYTES = 1 << 30;

    /** 8 slots of 64 KiB, 1 WRITE in 4 signalled, credits in pairs, a probe after 100 ms without traffic. */
    public static final WriteChannelConfig DEFAULT = of(8, 64 * 1024);

    /** Checks the ranges. */
    public WriteChannelConfig {
        Objects.requireNonNull(pair, "pair");
        range("slots", slots, 2, MAX_SLOTS, "");
        range("slotBytes", slotBytes, ChannelLayout.SLOT_ALIGNMENT, MAX_SLOT_BYTES, "");
        if (slotBytes % ChannelLayout.SLOT_ALIGNMENT != 0) {
            throw new IllegalArgumentException("slotBytes " + slotBytes + " is not a multiple of "
                + ChannelLayout.SLOT_ALIGNMENT + ": slots start on cache lines");
        }
        range("signalEvery", signalEvery, 1, slots, " (slots): a slot is free when a signalled WRITE behind it has completed");
        range("creditBatch", creditBatch, 1, slots / 2, " (half the slots): the producer would stop for every batch");
        range("probeNs", probeNs, 1, Long.MAX_VALUE, "");
    }

    private static void range(final String name, final long value, final long least, final long most, final String why) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " " + value + " is not in " + least + " .. " + most + why);
        }
    }

    /**
     * The usual configuration of a channel of that size: half the credits' worth of WRITEs between signals, at most 4; credits
     * returned by quarters.
     *
     * @param slots     slots of the queue
     * @param slotBytes bytes of a slot, footer included
     * @return the configuration
     */
    public static WriteChannelConfig of(final int slots, final int slotBytes) {
        return new WriteChannelConfig(slots, slotBytes, Math.clamp(slots / 2, 1, 4), Math.max(1, slots / 4), 100_000_000L,
            PairConfig.DEFAULT);
    }

    /**
     * The same, signalled and credited otherwise.
     *
     * @param every one WRITE in so many is signalled
     * @param batch released slots that the consumer collects before it returns credits
     * @return the changed copy
     */
    public WriteChannelConfig withBatches(final int every, final int batch) {
        return new WriteChannelConfig(slots, slotBytes, every, batch, probeNs, pair);
    }

    /**
     * The same with another probe interval.
     *
     * @param nanoseconds how long an end may be idle before it probes
     * @return the changed copy
     */
    public WriteChannelConfig withProbe(final long nanoseconds) {
        return new WriteChannelConfig(slots, slotBytes, signalEvery, creditBatch, nanoseconds, pair);
    }

    /**
     * The same with other timers.
     *
     * @param other timers and inline bytes
     * @return the changed copy
     */
    public WriteChannelConfig withPair(final PairConfig other) {
        return new WriteChannelConfig(slots, slotBytes, signalEvery, creditBatch, probeNs, other);
    }

    /**
     * The longest message.
     *
     * @return payload bytes
     */
    public int payloadCapacity() {
        return slotBytes - ChannelLayout.FOOTER_BYTES;
    }

    /**
     * Memory that the slots take on either side.
     *
     * @return bytes
     */
    public long ringBytes() {
        return (long)slots * slotBytes;
    }
}
