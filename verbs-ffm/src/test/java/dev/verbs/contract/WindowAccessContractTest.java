package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.verbs.AccessFlags;
import dev.verbs.Errno;
import dev.verbs.MemoryRegion;
import dev.verbs.MemoryWindow;
import dev.verbs.MemoryWindowType;
import dev.verbs.WcOpcode;
import dev.verbs.WcStatus;
import dev.verbs.WindowBinding;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.Side;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a window lets peers do, and for how long: rebinding, unbinding, invalidating, closing. */
class WindowAccessContractTest extends WindowTest {
    private MemoryWindow bound(final Pair pair, final MemoryWindowType type, final int access) {
        final MemoryWindow window = window(pair.b(), type);
        bind(pair.b(), window, part(pair.b(), access));
        return window;
    }

    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    void shouldRefuseAKeyThatWasNeverBound(final MemoryWindowType type) {
        final Pair pair = windowPair();
        closed(pair, window(pair.b(), type).rkey());
    }

    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    void shouldRefuseWritesThroughAWindowForReading(final MemoryWindowType type) {
        final Pair pair = windowPair();
        closed(pair, bound(pair, type, AccessFlags.REMOTE_READ).rkey());
    }

    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    void shouldRefuseReadsThroughAWindowForWriting(final MemoryWindowType type) {
        final Pair pair = windowPair();
        final MemoryWindow window = bound(pair, type, AccessFlags.REMOTE_WRITE);
        denied(pair, read(pair.a(), pair.b().at(START), window.rkey()));
    }

    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    void shouldRefuseAtomicsThroughAWindowForReadsAndWrites(final MemoryWindowType type) {
        final Pair pair = windowPair();
        assume(pair.a().context().device().guarantees().hasAtomics(), pair.a().context(), "atomics");
        final MemoryWindow window = bound(pair, type, REMOTE);
        final Side a = pair.a();
        a.sends().clear().fetchAndAdd(1, a.at(0), a.region().lkey(), pair.b().at(START), window.rkey(), 1, SIGNALED);
        a.postSends();
        denied(pair, a.awaitSend());
    }

    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    void shouldRefuseAWindowOfAnotherDomain(final MemoryWindowType type) {
        final Pair pair = windowPair();
        final Pair other = windowPair();
        final MemoryWindow window = bound(other, type, REMOTE);
        pair.a().buffer().set(ValueLayout.JAVA_LONG, 0, -1);
        denied(other, write(pair.a(), other.b().at(START), window.rkey()), pair.a());
    }

    private static void denied(final Pair changed, final dev.verbs.testkit.Completion completion, final Side writer) {
        completion.expectError(1, WcStatus.REM_ACCESS_ERR, writer.qp().number());
        assertEquals(0, changed.b().buffer().get(ValueLayout.JAVA_LONG, START), "changed");
    }

    /** rdma_rxe checks the bounds of the region only: see {@link MemoryDeviations#checksWindowBounds}. */
    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    void shouldRefuseOneByteBeforeTheWindow(final MemoryWindowType type) {
        final Pair pair = windowPair();
        assume(MemoryDeviations.of(pair.a().context()).checksWindowBounds(), pair.a().context(), "the bounds of windows");
        final MemoryWindow window = bound(pair, type, REMOTE);
        pair.a().buffer().set(ValueLayout.JAVA_LONG, 0, -1);
        denied(pair, write(pair.a(), pair.b().at(START - 1), window.rkey()));
    }

    /** rdma_rxe checks the bounds of the region only: see {@link MemoryDeviations#checksWindowBounds}. */
    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    void shouldRefuseOneByteBehindTheWindow(final MemoryWindowType type) {
        final Pair pair = windowPair();
        assume(MemoryDeviations.of(pair.a().context()).checksWindowBounds(), pair.a().context(), "the bounds of windows");
        final MemoryWindow window = bound(pair, type, REMOTE);
        denied(pair, write(pair.a(), pair.b().at(START + LENGTH - 7), window.rkey()));
    }

    /** What every device refuses: to leave the region through a window that ends with it. */
    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    void shouldRefuseToLeaveTheRegionThroughAWindow(final MemoryWindowType type) {
        final Pair pair = windowPair();
        final Side b = pair.b();
        final MemoryWindow window = window(b, type);
        bind(b, window, WindowBinding.of(b.region(), START, b.region().length() - START, REMOTE));
        denied(pair, write(pair.a(), b.at(b.region().length() - 7), window.rkey()));
    }

