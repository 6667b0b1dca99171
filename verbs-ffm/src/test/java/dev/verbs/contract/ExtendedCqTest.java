package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.ExtendedCompletionQueue;
import dev.verbs.ExtendedCqConfig;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.SendFlags;
import dev.verbs.VerbsException;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import dev.verbs.testkit.Waiting;
import org.junit.jupiter.api.Assumptions;

/** Two connected queue pairs that complete in one extended queue. */
class ExtendedCqTest extends VerbsTest {
    static final int COMPLETION = ExtendedCompletionQueue.COMPLETION;
    static final int NONE = ExtendedCompletionQueue.NONE;

    /** Where they live. */
    Side side;
    QueuePair first;
    QueuePair second;

    /** An extended queue; the test is skipped where the device has none, or lacks a field. */
    final ExtendedCompletionQueue open(final Context context, final ExtendedCqConfig config) {
        try {
            return own(context.createExtendedCompletionQueue(config));
        } catch (final VerbsException e) {
            Assumptions.assumeTrue(e.errno() != Errno.EOPNOTSUPP, () -> context.device().name() + ": " + e.getMessage());
            throw e;
        }
    }

    /** Two connected queue pairs that complete in one extended queue. */
    final ExtendedCompletionQueue connect(final ExtendedCqConfig config) {
        side = unconnectedPair(PairConfig.DEFAULT).a();
        final ExtendedCompletionQueue cq = open(side.context(), config);
        assume(side.context().device().guarantees().connectsByModify(), side.context(), "connecting by modify");
        first = own(side.domain().createQueuePair(QueuePairConfig.rc(cq, 31, 31)));
        second = own(side.domain().createQueuePair(QueuePairConfig.rc(cq, 31, 31)));
        Pair.connect(first, side.port(), second, side.port(), PairConfig.DEFAULT);
        return cq;
    }

    final ExtendedCompletionQueue connect() {
        return connect(ExtendedCqConfig.of(127));
    }

    final void write(final int from, final int count) {
        side.sends().clear();
        for (int i = 0; i < count; i++) {
            side.sends().write(from + i, side.at(0), 64, side.region().lkey(), side.at(4096 + i * 64L), side.region().rkey(),
                SendFlags.SIGNALED);
        }
        assertEquals(count, first.postSend(side.sends()));
    }

    static void awaitStart(final ExtendedCompletionQueue cq) {
        final int[] found = new int[1];
        Waiting.until(TestProvider.deadline(), () -> {
            found[0] = cq.startPoll();
            return found[0] != NONE;
        });
        assertEquals(COMPLETION, found[0]);
    }

    /** Of both queue pairs; by a thread that is not within a batch. */
    final boolean closeQueuePairs() {
        first.close();
        second.close();
        return true;
    }
}
