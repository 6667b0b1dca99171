package dev.verbs.contract;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.CompletionQueue;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.WcStatus;
import dev.verbs.WorkCompletions;
import dev.verbs.headers.ibv_wc;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import dev.verbs.testkit.Waiting;
import java.lang.foreign.Arena;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a poll of several completions gives back to queue pairs: to the right one, and to the right one of its queues. */
class BatchCreditContractTest extends VerbsTest {
    private static final int COUNT = 8;
    private static final int DEPTH = 16;

    private Pair sides;
    private CompletionQueue cq;
    private final WorkCompletions completions = WorkCompletions.allocate(Arena.ofAuto(), 4 * COUNT);
    private final SendRequests list = SendRequests.allocate(Arena.ofAuto(), COUNT, 1);

    /** A queue pair whose sends and receives both complete in one queue, and the peer's. */
    private record Ends(QueuePair qp, QueuePair peer) {
    }

    private void open() {
        sides = unconnectedPair(PairConfig.DEFAULT);
        assume(sides.a().context().device().guarantees().connectsByModify(), sides.a().context(), "connecting by modify");
        cq = own(sides.a().context().createCompletionQueue(8 * COUNT));
    }

    private Ends connect() {
        final Side a = sides.a();
        final Side b = sides.b();
        final QueuePair qp = a.domain().createQueuePair(QueuePairConfig.rc(cq, DEPTH, DEPTH));
        final QueuePair peer = own(b.domain().createQueuePair(QueuePairConfig.rc(b.sendCq(), DEPTH, DEPTH)));
        Pair.connect(qp, a.port(), peer, b.port(), PairConfig.DEFAULT);
        return new Ends(qp, peer);
    }

    /** Posts that many signalled writes, of which the one with the index {@code wrong} names a key that does not exist. */
    private void write(final QueuePair qp, final int wrong) {
        list.clear();
        for (int i = 0; i < COUNT; i++) {
            final int rkey = sides.b().region().rkey();
            list.write(i, sides.a().at(0), 8, sides.a().region().lkey(), sides.b().at(0), i == wrong ? ~rkey : rkey, SendFlags.SIGNALED);
        }
        assertEquals(COUNT, qp.postSend(list));
    }

    private void receive(final QueuePair qp, final Side side) {
        side.receives().clear();
        for (int i = 0; i < COUNT; i++) {
            side.receives().receive(i, side.at(0), 8, side.region().lkey());
        }
        assertEquals(COUNT, qp.postReceive(side.receives()));
    }

    private static void letComplete() {
        Waiting.until(TestProvider.pause(), () -> false); // nobody can look into a queue without polling it
    }

    /** Polls until so many came, in batches as large as they come; or until nothing more comes, for 0. By queue pair number. */
    private Map<Integer, Integer> poll(final int count) {
        final Map<Integer, Integer> found = new TreeMap<>();
        final int[] sum = new int[1];
        Waiting.until(count == 0 ? TestProvider.pause() : TestProvider.deadline(), () -> {
            final int polled = cq.poll(completions);
            assertTrue(polled >= 0, () -> "poll returned " + polled);
            for (int i = 0; i < polled; i++) {
                found.merge(completions.qpNumber(i), 1, Integer::sum);
            }
            sum[0] += polled;
            return count != 0 && sum[0] >= count;
        });
        assertTrue(count == 0 || sum[0] == count, () -> found.toString());
        return found;
    }

    @Test
    void shouldCreditSends() {
        open();
        final Ends ends = connect();
        try (QueuePair qp = ends.qp()) {
            for (int round = 0; round < 3; round++) {
                write(qp, -1);
                letComplete();
                assertEquals(COUNT, qp.inFlight());
                poll(COUNT);
                assertEquals(0, qp.inFlight());
            }
        }
    }

    /** Sends before any receive was posted, then both, then receives alone: each goes to its own queue. */
    @Test
    void shouldTellSendsFromReceives() {
        open();
        final Ends ends = connect();
        try (QueuePair qp = ends.qp()) {
            write(qp, -1);
            receive(qp, sides.a());
            assertEquals(2 * COUNT, qp.inFlight());
            letComplete();
            poll(COUNT);
            assertEquals(COUNT, qp.inFlight(), "the receives wait");
            sides.b().sends().clear();
            for (int i = 0; i < COUNT; i++) {
                sides.b().sends().send(i, sides.b().at(0), 8, sides.b().region().lkey(), SendFlags.SIGNALED);
            }
            assertEquals(COUNT, ends.peer().postSend(sides.b().sends()));
            write(qp, -1);
            letComplete();
            poll(2 * COUNT);
            assertEquals(0, qp.inFlight());
            sides.b().awaitSends(COUNT);
            receive(qp, sides.a());
            sides.b().sends().rewind();
            assertEquals(COUNT, ends.peer().postSend(sides.b().sends()));
            letComplete();
            poll(COUNT);
            assertEquals(0, qp.inFlight());
            sides.b().awaitSends(COUNT);
        }
    }