    @Test
    void shouldCountFromZeroWhereTheWindowDoes() {
        final Pair pair = windowPair();
        final MemoryWindow window = bound(pair, MemoryWindowType.TYPE_2, REMOTE | AccessFlags.ZERO_BASED);
        pair.a().buffer().set(ValueLayout.JAVA_LONG, 0, 0x1234);
        write(pair.a(), 0, window.rkey()).expect(1, WcOpcode.RDMA_WRITE);
        assertEquals(0x1234, pair.b().buffer().get(ValueLayout.JAVA_LONG, START));
        write(pair.a(), LENGTH - 8, window.rkey()).expect(1, WcOpcode.RDMA_WRITE);
        assertEquals(0x1234, pair.b().buffer().get(ValueLayout.JAVA_LONG, START + LENGTH - 8));
        read(pair.a(), 8, window.rkey()).expect(2, WcOpcode.RDMA_READ);
    }

    @Test
    void shouldRefuseAddressesOfMemoryWhereTheWindowCountsFromZero() {
        final Pair pair = windowPair();
        final MemoryWindow window = bound(pair, MemoryWindowType.TYPE_2, REMOTE | AccessFlags.ZERO_BASED);
        closed(pair, window.rkey());
    }

    @Test
    void shouldRefuseOneByteBehindAZeroBasedWindow() {
        final Pair pair = windowPair();
        assume(MemoryDeviations.of(pair.a().context()).checksWindowBounds(), pair.a().context(), "the bounds of windows");
        final MemoryWindow window = bound(pair, MemoryWindowType.TYPE_2, REMOTE | AccessFlags.ZERO_BASED);
        denied(pair, write(pair.a(), LENGTH - 7, window.rkey()));
    }

    /** rdma_rxe compares lengths only: see {@link MemoryDeviations#checksZeroBasedStart}. */
    @Test
    void shouldRefuseAZeroBasedWindowThatLeavesItsRegion() {
        final Pair pair = windowPair();
        final Side b = pair.b();
        assume(MemoryDeviations.of(b.context()).checksZeroBasedStart(), b.context(), "where zero-based windows start");
        refused(b, window(b, MemoryWindowType.TYPE_2),
            WindowBinding.of(b.region(), 1, b.region().length(), REMOTE | AccessFlags.ZERO_BASED));
    }

    @Test
    void shouldRefuseTheOldKeyOfAType1WindowAfterARebind() {
        final Pair pair = windowPair();
        final MemoryWindow window = bound(pair, MemoryWindowType.TYPE_1, REMOTE);
        final int old = window.rkey();
        bind(pair.b(), window, part(pair.b(), REMOTE));
        assertEquals(MemoryWindow.increase(old), window.rkey());
        opens(pair, window.rkey());
        closed(pair, old);
    }

    @Test
    void shouldChangeTheAccessOfAType1WindowByRebinding() {
        final Pair pair = windowPair();
        final MemoryWindow window = bound(pair, MemoryWindowType.TYPE_1, REMOTE);
        bind(pair.b(), window, part(pair.b(), AccessFlags.REMOTE_READ));
        closed(pair, window.rkey());
    }

    @Test
    @Covers("ibv_bind_mw")
    void shouldMoveAType1WindowToAnotherRegion() {
        final Pair pair = windowPair();
        final Side b = pair.b();
        final MemoryRegion other = region(b, b.domain(), BINDABLE);
        final MemoryWindow window = window(b, MemoryWindowType.TYPE_1);
        bind(b, window, WindowBinding.of(other, START, LENGTH, REMOTE));
        bind(b, window, part(b, REMOTE));
        other.close(); // no longer bound to it
        opens(pair, window.rkey());
    }

    @Test
    void shouldCloseAType1WindowsAccessByUnbinding() {
        final Pair pair = windowPair();
        final MemoryWindow window = bound(pair, MemoryWindowType.TYPE_1, REMOTE);
        final int old = window.rkey();
        window.unbind(pair.b().qp(), 4, SIGNALED);
        pair.b().awaitSend().expect(4, WcOpcode.BIND_MW);
        assertNotEquals(old, window.rkey());
        closed(pair, old);
    }

