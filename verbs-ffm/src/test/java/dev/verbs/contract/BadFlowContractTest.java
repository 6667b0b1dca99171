package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.AccessFlags;
import dev.verbs.Context;
import dev.verbs.MemoryRegion;
import dev.verbs.ProtectionDomain;
import dev.verbs.QpState;
import dev.verbs.RcTuning;
import dev.verbs.SendFlags;
import dev.verbs.WcOpcode;
import dev.verbs.WcStatus;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.Completion;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.VerbsTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests that fail: with which status, at which side, saying what. */
class BadFlowContractTest extends VerbsTest {
    private static final int LOCAL = AccessFlags.LOCAL_WRITE;
    private static final int WRITE = AccessFlags.REMOTE_WRITE;
    private static final int READ = AccessFlags.REMOTE_READ;

    private Pair pairWithRemoteChecks(final PairConfig config) {
        final Pair pair = pair(config);
        final Context context = pair.a().context();
        assume(context.device().guarantees().checksRemoteKeyAtCompletion(), context, "errors of remote keys in completions");
        return pair;
    }

    private Completion failWrite(final Pair pair, final long remote, final int rkey, final long length) {
        final Side a = pair.a();
        a.sends().clear().write(7, a.at(0), length, a.region().lkey(), remote, rkey, SendFlags.SIGNALED);
        a.postSends();
        return a.awaitSend();
    }

    private Completion failRead(final Pair pair, final long remote, final int rkey, final long length) {
        final Side a = pair.a();
        a.sends().clear().read(7, a.at(0), length, a.region().lkey(), remote, rkey, SendFlags.SIGNALED);
        a.postSends();
        return a.awaitSend();
    }

    private static void assertRefusedByPeer(final Pair pair, final Completion completion) {
        completion.expectError(7, WcStatus.REM_ACCESS_ERR, pair.a().qp().number());
        Refusal.says(new AssertionError(completion.description()), "wr_id 7", "QP " + pair.a().qp().number(), "REM_ACCESS_ERR",
            "key, range or access");
        assertDead(pair.a());
    }

    private static void assertDead(final Side side) {
        if (side.context().device().guarantees().readsState()) {
            assertEquals(QpState.ERR, side.qp().state());
        }
        assertEquals(0, side.qp().inFlight());
    }

    @Test
    void shouldSayThatAWriteUsedAWrongRemoteKey() {
        final Pair pair = pairWithRemoteChecks(PairConfig.DEFAULT);
        pair.b().buffer().fill((byte)0);
        assertRefusedByPeer(pair, failWrite(pair, pair.b().at(0), pair.b().region().rkey() ^ 0x55, 64));
    }

    @Test
    void shouldSayThatAReadUsedAWrongRemoteKey() {
        final Pair pair = pairWithRemoteChecks(PairConfig.DEFAULT);
        assertRefusedByPeer(pair, failRead(pair, pair.b().at(0), pair.b().region().rkey() ^ 0x55, 64));
    }

    @Test
    void shouldSayThatAWriteWentPastTheEndOfTheRegion() {
        final Pair pair = pairWithRemoteChecks(PairConfig.DEFAULT);
        assertRefusedByPeer(pair, failWrite(pair, pair.b().at(pair.b().region().length() - 63), pair.b().region().rkey(), 64));
    }

    @Test
    void shouldSayThatAReadWentPastTheEndOfTheRegion() {
        final Pair pair = pairWithRemoteChecks(PairConfig.DEFAULT);
        assertRefusedByPeer(pair, failRead(pair, pair.b().at(pair.b().region().length()), pair.b().region().rkey(), 1));
    }

    @Test
    void shouldRefuseAWriteBeforeTheStartOfTheRegion() {
        final Pair pair = pairWithRemoteChecks(PairConfig.DEFAULT);
        assertRefusedByPeer(pair, failWrite(pair, pair.b().at(-1), pair.b().region().rkey(), 64));
    }

    @Test
    void shouldRefuseAWriteWhoseEndWrapsAround() {
        final Pair pair = pairWithRemoteChecks(PairConfig.DEFAULT);
        assertRefusedByPeer(pair, failWrite(pair, -8L, pair.b().region().rkey(), 64));
    }

    @Test
    @Covers("ibv_alloc_pd")
    void shouldRefuseARegionOfAnotherDomain() {
        final Pair pair = pairWithRemoteChecks(PairConfig.DEFAULT);
        final ProtectionDomain other = own(pair.b().context().allocateProtectionDomain());
        final MemoryRegion region = own(other.registerMemory(Arena.ofAuto().allocate(64), PairConfig.ALL_ACCESS));
        assertRefusedByPeer(pair, failWrite(pair, region.address(), region.rkey(), 64));
    }

