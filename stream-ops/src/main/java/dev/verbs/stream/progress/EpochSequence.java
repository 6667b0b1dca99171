package dev.verbs.stream.progress;

import dev.verbs.stream.StreamException;

/**
 * Checks that the buffers of one sender come in order: epoch after epoch, within an epoch buffer after buffer, and as many pairs
 * as the last buffer says. A gap, a repeat or a loss ends the run. Owned by the leader's agent.
 */
public final class EpochSequence {
    private final int sender;
    private long epoch;
    private int buffer;
    private long pairs;
    private boolean ended;

    /**
     * Expects epoch 0.
     *
     * @param sender whose buffers they are
     */
    public EpochSequence(final int sender) {
        this.sender = sender;
    }

    /**
     * Checks the next buffer.
     *
     * @param actualEpoch  the epoch it belongs to
     * @param actualBuffer its number within the epoch
     * @throws StreamException if it is not the one expected
     */
    public void next(final long actualEpoch, final int actualBuffer) {
        if (ended || actualEpoch != epoch || actualBuffer != buffer) {
            throw new StreamException("from executor " + sender + " came buffer " + actualBuffer + " of epoch " + actualEpoch
                + (ended ? " after the end of its stream" : ", expected was buffer " + buffer + " of epoch " + epoch));
        }
        buffer++;
    }

    /**
     * Counts pairs of the current buffer.
     *
     * @param count how many were merged
     */
    public void merged(final long count) {
        pairs += count;
    }

    /**
     * Ends the epoch.
     *
     * @param sentPairs   pairs that the sender says it has sent in this epoch
     * @param endOfStream whether it was the last epoch
     * @throws StreamException if another number arrived
     */
    public void endEpoch(final long sentPairs, final boolean endOfStream) {
        if (sentPairs != pairs) {
            throw new StreamException("epoch " + epoch + " of executor " + sender + " has " + sentPairs + " pairs, but " + pairs
                + " arrived");
        }
        epoch++;
        buffer = 0;
        pairs = 0;
        ended = endOfStream;
    }

    /**
     * Whole epochs so far.
     *
     * @return the count
     */
    public long epochs() {
        return epoch;
    }

    /**
     * Whether the last epoch of the stream has arrived.
     *
     * @return true if nothing may follow
     */
    public boolean isEnded() {
        return ended;
    }
}