    @Test
    void shouldNotOpenWithTheKeyOfTheUnbind() {
        final Pair pair = windowPair();
        final MemoryWindow window = bound(pair, MemoryWindowType.TYPE_1, REMOTE);
        window.unbind(pair.b().qp(), 4, SIGNALED);
        pair.b().awaitSend().expect(4, WcOpcode.BIND_MW);
        closed(pair, window.rkey());
    }

    @Test
    void shouldBindAgainAfterUnbinding() {
        final Pair pair = windowPair();
        final MemoryWindow window = bound(pair, MemoryWindowType.TYPE_1, REMOTE);
        window.unbind(pair.b().qp(), 4, SIGNALED);
        pair.b().awaitSend().expect(4, WcOpcode.BIND_MW);
        bind(pair.b(), window, part(pair.b(), REMOTE));
        opens(pair, window.rkey());
    }

    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    void shouldRefuseToUnbindWhatWasNotBound(final MemoryWindowType type) {
        final Pair pair = windowPair();
        final MemoryWindow window = window(pair.b(), type);
        Refusal.of(Errno.EINVAL, () -> window.unbind(pair.b().qp(), 1, SIGNALED), "not bound");
    }

    /** A type 1 window belongs to a domain, not to a queue pair. */
    @Test
    void shouldOpenAType1WindowThroughEveryQueuePairOfItsDomain() {
        final Pair pair = windowPair();
        final Pair second = secondQueuePair(pair);
        final MemoryWindow window = bound(pair, MemoryWindowType.TYPE_1, REMOTE);
        write(second.a(), pair.b().at(START), window.rkey()).expect(1, WcOpcode.RDMA_WRITE);
    }

    @Test
    void shouldOpenAType2WindowThroughItsQueuePairOnly() {
        final Pair pair = windowPair();
        final Pair second = secondQueuePair(pair);
        final MemoryWindow window = bound(pair, MemoryWindowType.TYPE_2, REMOTE);
        opens(pair, window.rkey());
        pair.b().buffer().set(ValueLayout.JAVA_LONG, START, 0);
        denied(pair, write(second.a(), pair.b().at(START), window.rkey()), second.a());
    }

    /** Another connection that ends in the domain of the first one's side b. */
    private Pair secondQueuePair(final Pair first) {
        return pairInto(config(), first.b());
    }

    @Test
    void shouldBindAType2WindowToAnotherQueuePairAfterInvalidating() {
        final Pair pair = windowPair();
        final Pair second = secondQueuePair(pair);
        final MemoryWindow window = bound(second, MemoryWindowType.TYPE_2, REMOTE);
        invalidate(second.b(), window.rkey());
        bind(pair.b(), window, part(pair.b(), REMOTE));
        opens(pair, window.rkey());
    }

    @Test
    void shouldRefuseTheKeyAfterALocalInvalidate() {
        final Pair pair = windowPair();
        final MemoryWindow window = bound(pair, MemoryWindowType.TYPE_2, REMOTE);
        opens(pair, window.rkey());
        invalidate(pair.b(), window.rkey());
        closed(pair, window.rkey());
    }

    @Test
    void shouldBindAgainAfterALocalInvalidate() {
        final Pair pair = windowPair();
        final MemoryWindow window = bound(pair, MemoryWindowType.TYPE_2, REMOTE);
        final int old = window.rkey();
        for (int i = 0; i < 300; i++) { // further than 8 bits count
            invalidate(pair.b(), window.rkey());
            bind(pair.b(), window, part(pair.b(), REMOTE));
        }
        assertEquals(old >>> 8, window.rkey() >>> 8);
        opens(pair, window.rkey());
    }

    @Test
    void shouldInvalidateInTheOrderOfPosting() {
        final Pair pair = windowPair();
        final Side b = pair.b();
        final MemoryWindow window = bound(pair, MemoryWindowType.TYPE_2, REMOTE);
        b.sends().clear().localInvalidate(1, window.rkey(), 0);
        b.sends().bindWindow(2, window, window.nextRkey(), part(b, AccessFlags.REMOTE_WRITE), SIGNALED);
        b.postSends();
        b.awaitSend().expect(2, WcOpcode.BIND_MW);
        window.bound(window.nextRkey());
        opens(pair, window.rkey());
        assertEquals(0, b.qp().inFlight());
    }

