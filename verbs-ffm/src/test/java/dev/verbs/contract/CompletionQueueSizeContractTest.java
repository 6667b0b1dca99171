package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.SendFlags;
import dev.verbs.VerbsException;
import dev.verbs.WcOpcode;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.Completion;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import dev.verbs.testkit.Waiting;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Completion queues that change: their size, their vector, how often they announce. */
class CompletionQueueSizeContractTest extends VerbsTest {
    private static void resize(final CompletionQueue cq, final int entries) {
        try {
            cq.resize(entries);
        } catch (final VerbsException e) {
            Assumptions.assumeTrue(e.errno() != Errno.EOPNOTSUPP, () -> cq.context().device().name() + ": " + e.getMessage());
            throw e;
        }
    }

    private static void writes(final Pair pair, final int from, final int count) {
        final Side a = pair.a();
        a.sends().clear();
        for (int i = 0; i < count; i++) {
            a.sends().write(from + i, a.at(0), 64, a.region().lkey(), pair.b().at(i * 64L), pair.b().region().rkey(),
                SendFlags.SIGNALED);
        }
        a.postSends();
    }

    private static void expect(final List<Completion> completions, final int from) {
        for (int i = 0; i < completions.size(); i++) {
            completions.get(i).expect(from + i, WcOpcode.RDMA_WRITE);
        }
    }

    /** All requests were executed when the write behind them can be seen; then their completions are in the queue. */
    private static void writesThatAreDone(final Pair pair, final int from, final int count) {
        pair.b().fill(8192, 64, 0);
        pair.a().fill(8192, 64, 99);
        writes(pair, from, count - 1);
        pair.a().write(from + count - 1, 8192, 64, pair.b(), 8192);
        final byte last = pair.a().buffer().get(ValueLayout.JAVA_BYTE, 8192 + 63);
        assertTrue(Waiting.until(TestProvider.deadline(),
            () -> pair.b().buffer().get(ValueLayout.JAVA_BYTE, 8192 + 63) == last));
        Waiting.until(TestProvider.pause(), () -> false); // the acknowledgement of the last one; late is right too
    }

    @Test
    @Covers("ibv_resize_cq")
    void shouldGrow() {
        final CompletionQueue cq = own(openContext().createCompletionQueue(3));
        resize(cq, 100);
        assertTrue(cq.capacity() >= 100, "capacity " + cq.capacity());
    }

    @Test
    void shouldShrinkWhenEmpty() {
        final CompletionQueue cq = own(openContext().createCompletionQueue(100));
        resize(cq, 1);
        assertTrue(cq.capacity() >= 1, "capacity " + cq.capacity());
    }

    @Test
    @Covers("ibv_resize_cq")
    void shouldKeepWhatWaitsWhenItGrows() {
        final Pair pair = pair(PairConfig.DEFAULT.withCqEntries(15));
        writesThatAreDone(pair, 0, 12);
        resize(pair.a().sendCq(), 200);
        expect(pair.a().awaitSends(12), 0);
    }

    @Test
    void shouldKeepWhatWaitsWhenItShrinks() {
        final Pair pair = pair(PairConfig.DEFAULT.withCqEntries(100));
        writesThatAreDone(pair, 0, 12);
        resize(pair.a().sendCq(), 15);
        expect(pair.a().awaitSends(12), 0);
    }

    @Test
    @Covers("ibv_resize_cq")
    void shouldHoldMoreAfterItGrew() {
        final Pair pair = pair(PairConfig.DEFAULT.withCqEntries(7));
        final CompletionQueue cq = pair.a().sendCq();
        final int before = cq.capacity();
        assertTrue(before < 31, "nothing to prove with capacity " + before);
        resize(cq, 31);
        writes(pair, 0, 31);
        expect(pair.a().awaitSends(31), 0); // more than it held before, at once
        assertEquals(0, pair.a().qp().inFlight());
    }

