package dev.verbs.examples.perf;

import dev.verbs.CompletionChannel;
import java.time.Duration;

/** What a bandwidth loop does when a round found no completion: counts, or sleeps on the channel; asks the watch. One thread. */
final class Idle {
    private static final Duration NAP = Duration.ofMillis(2);

    private final CompletionChannel channel;
    private final Watch watch;
    private long rounds;

    /**
     * For one run.
     *
     * @param channel what to sleep on, null to spin
     * @param watch   ends the wait
     */
    Idle(final CompletionChannel channel, final Watch watch) {
        this.channel = channel;
        this.watch = watch;
    }

    /** After a round that took so many completions. */
    void after(final int taken) {
        if (taken > 0) {
            rounds = 0;
        } else {
            nothing();
        }
    }

    private void nothing() {
        if (channel != null) {
            CqWait.sleepOn(channel, NAP);
            rounds += Watch.PERIOD / 8; // a look every few naps
        } else {
            rounds++;
        }
        if (rounds % Watch.SLICE == 0) {
            watch.isOver(rounds);
        }
    }
}