    private static void refusedInvalidate(final Side side, final int rkey) {
        side.sends().clear().localInvalidate(9, rkey, SIGNALED);
        side.postSends();
        side.awaitSend().expectError(9, DeviceProfile.of(side.context()).unknownOpcode(), side.qp().number());
    }

    @Test
    void shouldRefuseToInvalidateAWrongKey() {
        final Pair pair = windowPair();
        final MemoryWindow window = bound(pair, MemoryWindowType.TYPE_2, REMOTE);
        refusedInvalidate(pair.b(), window.nextRkey());
    }

    @Test
    void shouldRefuseToInvalidateAWindowOfType1() {
        final Pair pair = windowPair();
        refusedInvalidate(pair.b(), bound(pair, MemoryWindowType.TYPE_1, REMOTE).rkey());
    }

    @Test
    void shouldRefuseToInvalidateARegion() {
        final Pair pair = windowPair();
        assumeTrue(DeviceProfile.of(pair.b().context()).hasLocalInvalidate(), "libsiw has no LOCAL_INV");
        refusedInvalidate(pair.b(), pair.b().region().rkey());
    }

    /** rdma_rxe's kernel crashes of it: see {@link MemoryDeviations#survivesFreeInvalidate}. */
    @Test
    void shouldRefuseToInvalidateAWindowThatIsNotBound() {
        final Pair pair = windowPair();
        assume(MemoryDeviations.of(pair.a().context()).survivesFreeInvalidate(), pair.a().context(),
            "to survive the invalidation of a window that is not bound");
        refusedInvalidate(pair.b(), window(pair.b(), MemoryWindowType.TYPE_2).rkey());
    }

    /** rdma_rxe does not look at the queue pair: see {@link MemoryDeviations#checksInvalidatingQp}. */
    @Test
    void shouldRefuseToInvalidateThroughAnotherQueuePair() {
        final Pair pair = windowPair();
        final Pair second = secondQueuePair(pair);
        assume(MemoryDeviations.of(pair.a().context()).checksInvalidatingQp(), pair.a().context(), "who invalidates");
        final MemoryWindow window = bound(pair, MemoryWindowType.TYPE_2, REMOTE);
        refusedInvalidate(second.b(), window.rkey());
        opens(pair, window.rkey());
    }

    @Test
    void shouldFlushAnInvalidateInError() {
        final Pair pair = windowPair();
        final MemoryWindow window = bound(pair, MemoryWindowType.TYPE_2, REMOTE);
        pair.b().qp().modify(dev.verbs.testkit.PairConfig.toError());
        pair.b().sends().clear().localInvalidate(9, window.rkey(), SIGNALED);
        pair.b().postSends();
        pair.b().awaitSend().expectError(9, WcStatus.WR_FLUSH_ERR, pair.b().qp().number());
        window.close();
    }

    private static void sendWithInvalidate(final Side from, final int rkey) {
        from.fill(0, 64, 5).sends().clear().sendWithInvalidate(6, from.at(0), 64, from.region().lkey(), rkey, SIGNALED);
        from.postSends();
    }

    @Test
    void shouldInvalidateWithASend() {
        final Pair pair = windowPair();
        final MemoryWindow window = bound(pair, MemoryWindowType.TYPE_2, REMOTE);
        pair.b().receive(5, 8192, 64);
        sendWithInvalidate(pair.a(), window.rkey());
        pair.a().awaitSend().expect(6, WcOpcode.SEND);
        final dev.verbs.testkit.Completion received = pair.b().awaitReceive().expect(5, WcOpcode.RECV);
        assertEquals(64, received.byteLength());
        pair.b().assertFilled(8192, 64, 5);
        closed(pair, window.rkey());
    }

    /** rdma_rxe gives the key with a wrong flag: see {@link MemoryDeviations#flagsInvalidatedKeys}. */
    @Test
    void shouldTellTheReceiverWhichKeyWasInvalidated() {
        final Pair pair = windowPair();
        final MemoryWindow window = bound(pair, MemoryWindowType.TYPE_2, REMOTE);
        pair.b().receive(5, 8192, 64);
        sendWithInvalidate(pair.a(), window.rkey());
        final dev.verbs.testkit.Completion received = pair.b().awaitReceive().expect(5, WcOpcode.RECV);
        assertEquals(MemoryDeviations.of(pair.b().context()).flagsInvalidatedKeys(), received.hasInvalidatedRkey());
        assertEquals(window.rkey(), received.invalidatedRkey());
        assertEquals(false, received.hasImmediate());
        pair.a().awaitSend().expect(6, WcOpcode.SEND);
    }

