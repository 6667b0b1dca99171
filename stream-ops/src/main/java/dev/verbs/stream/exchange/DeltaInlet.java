package dev.verbs.stream.exchange;

import dev.verbs.stream.StreamException;
import dev.verbs.transport.channel.ChannelConsumer;
import dev.verbs.transport.channel.ChannelHandler;
import dev.verbs.transport.channel.ChannelStatus;
import java.lang.foreign.MemorySegment;

/** Takes in the deltas of one helper, merging them where the device placed them. Owned by the leader's agent. */
final class DeltaInlet implements ChannelHandler {
    private final ChannelConsumer channel;
    private final DeltaReader reader;
    private final int sender;
    private DeltaHandler handler;

    DeltaInlet(final ChannelConsumer channel, final int sender, final int entryBytes) {
        this.channel = channel;
        this.sender = sender;
        this.reader = new DeltaReader(sender, entryBytes);
    }

    int receive(final DeltaHandler merger, final int limit) {
        if (channel.isEnded()) {
            return 0;
        }
        handler = merger;
        final int taken = channel.poll(this, limit);
        if (taken >= 0) {
            return taken;
        }
        if (taken != ChannelStatus.END_OF_STREAM) {
            throw new StreamException("the channel from helper " + sender + " broke after " + reader.epochs() + " epochs ("
                + ChannelStatus.name(taken) + "): " + channel.failure());
        }
        if (!reader.isEnded()) {
            throw new StreamException("helper " + sender + " closed its channel after " + reader.epochs()
                + " epochs, without the last epoch of its stream");
        }
        return 0;
    }

    @Override
    public void onMessage(final MemorySegment buffer, final long offset, final long length, final long tag) {
        reader.accept(buffer, offset, length, handler);
    }

    boolean isEnded() {
        return channel.isEnded();
    }
}
