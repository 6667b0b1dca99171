package dev.verbs;

import java.time.Duration;

/**
 * Where completions of queue pairs arrive. C: {@code struct ibv_cq}.
 *
 * <p>Any thread may call any method; one thread at a time {@link #poll polls}, and one at a time calls
 * {@link #requestNotification} (they may be two). A close by another thread waits for the call that is under way; later calls
 * answer {@link #CLOSED} or EBADF. {@link Checking} finds a second poller.
 */
public interface CompletionQueue extends VerbsResource {
    /** What {@link #poll} returns on a queue that was closed. */
    int CLOSED = -1;

    /** What {@link #poll} returns when the device failed (C: a negative return of {@code ibv_poll_cq}), overflow included. */
    int FAILED = -2;

    /**
     * The context it was made on.
     *
     * @return the context
     */
    Context context();

    /**
     * How many completions it holds.
     *
     * @return the capacity, at least what was asked for
     */
    int capacity();

    /**
     * Takes completions, oldest first. Never blocks, never allocates, never throws. C: {@code ibv_poll_cq}.
     *
     * @param completions filled from index 0, up to its capacity; valid until the next poll into it
     * @return completions taken, 0 if there are none, {@link #CLOSED} or {@link #FAILED}
     */
    int poll(WorkCompletions completions);

    /**
     * Polls until there is a completion or the time is over. Spins; for set-up paths, examples and tests: a program's own
     * loop polls many queues.
     *
     * @param completions filled from index 0, up to its capacity
     * @param timeout     how long to poll
     * @return completions taken, 0 when the time is over, {@link #CLOSED} or {@link #FAILED}
     */
    default int poll(final WorkCompletions completions, final Duration timeout) {
        final long deadline = System.nanoTime() + timeout.toNanos();
        int count = poll(completions);
        while (count == 0 && deadline - System.nanoTime() > 0) {
            Thread.onSpinWait();
            count = poll(completions);
        }
        return count;
    }

    /**
     * Asks for one announcement on the queue's channel at the next completion. Poll once more afterwards: what arrived
     * before is not announced. C: {@code ibv_req_notify_cq}.
     *
     * @param solicitedOnly only for solicited completions and errors
     * @throws VerbsException if the queue has no channel, or the device refuses
     */
    void requestNotification(boolean solicitedOnly);

    /**
     * The first cause of the flushes of a queue pair that it serves: what {@link QueuePair#firstError()} says. Any thread.
     *
     * @param qpNumber number of the queue pair
     * @return the error, null if there was none or the queue pair is not (or no longer) served
     */
    CompletionError firstError(int qpNumber);
}