    @Test
    void shouldNotTellOfKeysWhereNoneWasInvalidated() {
        final Pair pair = windowPair();
        pair.b().receive(5, 8192, 64);
        pair.a().send(6, 0, 64);
        assertEquals(false, pair.b().awaitReceive().expect(5, WcOpcode.RECV).hasInvalidatedRkey());
        pair.a().awaitSend().expect(6, WcOpcode.SEND);
    }

    @Test
    void shouldBindAgainAfterARemoteInvalidate() {
        final Pair pair = windowPair();
        final MemoryWindow window = bound(pair, MemoryWindowType.TYPE_2, REMOTE);
        pair.b().receive(5, 8192, 64);
        sendWithInvalidate(pair.a(), window.rkey());
        pair.b().awaitReceive().expect(5, WcOpcode.RECV);
        pair.a().awaitSend().expect(6, WcOpcode.SEND);
        bind(pair.b(), window, part(pair.b(), REMOTE));
        opens(pair, window.rkey());
    }

    /** The message has arrived: the sender's part is done, and the receiver's queue pair dies. */
    @Test
    void shouldKillTheReceiverWhenASendInvalidatesAKeyThatIsNone() {
        final Pair pair = windowPair();
        final MemoryWindow window = bound(pair, MemoryWindowType.TYPE_2, REMOTE);
        pair.b().receive(5, 8192, 64);
        sendWithInvalidate(pair.a(), window.nextRkey());
        pair.b().awaitReceive().expectError(5, WcStatus.REM_INV_REQ_ERR, pair.b().qp().number());
        window.close();
    }

    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    @Covers("ibv_dealloc_mw")
    void shouldRefuseTheKeyOfAClosedWindow(final MemoryWindowType type) {
        final Pair pair = windowPair();
        final MemoryWindow window = bound(pair, type, REMOTE);
        window.close();
        closed(pair, window.rkey());
    }

    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    void shouldRefuseToCloseARegionThatWindowsAreBoundTo(final MemoryWindowType type) {
        final Pair pair = windowPair();
        final MemoryWindow window = bound(pair, type, REMOTE);
        Refusal.of(Errno.EBUSY, () -> pair.b().region().close(), "window", "bound");
        opens(pair, window.rkey());
        window.close();
        pair.b().region().close();
    }

    @Test
    void shouldCloseARegionOnceItsWindowIsInvalidated() {
        final Pair pair = windowPair();
        final MemoryWindow window = bound(pair, MemoryWindowType.TYPE_2, REMOTE);
        invalidate(pair.b(), window.rkey());
        pair.b().region().close();
    }

    @Test
    void shouldCloseARegionOnceItsWindowIsUnbound() {
        final Pair pair = windowPair();
        final MemoryWindow window = bound(pair, MemoryWindowType.TYPE_1, REMOTE);
        window.unbind(pair.b().qp(), 4, SIGNALED);
        pair.b().awaitSend().expect(4, WcOpcode.BIND_MW);
        pair.b().region().close();
    }

    @Test
    void shouldKeepAType1WindowOpenWhenTheQueuePairThatBoundItIsGone() {
        final Pair pair = windowPair();
        final Pair second = secondQueuePair(pair);
        final MemoryWindow window = window(pair.b(), MemoryWindowType.TYPE_1);
        bind(second.b(), window, part(pair.b(), REMOTE));
        second.b().qp().close();
        opens(pair, window.rkey());
    }

    /** rdma_rxe's ibv_destroy_qp waits for the window: see {@link MemoryDeviations#closesBoundQueuePairs}. */
    @Test
    void shouldCloseAQueuePairWithAType2WindowBound() {
        final Pair pair = windowPair();
        assume(MemoryDeviations.of(pair.a().context()).closesBoundQueuePairs(), pair.a().context(),
            "to close queue pairs that windows are bound to");
        final MemoryWindow window = bound(pair, MemoryWindowType.TYPE_2, REMOTE);
        pair.b().qp().close();
        Refusal.of(Errno.EBUSY, () -> pair.b().region().close(), "window");
        window.close();
        pair.b().region().close();
    }
}
