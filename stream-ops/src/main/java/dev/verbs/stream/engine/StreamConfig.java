package dev.verbs.stream.engine;

import dev.verbs.stream.state.StateTable;

/**
 * How a query is run.
 *
 * @param batchRecords   records read per duty cycle, at least 1: how long a cycle may take
 * @param epochRecords   records per epoch, at least 1: larger epochs ship fewer pairs, smaller ones trigger windows sooner
 * @param partialEntries (window, key) pairs per leader that an epoch may hold; a full epoch ends early
 * @param windowEntries  keys per window that a leader has room for at first, it grows by doubling
 * @param slots          slots per channel, at least 2
 * @param slotBytes      bytes per slot, at least 256
 * @param receiveLimit   buffers taken in per peer and duty cycle, at least 1
 * @param deadlineNs     how long the run may take, at least 1
 */
public record StreamConfig(int batchRecords, long epochRecords, int partialEntries, int windowEntries, int slots, int slotBytes,
                           int receiveLimit, long deadlineNs) {
    /** Channels of 8 slots of 64 KiB, as in the Slash paper; epochs of 256 Ki records; one minute. */
    public static final StreamConfig DEFAULT = new StreamConfig(4096, 1 << 18, 1 << 14, 1 << 12, 8, 1 << 16, 4, 60_000_000_000L);

    private static final int LEAST_SLOT_BYTES = 256;

    /** Checks the ranges. */
    public StreamConfig {
        atLeast("batchRecords", batchRecords, 1);
        atLeast("epochRecords", epochRecords, 1);
        atLeast("partialEntries", partialEntries, 1);
        atLeast("windowEntries", windowEntries, 1);
        atLeast("slots", slots, 2);
        atLeast("slotBytes", slotBytes, LEAST_SLOT_BYTES);
        atLeast("receiveLimit", receiveLimit, 1);
        atLeast("deadlineNs", deadlineNs, 1);
        if (partialEntries > StateTable.MAX_ENTRIES || windowEntries > StateTable.MAX_ENTRIES) {
            throw new IllegalArgumentException("partialEntries " + partialEntries + " and windowEntries " + windowEntries
                + " can be " + StateTable.MAX_ENTRIES + " at most");
        }
    }

    private static void atLeast(final String name, final long value, final long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " " + value + " is less than " + least);
        }
    }

    /**
     * The same with other epochs.
     *
     * @param records records per epoch
     * @return the changed copy
     */
    public StreamConfig withEpochRecords(final long records) {
        return new StreamConfig(batchRecords, records, partialEntries, windowEntries, slots, slotBytes, receiveLimit, deadlineNs);
    }

    /**
     * The same with other batches.
     *
     * @param records records per duty cycle
     * @return the changed copy
     */
    public StreamConfig withBatchRecords(final int records) {
        return new StreamConfig(records, epochRecords, partialEntries, windowEntries, slots, slotBytes, receiveLimit, deadlineNs);
    }

    /**
     * The same with other room for state.
     *
     * @param partial pairs per leader and epoch
     * @param window  keys per window at first
     * @return the changed copy
     */
    public StreamConfig withEntries(final int partial, final int window) {
        return new StreamConfig(batchRecords, epochRecords, partial, window, slots, slotBytes, receiveLimit, deadlineNs);
    }

    /**
     * The same with other channels.
     *
     * @param count slots per channel
     * @param bytes bytes per slot
     * @return the changed copy
     */
    public StreamConfig withSlots(final int count, final int bytes) {
        return new StreamConfig(batchRecords, epochRecords, partialEntries, windowEntries, count, bytes, receiveLimit, deadlineNs);
    }

    /**
     * The same with another deadline.
     *
     * @param ns how long the run may take
     * @return the changed copy
     */
    public StreamConfig withDeadlineNs(final long ns) {
        return new StreamConfig(batchRecords, epochRecords, partialEntries, windowEntries, slots, slotBytes, receiveLimit, ns);
    }
}
