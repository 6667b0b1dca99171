package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.SendFlags;
import dev.verbs.WcOpcode;
import dev.verbs.WorkCompletions;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.Completion;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import dev.verbs.testkit.Waiting;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Completion queues: size, polling, order. */
class CompletionQueueContractTest extends VerbsTest {
    /** Seconds, on any device. */
    private static final int ENDLESS = 100_000_000;

    @Test
    @Covers("ibv_create_cq")
    void shouldHoldAtLeastWhatWasAskedFor() {
        final Context context = openContext();
        for (final int entries : new int[] {1, 2, 100, 1023}) {
            try (CompletionQueue cq = context.createCompletionQueue(entries)) {
                assertTrue(cq.capacity() >= entries, cq.capacity() + " for " + entries);
            }
        }
    }

    @Test
    void shouldRefuseSizesThatTheDeviceDoesNotHave() {
        final Context context = openContext();
        final int most = context.queryDevice().maxCqe();
        Refusal.of(Errno.EINVAL, () -> context.createCompletionQueue(0), "0", Integer.toString(most));
        Refusal.of(Errno.EINVAL, () -> context.createCompletionQueue(most + 1), Integer.toString(most));
    }

    @Test
    void shouldPollNothingFromAnEmptyQueue() {
        final CompletionQueue cq = own(openContext().createCompletionQueue(8));
        final WorkCompletions completions = WorkCompletions.allocate(Arena.ofAuto(), 4);
        completions.size(3);
        assertEquals(0, cq.poll(completions));
        assertEquals(0, completions.size());
    }

    @Test
    void shouldFindNothingInAnEmptyQueueHoweverOftenItLooks() {
        final CompletionQueue cq = own(openContext().createCompletionQueue(8));
        final WorkCompletions completions = WorkCompletions.allocate(Arena.ofAuto(), 4);
        for (final int attempts : new int[] {1000, 2, 1, 0, Integer.MIN_VALUE}) {
            completions.size(3);
            assertEquals(0, cq.poll(completions, attempts), () -> attempts + " attempts");
            assertEquals(0, completions.size());
        }
    }

    @Test
    void shouldLookAgainUntilThereIsSomething() {
        final Pair pair = pair();
        final WorkCompletions completions = WorkCompletions.allocate(Arena.ofAuto(), 4);
        for (int i = 0; i < 100; i++) {
            postWrites(pair, 1);
            assertEquals(1, pair.a().sendCq().poll(completions, ENDLESS), "write " + i); // a single look is too early as a rule
            assertTrue(completions.isSuccess(0), () -> completions.describe(0));
            assertEquals(1, completions.size());
            assertEquals(0, pair.a().qp().inFlight(), "the completion was credited");
        }
    }

    @Test
    void shouldReturnClosedAfterClose() {
        final CompletionQueue cq = own(openContext().createCompletionQueue(8));
        final WorkCompletions completions = WorkCompletions.allocate(Arena.ofAuto(), 4);
        cq.close();
        completions.size(3);
        assertEquals(CompletionQueue.CLOSED, cq.poll(completions));
        assertEquals(0, completions.size());
        completions.size(3);
        assertEquals(CompletionQueue.CLOSED, cq.poll(completions, ENDLESS));
        assertEquals(0, completions.size());
    }

    @Test
    void shouldTakeNoMoreThanTheArrayHolds() {
        final Pair pair = pair();
        postWrites(pair, 5);
        final WorkCompletions two = WorkCompletions.allocate(Arena.ofAuto(), 2);
        final List<Long> ids = new ArrayList<>();
        Waiting.until(TestProvider.deadline(), () -> {
            final int count = pair.a().sendCq().poll(two);
            assertTrue(count >= 0 && count <= 2, "poll returned " + count);
            assertEquals(count, two.size());
            for (int i = 0; i < count; i++) {
                ids.add(two.wrId(i));
            }
            return ids.size() >= 5;
        });
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L), ids);
    }

    @Test
    @Covers("ibv_poll_cq")
    void shouldDeliverCompletionsInTheOrderOfPosting() {
        final Pair pair = pair();
        for (int round = 0; round < 8; round++) {
            postWrites(pair, 16);
            final List<Completion> completions = pair.a().awaitSends(16);
            for (int i = 0; i < 16; i++) {
                completions.get(i).expect(i, WcOpcode.RDMA_WRITE);
            }
        }
    }

    private static void postWrites(final Pair pair, final int count) {
        final Side a = pair.a();
        a.sends().clear();
        for (int i = 0; i < count; i++) {
            a.sends().write(i, a.at(0), 64, a.region().lkey(), pair.b().at(i * 64L), pair.b().region().rkey(), SendFlags.SIGNALED);
        }
        a.postSends();
    }

    @Test
    void shouldServeSeveralQueuePairsAndTellThemApart() {
        final Pair pair = unconnectedPair(PairConfig.DEFAULT);
        assume(pair.a().context().device().guarantees().connectsByModify(), pair.a().context(), "connecting by modify");
        final Side a = pair.a();
        final CompletionQueue shared = own(a.context().createCompletionQueue(64));
        final QueuePair first = own(a.domain().createQueuePair(QueuePairConfig.rc(shared, 8, 8)));
        final QueuePair second = own(a.domain().createQueuePair(QueuePairConfig.rc(shared, 8, 8)));
        Pair.connect(first, a.port(), second, a.port(), PairConfig.DEFAULT);
        a.receives().clear().receive(7, a.at(1024), 512, a.region().lkey());
        assertEquals(1, second.postReceive(a.receives()));
        a.sends().clear().send(8, a.at(0), 512, a.region().lkey(), SendFlags.SIGNALED);
        assertEquals(1, first.postSend(a.sends()));
        for (final Completion completion : a.await(shared, 2)) {
            if (completion.wrId() == 7) {
                assertEquals(second.number(), completion.expect(7, WcOpcode.RECV).qpNumber());
            } else {
                assertEquals(first.number(), completion.expect(8, WcOpcode.SEND).qpNumber());
            }
        }
        assertEquals(0, first.inFlight());
        assertEquals(0, second.inFlight());
    }

    @Test
    void shouldRefuseNotificationsWithoutAChannel() {
        final CompletionQueue cq = own(openContext().createCompletionQueue(8));
        Refusal.of(Errno.EINVAL, () -> cq.requestNotification(false), "channel");
    }

    @Test
    void shouldRefuseNotificationsAfterClose() {
        final Context context = openContext();
        final CompletionQueue cq = own(context.createCompletionQueue(8, own(context.createCompletionChannel())));
        cq.close();
        Refusal.of(Errno.EBADF, () -> cq.requestNotification(false), "closed");
    }
}
