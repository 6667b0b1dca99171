package dev.verbs.examples.perf;

import dev.verbs.CompletionChannel;
import dev.verbs.CompletionQueue;
import dev.verbs.WorkCompletions;
import java.time.Duration;

/**
 * Waits for one completion of a queue: polls, or sleeps on its channel. One thread; what it waits for must be signalled and the only
 * thing outstanding, as in a latency test.
 */
final class CqWait {
    private static final Duration NAP = Duration.ofMillis(20);

    private final CompletionQueue cq;
    private final WorkCompletions completions;
    private final CompletionChannel channel;
    private final int attempts;
    private final Watch watch;

    /**
     * Waits on a queue.
     *
     * @param cq          the queue, armed if there is a channel
     * @param completions where completions go: room for one
     * @param channel     what to sleep on, null to poll
     * @param watch       ends the wait
     */
    CqWait(final CompletionQueue cq, final WorkCompletions completions, final CompletionChannel channel, final Watch watch) {
        this.cq = cq;
        this.completions = completions;
        this.channel = channel;
        this.attempts = channel == null ? Watch.SLICE : 1;
        this.watch = watch;
    }

    /** Waits; returns false if the test's time is over instead. */
    boolean await() {
        int count = cq.poll(completions, attempts);
        if (count == 0) {
            count = channel == null ? spin() : sleep();
            if (count == 0) {
                return false;
            }
        }
        if (count < 0 || !completions.isSuccess(0)) {
            throw watch.failed(cq, completions, count);
        }
        return true;
    }

    /** One slice of polls found nothing. */
    private int spin() {
        long spins = Watch.SLICE;
        while (!watch.isOver(spins)) {
            final int count = cq.poll(completions, Watch.SLICE);
            if (count != 0) {
                return count;
            }
            spins += Watch.SLICE;
        }
        return 0;
    }

    private int sleep() {
        long slices = 0;
        int count = 0;
        while (count == 0) {
            if (sleepOn(channel, NAP)) {
                count = cq.poll(completions);
            } else if (watch.isOver(++slices * Watch.PERIOD)) {
                return 0;
            }
        }
        return count;
    }

    /** Takes one announcement and arms its queue again: what comes after that will be announced, what came before is polled. */
    static boolean sleepOn(final CompletionChannel channel, final Duration time) {
        final CompletionQueue announced = channel.await(time);
        if (announced != null) {
            announced.requestNotification(false);
        }
        return announced != null;
    }
}