    @Test
    void shouldGoOnInOrderWhenResizedBetweenPolls() {
        final Pair pair = pair(PairConfig.DEFAULT.withCqEntries(31));
        for (int round = 0; round < 6; round++) {
            writes(pair, round * 16, 16);
            expect(pair.a().awaitSends(5), round * 16);
            resize(pair.a().sendCq(), round % 2 == 0 ? 120 : 31);
            expect(pair.a().awaitSends(11), round * 16 + 5);
        }
        assertEquals(0, pair.a().qp().inFlight());
    }

    @Test
    @Covers("ibv_resize_cq")
    void shouldRefuseToBecomeSmallerThanWhatWaits() {
        final Pair pair = pair(PairConfig.DEFAULT.withCqEntries(31));
        resize(pair.a().sendCq(), 31);
        writesThatAreDone(pair, 0, 20);
        final int before = pair.a().sendCq().capacity();
        Refusal.of(Errno.EINVAL, () -> pair.a().sendCq().resize(1), "poll them first");
        assertEquals(before, pair.a().sendCq().capacity());
        expect(pair.a().awaitSends(20), 0);
    }

    @Test
    void shouldRefuseSizesThatTheDeviceDoesNotHave() {
        final Context context = openContext();
        final CompletionQueue cq = own(context.createCompletionQueue(8));
        final int most = context.queryDevice().maxCqe();
        Refusal.of(Errno.EINVAL, () -> cq.resize(0), "0", Integer.toString(most));
        Refusal.of(Errno.EINVAL, () -> cq.resize(-1), "-1");
        Refusal.of(Errno.EINVAL, () -> cq.resize(most + 1), Integer.toString(most));
        assertTrue(cq.capacity() >= 8);
    }

    @Test
    void shouldRefuseToResizeAfterClose() {
        final CompletionQueue cq = own(openContext().createCompletionQueue(8));
        cq.close();
        Refusal.of(Errno.EBADF, () -> cq.resize(16), "closed");
    }

    @Test
    void shouldTakeEachVector() {
        final Context context = openContext();
        final int vectors = context.completionVectors();
        assertTrue(vectors >= 1, "vectors " + vectors);
        for (int vector = 0; vector < Math.min(vectors, 4); vector++) {
            own(context.createCompletionQueue(8, null, vector));
        }
        own(context.createCompletionQueue(8, own(context.createCompletionChannel()), vectors - 1));
    }

    @Test
    void shouldRefuseVectorsThatTheDeviceDoesNotHave() {
        final Context context = openContext();
        final int vectors = context.completionVectors();
        Refusal.of(Errno.EINVAL, () -> context.createCompletionQueue(8, null, vectors), "vector " + vectors);
        Refusal.of(Errno.EINVAL, () -> context.createCompletionQueue(8, null, -1), "vector -1");
    }

    @Test
    void shouldModerateOrSayThatItCannot() {
        final CompletionQueue cq = own(openContext().createCompletionQueue(8));
        try {
            cq.moderate(10, 100);
        } catch (final VerbsException e) {
            assertEquals("EOPNOTSUPP", Errno.name(e.errno()), e.getMessage());
            Assumptions.abort(cq.context().device().name() + ": " + e.getMessage());
        }
    }

    @Test
    void shouldRefuseModerationThatDoesNotFit() {
        final CompletionQueue cq = own(openContext().createCompletionQueue(8));
        Refusal.of(Errno.EINVAL, () -> cq.moderate(-1, 0), "-1");
        Refusal.of(Errno.EINVAL, () -> cq.moderate(65_536, 0), "65536");
        Refusal.of(Errno.EINVAL, () -> cq.moderate(0, -1), "-1");
        Refusal.of(Errno.EINVAL, () -> cq.moderate(0, 65_536), "65536");
        cq.close();
        Refusal.of(Errno.EBADF, () -> cq.moderate(1, 1), "closed");
    }
}
