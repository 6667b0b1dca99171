package dev.verbs.transport.channel;

import dev.verbs.transport.ConnectedPair;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/** What both ends of a write channel are: an agent on a connection and memory of its own, owned by one thread. */
public abstract sealed class ChannelEnd implements Agent, AutoCloseable permits ChannelConsumer, ChannelProducer {
    final ChannelId id;
    final WriteChannelConfig config;
    final NanoClock clock;
    final ConnectedPair pair;
    final ChannelMemory memory;
    ChannelState state = ChannelState.OPEN;

    ChannelEnd(final ChannelId id, final WriteChannelConfig config, final NanoClock clock, final ConnectedPair pair,
        final ChannelMemory memory) {
        this.id = id;
        this.config = config;
        this.clock = clock;
        this.pair = pair;
        this.memory = memory;
    }

    /**
     * How this end is.
     *
     * @return the state
     */
    public final ChannelState state() {
        return state;
    }

    /**
     * Whether the stream was ended, everything was released, and both sides can know: time to close. The producer knows when
     * its last credit came, the consumer when that credit has left.
     *
     * @return true if so
     */
    public final boolean isEnded() {
        return state == ChannelState.ENDED;
    }

    /**
     * Why this end failed. Allocates: for people.
     *
     * @return a sentence, null unless it failed
     */
    public final String failure() {
        return pair.failure() == null ? null : roleName() + ": " + pair.failure() + "; " + progress();
    }

    /** How far it came, for {@link #failure()}. */
    abstract String progress();

    /**
     * Which channel.
     *
     * @return the id; at the consumer as the producer gave it
     */
    public final ChannelId id() {
        return id;
    }

    /**
     * How it was made.
     *
     * @return the configuration
     */
    public final WriteChannelConfig config() {
        return config;
    }

    /**
     * The connection, for tests of failures.
     *
     * @return the pair
     */
    public final ConnectedPair pair() {
        return pair;
    }

    @Override
    public final void onClose() {
        close();
    }

    /**
     * Starts to disconnect without waiting. When many ends close together, disconnect all of them first.
     */
    public final void disconnect() {
        pair.disconnect();
        if (state == ChannelState.OPEN || state == ChannelState.ENDING) {
            state = ChannelState.CLOSED;
        }
    }

    /**
     * Disconnects and gives everything back: messages that were not released by the consumer may be lost, slots that it keeps are
     * invalid from now on. Idempotent.
     */
    @Override
    public final void close() {
        state = ChannelState.CLOSED;
        CloseHelper.closeAll(pair, memory);
    }
}
