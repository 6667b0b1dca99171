package dev.verbs.examples;

import dev.verbs.CompletionChannel;
import java.time.Duration;
import org.agrona.concurrent.IdleStrategy;

/**
 * Sleeps until a completion queue announces something. The agent asks for the announcement before it reports that there is
 * nothing to do; a slice bounds the sleep, so that its deadline is looked at.
 */
public final class ChannelIdle implements IdleStrategy {
    /** How long one sleep lasts at most. */
    public static final Duration SLICE = Duration.ofMillis(20);

    private final CompletionChannel channel;

    /**
     * Sleeps on a channel.
     *
     * @param channel the channel
     */
    public ChannelIdle(final CompletionChannel channel) {
        this.channel = channel;
    }

    @Override
    public void idle(final int workCount) {
        if (workCount <= 0) {
            idle();
        }
    }

    @Override
    public void idle() {
        channel.await(SLICE);
    }

    @Override
    public void reset() {
        // nothing is kept between sleeps
    }
}