    /** A device may leave in the queue what a queue pair had there when it was closed: the next one has not sent that. */
    @Test
    void shouldNotCreditTheNextQueuePairWithWhatAClosedOneLeft() {
        open();
        try (QueuePair first = connect().qp()) {
            write(first, -1);
            letComplete();
        }
        final Ends ends = connect();
        try (QueuePair second = ends.qp()) {
            write(second, -1);
            letComplete();
            final WorkCompletions batch = WorkCompletions.allocate(Arena.ofAuto(), COUNT);
            final int[] mine = new int[1];
            assertTrue(Waiting.until(TestProvider.deadline(), () -> {
                final int polled = cq.poll(batch);
                for (int i = 0; i < polled; i++) {
                    mine[0] += batch.qpNumber(i) == second.number() ? 1 : 0;
                }
                assertEquals(COUNT - mine[0], second.inFlight());
                return mine[0] == COUNT;
            }));
            write(second, -1);
            letComplete();
            poll(COUNT);
            assertEquals(0, second.inFlight());
        }
    }

    /** Two queue pairs of one queue, whose completions come mixed. */
    @Test
    void shouldCreditEachOfTwoQueuePairs() {
        open();
        try (QueuePair one = connect().qp(); QueuePair other = connect().qp()) {
            write(one, -1);
            write(other, -1);
            letComplete();
            assertEquals(Map.of(one.number(), COUNT, other.number(), COUNT), poll(2 * COUNT));
            assertEquals(0, one.inFlight());
            assertEquals(0, other.inFlight());
        }
    }

    /** A failure among successes, and the flushes behind it. */
    @Test
    void shouldCreditWhatIsAroundAFailure() {
        open();
        try (QueuePair qp = connect().qp()) {
            write(qp, COUNT / 2);
            letComplete();
            poll(COUNT);
            assertEquals(0, qp.inFlight());
            assertEquals(COUNT / 2, qp.firstError().wrId());
        }
    }

    /** What a poll knows of its batch must not outlive it: neither the next batch, nor what somebody else wrote into the array. */
    @Test
    void shouldTellFailuresInTheArrayThatHeldSuccesses() {
        open();
        final WorkCompletions batch = WorkCompletions.allocate(Arena.ofAuto(), COUNT);
        try (QueuePair qp = connect().qp()) {
            write(qp, -1);
            letComplete();
            assertEquals(Map.of(WcStatus.SUCCESS, COUNT), statuses(batch, COUNT));
            write(qp, COUNT / 2);
            letComplete();
            assertEquals(Map.of(WcStatus.SUCCESS, COUNT / 2, WcStatus.REM_ACCESS_ERR, 1, WcStatus.WR_FLUSH_ERR, COUNT / 2 - 1),
                statuses(batch, COUNT));
        }
        try (QueuePair qp = connect().qp()) {
            write(qp, -1);
            letComplete();
            assertEquals(Map.of(WcStatus.SUCCESS, COUNT), statuses(batch, COUNT));
            batch.image().set(JAVA_INT, ibv_wc.status$offset(), WcStatus.WR_FLUSH_ERR.code());
            batch.size(1);
            assertFalse(batch.isSuccess(0));
            assertThrows(IllegalArgumentException.class, () -> batch.segment().set(JAVA_INT, 0, 0), "read-only");
        }
    }

    /** Polls so many into one array, and counts how they ended; what {@code isSuccess} says must agree. */
    private Map<WcStatus, Integer> statuses(final WorkCompletions into, final int count) {
        final Map<WcStatus, Integer> found = new TreeMap<>();
        final int[] sum = new int[1];
        assertTrue(Waiting.until(TestProvider.deadline(), () -> {
            final int polled = cq.poll(into);
            for (int i = 0; i < polled; i++) {
                assertEquals(into.status(i) == WcStatus.SUCCESS, into.isSuccess(i), into.describe(i));
                found.merge(into.status(i), 1, Integer::sum);
            }
            sum[0] += polled;
            return sum[0] >= count;
        }));
        return found;
    }
}
