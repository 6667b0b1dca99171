package dev.verbs.stream.state;

import dev.verbs.stream.StreamException;

/**
 * What a worker has computed and not yet shipped: the region of the current epoch, and the region of the epoch before while its
 * deltas travel. Owned by the worker's agent.
 *
 * <p>Closing an epoch freezes its region and starts the next one in the other region, which must have been shipped: if not, the
 * worker has to wait for credit, and so the memory is bounded.
 */
public final class PartialState implements AutoCloseable {
    private static final int SELECTION = 256;

    private final long[] selection = new long[SELECTION];
    private StateTable active;
    private StateTable closing;
    private boolean shipping;
    private long epoch;
    private long firstOpenWindow = Long.MIN_VALUE;
    private long late;

    /**
     * Empty state.
     *
     * @param leaders    partitions of the key space, at least 1
     * @param entryLimit entries per leader and epoch, at least 1
     * @param entryBytes bytes per entry
     */
    public PartialState(final int leaders, final int entryLimit, final int entryBytes) {
        active = new StateTable(leaders, entryLimit, entryBytes);
        closing = new StateTable(leaders, entryLimit, entryBytes);
    }

    /**
     * The region of the current epoch.
     *
     * @return the table that records go to
     */
    public StateTable active() {
        return active;
    }

    /**
     * The region of the closed epoch.
     *
     * @return the table that is being shipped, not to be changed
     */
    public StateTable closing() {
        return closing;
    }

    /**
     * Scratch space of the kernel: offsets of the records that a filter kept.
     *
     * @return the array, of a fixed length; its content is the caller's until the next call
     */
    public long[] selection() {
        return selection;
    }

    /**
     * The number of the current epoch.
     *
     * @return from 0
     */
    public long epoch() {
        return epoch;
    }

    /**
     * Whether the closed epoch has yet to be shipped.
     *
     * @return true between {@link #closeEpoch} and {@link #shipped}
     */
    public boolean isShipping() {
        return shipping;
    }

    /**
     * Freezes the current region and starts the next epoch in the other one.
     *
     * @param firstOpen windows before this one are promised to be complete: from now on, records for them are late
     * @throws StreamException if the epoch before has not been shipped
     */
    public void closeEpoch(final long firstOpen) {
        if (shipping) {
            throw new StreamException("epoch " + epoch + " cannot close: epoch " + (epoch - 1) + " has not been shipped");
        }
        final StateTable closed = active;
        active = closing;
        closing = closed;
        shipping = true;
        epoch++;
        firstOpenWindow = Math.max(firstOpenWindow, firstOpen);
    }

    /** Drops the closed region: all of it was handed to the leaders, so none of it may count again. */
    public void shipped() {
        closing.clear();
        shipping = false;
    }

    /**
     * The first window for which a record is not late.
     *
     * @return the id of the window
     */
    public long firstOpenWindow() {
        return firstOpenWindow;
    }

    /**
     * Counts records that came after their window was promised to be complete.
     *
     * @param records how many were dropped
     */
    public void addLate(final long records) {
        late += records;
    }

    /**
     * Records that were dropped because their window was already promised to be complete.
     *
     * @return the count, 0 if the source's watermark was right
     */
    public long late() {
        return late;
    }

    @Override
    public void close() {
        active.close();
        closing.close();
    }
}
