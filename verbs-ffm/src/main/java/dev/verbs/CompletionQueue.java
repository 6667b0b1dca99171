package dev.verbs;

import java.time.Duration;

/**
 * Where completions of queue pairs arrive. C: {@code struct ibv_cq}, closed with {@code ibv_destroy_cq}.
 *
 * <p>Any thread may call any method; one thread at a time {@link #poll polls}, and one at a time calls
 * {@link #requestNotification} (they may be two). A close by another thread waits for the call that is under way; later calls
 * answer {@link #CLOSED} or EBADF. {@link Checking} finds a second poller.
 */
public interface CompletionQueue extends VerbsResource {
    /** What {@link #poll} returns on a queue that was closed. No C counterpart. */
    int CLOSED = -1;

    /** What {@link #poll} returns when the device failed (C: a negative return of {@code ibv_poll_cq}), overflow included. */
    int FAILED = -2;

    /** What the calls of an {@link ExtendedCompletionQueue} return that are made in the wrong order. No C counterpart. */
    int MISUSED = -3;

    /**
     * The context it was made on. C: {@code ibv_cq.context}.
     *
     * @return the context
     */
    Context context();

    /**
     * How many completions it holds. If more come before they are polled the queue is lost: {@link EventType#CQ_ERR}, and polls
     * return {@link #FAILED}. C: {@code ibv_cq.cqe}.
     *
     * @return the capacity, at least what was asked for
     */
    int capacity();

    /**
     * Makes it larger or smaller; completions in it stay, in their order, and so do its queue pairs. Any thread, also while
     * another polls. C: {@code ibv_resize_cq}.
     *
     * @param entries least number of completions that it shall hold, at least 1
     * @throws VerbsException EINVAL if {@code entries} is not in 1 .. maxCqe or more completions are waiting to be polled, EBUSY within
     *     the batch of an extended queue, EOPNOTSUPP if the device cannot
     */
    void resize(int entries);

    /**
     * Says how many completions one announcement may stand for: it comes when so many are there or so much time has passed since
     * the first. C: {@code ibv_modify_cq} with {@code IBV_CQ_ATTR_MODERATE}. Any thread.
     *
     * @param completions how many, 0 to 65,535; 0 or 1 for an announcement at once
     * @param periodUs    microseconds, 0 to 65,535
     * @throws VerbsException EINVAL if a value does not fit, EOPNOTSUPP if the device cannot (neither rdma_rxe, siw nor the software
     *     device can)
     */
    void moderate(int completions, int periodUs);

    /**
     * Takes completions, oldest first. Never blocks, never allocates, never throws. C: {@code ibv_poll_cq}.
     *
     * @param completions filled from index 0, up to its capacity; valid until the next poll into it
     * @return completions taken, 0 if there are none, {@link #CLOSED}, {@link #FAILED}, or {@link #MISUSED}
     *     within the batch of an extended queue
     */
    int poll(WorkCompletions completions);

    /**
     * Polls until there is something, at most so many times in a row, with nothing but the device's call between two attempts: what
     * a poll checks and counts is paid once per call. For loops that wait for little else. A close by another thread waits for the whole
     * call.
     * C: {@code do n = ibv_poll_cq(…); while (n == 0 && --attempts > 0)}.
     *
     * @param completions filled from index 0, up to its capacity; valid until the next poll into it
     * @param attempts    how often to look; fewer than 1 count as 1
     * @return as {@link #poll(WorkCompletions)}, 0 if no attempt found any
     */
    int poll(WorkCompletions completions, int attempts);

    /**
     * Polls until there is a completion or the time is over. Spins; for set-up paths, examples and tests: a program's own
     * loop polls many queues. C: {@code ibv_poll_cq} in a loop.
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
     * @throws VerbsException EINVAL if the queue has no channel, EBADF if it is closed, else what the device says
     */
    void requestNotification(boolean solicitedOnly);

    /**
     * The first cause of the flushes of a queue pair that it serves: what {@link QueuePair#firstError()} says. Any thread.
     * No C counterpart.
     *
     * @param qpNumber number of the queue pair
     * @return the error, null if there was none or the queue pair is not (or no longer) served
     */
    CompletionError firstError(int qpNumber);

    /**
     * What the device says about a vendor error of one of its completions, in words and with values. The software device numbers what it
     * refuses and gives the number as vendor error; it knows the newest 4,096 reasons. Any thread; never throws. No C counterpart.
     *
     * @param vendorError what {@link WorkCompletions#vendorError} says
     * @return the reason; null if the device gives none (real devices do not), does not know it any more, or nothing failed
     */
    default String vendorReason(final int vendorError) {
        return null;
    }
}
