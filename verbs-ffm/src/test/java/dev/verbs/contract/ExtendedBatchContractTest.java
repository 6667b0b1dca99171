package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.Errno;
import dev.verbs.ExtendedCompletionQueue;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QueuePairConfig;
import dev.verbs.VerbsException;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Waiting;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What the thread within a batch of an extended completion queue, and others meanwhile, may do to the queue and its queue pairs. */
class ExtendedBatchContractTest extends ExtendedCqTest {
    private static final int BATCHES = 20;

    /** Libraries take the queue's lock to destroy a queue pair, and this thread holds it. */
    @Test
    void shouldRefuseToCloseItsQueuePairsWithinABatch() {
        final ExtendedCompletionQueue cq = connect();
        write(3, 1);
        awaitStart(cq);
        Refusal.of(Errno.EBUSY, first::close, first.describe(), "endPoll", cq.describe());
        Refusal.of(Errno.EBUSY, second::close, second.describe());
        assertTrue(first.isOpen() && second.isOpen());
        assertEquals(3, cq.wrId(), "the batch goes on");
        cq.endPoll();
        first.close();
        second.close();
    }

    @Test
    void shouldRefuseToResetItsQueuePairsWithinABatch() {
        final ExtendedCompletionQueue cq = connect();
        write(3, 1);
        awaitStart(cq);
        Refusal.of(Errno.EBUSY, () -> first.modify(new QpAttributes().state(QpState.RESET)), first.describe(), "endPoll");
        assertEquals(QpState.RTS, first.state());
        cq.endPoll();
        first.modify(new QpAttributes().state(QpState.RESET));
        assertEquals(QpState.RESET, first.state());
    }

    @Test
    void shouldCloseAQueuePairThatIsClosedAlreadyWithinABatch() {
        final ExtendedCompletionQueue cq = connect();
        second.close();
        write(9, 1);
        first.modify(PairConfig.toError());
        awaitStart(cq);
        second.close(); // once more does nothing
        cq.endPoll();
    }

    /** A resize that waited for the end of a batch with its lock in hand would keep the batch from ending. */
    @Test
    void shouldSurviveResizesOfAnotherThreadAroundBatches() {
        final ExtendedCompletionQueue cq = connect();
        final AtomicBoolean done = new AtomicBoolean();
        final Waiting.Pending<Integer> resizer = Waiting.start("resizer", () -> resize(cq, done));
        try {
            for (int i = 0; i < BATCHES; i++) {
                write(i, 1);
                awaitStart(cq);
                Refusal.of(Errno.EBUSY, first::close, "endPoll");
                own(side.domain().createQueuePair(QueuePairConfig.rc(cq, 1, 1))); // takes the lock of the queue
                assertEquals(i, cq.wrId());
                cq.endPoll();
            }
        } finally {
            done.set(true);
        }
        resizer.get();
    }

    /** Until at least one was not refused. */
    private static int resize(final ExtendedCompletionQueue cq, final AtomicBoolean done) {
        int resized = 0;
        for (int i = 0; !done.get() || resized == 0; i++) {
            try {
                cq.resize(i % 2 == 0 ? 255 : 127);
                resized++;
            } catch (final VerbsException e) {
                assertEquals(Errno.EBUSY, e.errno(), e.getMessage());
            }
        }
        return resized;
    }
}
