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
    private static final Duration SLICE = Duration.ofMillis(20);

    private final CompletionQueue cq;
    private final WorkCompletions completions;
    private final CompletionChannel channel;
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
        this.watch = watch;
    }

    /** Waits; returns false if the test's time is over instead. */
    boolean await() {
        int count = cq.poll(completions);
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

    private int spin() {
        long spins = 1;
        int count = cq.poll(completions);
        while (count == 0) {
            if ((++spins & Watch.MASK) == 0 && watch.isOver(spins)) {
                return 0;
            }
            count = cq.poll(completions);
        }
        return count;
    }

    private int sleep() {
        long slices = 0;
        int count = 0;
        while (count == 0) {
            if (sleepOn(channel, SLICE)) {
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