    @Test
    @Covers("ibv_dereg_mr")
    void shouldRefuseARegionThatWasClosed() {
        final Pair pair = pairWithRemoteChecks(PairConfig.DEFAULT);
        final MemorySegment memory = Arena.ofAuto().allocate(64);
        final MemoryRegion region = own(pair.b().domain().registerMemory(memory, PairConfig.ALL_ACCESS));
        final int rkey = region.rkey();
        final long address = region.address();
        region.close();
        assertRefusedByPeer(pair, failWrite(pair, address, rkey, 64));
    }

    @Test
    void shouldRefuseAWriteToARegionWithoutRemoteWrite() {
        final Pair pair = pairWithRemoteChecks(PairConfig.DEFAULT.withAccess(LOCAL | READ, WRITE | READ));
        assertRefusedByPeer(pair, failWrite(pair, pair.b().at(0), pair.b().region().rkey(), 64));
    }

    @Test
    void shouldRefuseAReadOfARegionWithoutRemoteRead() {
        final Pair pair = pairWithRemoteChecks(PairConfig.DEFAULT.withAccess(LOCAL | WRITE, WRITE | READ));
        assertRefusedByPeer(pair, failRead(pair, pair.b().at(0), pair.b().region().rkey(), 64));
    }

    @Test
    void shouldRefuseAWriteThroughAQueuePairWithoutRemoteWrite() {
        final Pair pair = pairWithRemoteChecks(PairConfig.DEFAULT.withAccess(LOCAL | WRITE | READ, READ));
        failWrite(pair, pair.b().at(0), pair.b().region().rkey(), 64)
            .expectError(7, DeviceProfile.of(pair.a().context()).accessOfQp(), pair.a().qp().number());
    }

    @Test
    void shouldRefuseAReadThroughAQueuePairWithoutRemoteRead() {
        final Pair pair = pairWithRemoteChecks(PairConfig.DEFAULT.withAccess(LOCAL | WRITE | READ, WRITE));
        failRead(pair, pair.b().at(0), pair.b().region().rkey(), 64)
            .expectError(7, DeviceProfile.of(pair.a().context()).accessOfQp(), pair.a().qp().number());
    }

    @Test
    void shouldChangeNothingAtThePeerWhenItRefuses() {
        final Pair pair = pairWithRemoteChecks(PairConfig.DEFAULT);
        pair.b().fill(0, pair.b().region().length(), 3);
        failWrite(pair, pair.b().at(pair.b().region().length() - 63), pair.b().region().rkey(), 64);
        pair.b().assertFilled(0, pair.b().region().length(), 3);
    }

    @Test
    void shouldFailASendWithAWrongLocalKey() {
        final Pair pair = pair();
        final Side a = pair.a();
        pair.b().receive(1, 0, 64);
        a.sends().clear().send(2, a.at(0), 64, a.region().lkey() ^ 0x55, SendFlags.SIGNALED);
        a.postSends();
        a.awaitSend().expectError(2, DeviceProfile.of(a.context()).localKey(), a.qp().number());
        assertDead(a);
    }

    @Test
    void shouldFailASendBeyondTheEndOfItsRegion() {
        final Pair pair = pair();
        final Side a = pair.a();
        pair.b().receive(1, 0, 64);
        a.sends().clear().send(2, a.at(a.region().length() - 8), 64, a.region().lkey(), SendFlags.SIGNALED);
        a.postSends();
        a.awaitSend().expectError(2, DeviceProfile.of(a.context()).localRange(), a.qp().number());
    }

    @Test
    void shouldFailASendFromARegionOfAnotherDomain() {
        final Pair pair = pair();
        final Side a = pair.a();
        final ProtectionDomain other = own(a.context().allocateProtectionDomain());
        final MemoryRegion region = own(other.registerMemory(Arena.ofAuto().allocate(64), LOCAL));
        pair.b().receive(1, 0, 64);
        a.sends().clear().send(2, region.address(), 64, region.lkey(), SendFlags.SIGNALED);
        a.postSends();
        a.awaitSend().expectError(2, DeviceProfile.of(a.context()).localKey(), a.qp().number());
    }

    @Test
    void shouldFailAReadIntoARegionWithoutLocalWrite() {
        final Pair pair = pair();
        final Side a = pair.a();
        final MemoryRegion region = own(a.domain().registerMemory(Arena.ofAuto().allocate(64), READ));
        a.sends().clear().read(2, region.address(), 64, region.lkey(), pair.b().at(0), pair.b().region().rkey(), SendFlags.SIGNALED);
        a.postSends();
        a.awaitSend().expectError(2, WcStatus.LOC_PROT_ERR, a.qp().number());
    }

