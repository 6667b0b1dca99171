package dev.verbs.stream.exchange;

import dev.verbs.stream.StreamException;
import dev.verbs.stream.state.StateTable;
import dev.verbs.transport.channel.ChannelProducer;
import dev.verbs.transport.channel.ChannelStatus;

/** Ships deltas to one leader. Owned by the helper's agent. */
final class DeltaOutlet {
    private static final int NONE = -1;

    private final ChannelProducer channel;
    private final DeltaWriter writer;
    private final int leader;
    /** Bytes filled into the claimed slot and not yet accepted by the send queue. */
    private int filled = NONE;
    private long epoch;
    private boolean lastEpoch;
    private boolean endSent;
    private long buffers;
    private long bytes;

    DeltaOutlet(final ChannelProducer channel, final int self, final int leader) {
        this.channel = channel;
        this.leader = leader;
        this.writer = new DeltaWriter(self, leader);
    }

    void begin(final StateTable closed, final long epochOfDelta, final long watermark, final boolean endOfStream) {
        writer.begin(closed, epochOfDelta, watermark, endOfStream);
        epoch = epochOfDelta;
        lastEpoch = endOfStream;
    }

    /** Whether the region is still needed: what lies in a claimed slot is a copy. */
    boolean isPending() {
        return writer.isPending();
    }

    int send() {
        int work = channel.doWork();
        while (filled != NONE || writer.isPending()) {
            if (filled == NONE && !fill()) {
                return work;
            }
            if (!accepted(channel.commit(filled, epoch), "commit")) {
                return work;
            }
            buffers++;
            bytes += filled;
            filled = NONE;
            work++;
        }
        if (lastEpoch && !endSent) {
            endSent = accepted(channel.endOfStream(epoch), "end of stream");
            work += endSent ? 1 : 0;
        }
        checkAlive();
        return work;
    }

    private boolean fill() {
        final int claim = (int) Math.min(channel.config().payloadCapacity(), writer.wanted());
        if (!accepted(channel.tryClaim(claim), "claim")) {
            return false;
        }
        filled = (int) writer.fill(channel.buffer(), channel.claimOffset(), claim);
        return true;
    }

    private boolean accepted(final long result, final String what) {
        if (result < 0 && result != ChannelStatus.BACK_PRESSURED) {
            throw new StreamException("the channel to leader " + leader + " broke at " + what + " in epoch " + epoch + " ("
                + ChannelStatus.name(result) + "): " + channel.failure());
        }
        return result >= 0;
    }

    private void checkAlive() {
        switch (channel.state()) {
            case FAILED, CLOSED -> throw new StreamException("the channel to leader " + leader + " broke (" + channel.state()
                + "): " + channel.failure());
            default -> {
                // still open, or all said
            }
        }
    }

    /** Whether the leader has taken everything and knows that nothing follows. */
    boolean isEnded() {
        return endSent && channel.isEnded();
    }

    long buffers() {
        return buffers;
    }

    long bytes() {
        return bytes;
    }
}