    @Test
    void shouldFailBothSidesWhenTheReceiveIsTooSmall() {
        final Pair pair = pair();
        final DeviceProfile profile = DeviceProfile.of(pair.a().context());
        pair.b().receive(1, 0, 63);
        pair.a().send(2, 0, 64);
        pair.a().awaitSend().expectError(2, profile.shortReceiveSent(), pair.a().qp().number());
        pair.b().awaitReceive().expectError(1, profile.shortReceive(), pair.b().qp().number());
    }

    @Test
    void shouldFailBothSidesWhenTheReceiveMayNotBeWritten() {
        final Pair pair = pair();
        final DeviceProfile profile = DeviceProfile.of(pair.a().context());
        final Side b = pair.b();
        final MemoryRegion region = own(b.domain().registerMemory(Arena.ofAuto().allocate(64), READ));
        b.receives().clear().receive(1, region.address(), 64, region.lkey());
        b.postReceives();
        pair.a().send(2, 0, 64);
        pair.a().awaitSend().expectError(2, profile.receiveKeySent(), pair.a().qp().number());
        b.awaitReceive().expectError(1, profile.receiveKey(), b.qp().number());
    }

    @Test
    void shouldGiveUpWhenThePeerNeverPostsAReceive() {
        final Pair pair = pair(PairConfig.DEFAULT.withTuning(RcTuning.DEFAULT.withRetries(14, 6, 2)));
        assume(pair.a().context().device().guarantees().waitsForReceives(), pair.a().context(), "to wait for receives");
        pair.a().send(2, 0, 64);
        final Completion failed = pair.a().awaitSend();
        failed.expectError(2, WcStatus.RNR_RETRY_EXC_ERR, pair.a().qp().number());
        Refusal.says(new AssertionError(failed.description()), "RNR_RETRY_EXC_ERR", "no receive posted");
    }

    @Test
    @Covers("ibv_destroy_qp")
    void shouldGiveUpWhenThePeersQueuePairIsGone() {
        final Pair pair = pair();
        assume(pair.a().context().device().guarantees().flushesAfterError(), pair.a().context(), "flushes after errors");
        pair.b().qp().close();
        pair.a().write(2, 0, 64, pair.b(), 0);
        final Completion failed = pair.a().awaitSend();
        failed.expectError(2, WcStatus.RETRY_EXC_ERR, pair.a().qp().number());
        Refusal.says(new AssertionError(failed.description()), "wr_id 2", "QP " + pair.a().qp().number(), "RETRY_EXC_ERR",
            "no acknowledgement after all retries: the peer is gone");
        assertDead(pair.a());
    }

    @Test
    void shouldGiveUpWhenThePeersQueuePairIsInError() {
        final Pair pair = pair();
        assume(pair.a().context().device().guarantees().flushesAfterError(), pair.a().context(), "flushes after errors");
        pair.b().qp().modify(PairConfig.toError());
        pair.a().send(2, 0, 64);
        pair.a().awaitSend().expectError(2, WcStatus.RETRY_EXC_ERR, pair.a().qp().number());
    }

    @Test
    void shouldFlushWhatWasBehindTheRequestThatFailed() {
        final Pair pair = pairWithRemoteChecks(PairConfig.DEFAULT);
        assume(pair.a().context().device().guarantees().flushesAfterError(), pair.a().context(), "flushes after errors");
        final Side a = pair.a();
        final int good = pair.b().region().rkey();
        a.sends().clear();
        for (int i = 0; i < 8; i++) {
            a.sends().write(i, a.at(0), 64, a.region().lkey(), pair.b().at(0), i == 3 ? good ^ 0x55 : good,
                i == 5 ? 0 : SendFlags.SIGNALED);
        }
        a.postSends();
        final List<Completion> done = a.awaitSends(8); // the unsignalled one completes too: it failed
        for (int i = 0; i < 8; i++) {
            if (i < 3) {
                done.get(i).expect(i, WcOpcode.RDMA_WRITE);
            } else {
                done.get(i).expectError(i, i == 3 ? WcStatus.REM_ACCESS_ERR : WcStatus.WR_FLUSH_ERR, a.qp().number());
            }
        }
        assertDead(a);
    }

    @Test
    void shouldKeepOtherConnectionsAliveWhenOneFails() {
        final Pair broken = pairWithRemoteChecks(PairConfig.DEFAULT);
        final Pair healthy = pair();
        failWrite(broken, broken.b().at(0), broken.b().region().rkey() ^ 0x55, 64);
        assertNotEquals(broken.a().qp().number(), healthy.a().qp().number());
        healthy.a().fill(0, 64, 1).write(8, 0, 64, healthy.b(), 0);
        healthy.a().awaitSend().expect(8, WcOpcode.RDMA_WRITE);
        healthy.b().assertFilled(0, 64, 1);
        assertTrue(healthy.b().qp().isOpen());
    }
}
