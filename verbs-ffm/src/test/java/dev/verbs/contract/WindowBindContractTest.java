package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.AccessFlags;
import dev.verbs.Errno;
import dev.verbs.MemoryRegion;
import dev.verbs.MemoryWindow;
import dev.verbs.MemoryWindowType;
import dev.verbs.ProtectionDomain;
import dev.verbs.SendFlags;
import dev.verbs.WcOpcode;
import dev.verbs.WcStatus;
import dev.verbs.WindowBinding;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Allocating and binding windows of both types, and what a bind is refused for. */
class WindowBindContractTest extends WindowTest {
    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    @Covers("ibv_alloc_mw")
    void shouldAllocateAndReport(final MemoryWindowType type) {
        final ProtectionDomain domain = own(openContext().allocateProtectionDomain());
        final MemoryWindow window = window(domain, type);
        assertEquals(type, window.type());
        assertEquals(domain, window.protectionDomain());
        assertNotEquals(0, window.rkey());
        assertTrue(window.describe().contains(Integer.toHexString(window.rkey())), window.describe());
        assertTrue(provider().live().contains(window.describe()), () -> provider().live().toString());
    }

    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    @Covers("ibv_alloc_mw")
    void shouldGiveEachWindowAKeyOfItsOwn(final MemoryWindowType type) {
        final ProtectionDomain domain = own(openContext().allocateProtectionDomain());
        final Set<Integer> places = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            assertTrue(places.add(window(domain, type).rkey() >>> 8), "the upper 24 bits tell windows apart");
        }
    }

    @Test
    void shouldIncreaseTheLowestByteOfAKeyOnly() {
        assertEquals(0x1234_5601, MemoryWindow.increase(0x1234_5600));
        assertEquals(0x1234_5600, MemoryWindow.increase(0x1234_56FF));
        assertEquals(0xFFFF_FF00, MemoryWindow.increase(0xFFFF_FFFF));
    }

    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    void shouldCloseTwiceWithoutHarm(final MemoryWindowType type) {
        final MemoryWindow window = window(own(openContext().allocateProtectionDomain()), type);
        window.close();
        window.close();
        assertEquals(false, window.isOpen());
        assertTrue(window.toString().contains("closed"), window.toString());
    }

    @Test
    void shouldKeepItsDomainOpen() {
        final ProtectionDomain domain = own(openContext().allocateProtectionDomain());
        final MemoryWindow window = window(domain, MemoryWindowType.TYPE_1);
        Refusal.of(Errno.EBUSY, domain::close, window.describe());
        window.close();
        domain.close();
    }

    @Test
    void shouldNotBeAllocatedInAClosedDomain() {
        final ProtectionDomain domain = own(openContext().allocateProtectionDomain());
        domain.close();
        Refusal.of(Errno.EBADF, () -> domain.allocateMemoryWindow(MemoryWindowType.TYPE_1), "closed");
    }

    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    @Covers("ibv_bind_mw")
    void shouldOpenPartOfARegion(final MemoryWindowType type) {
        final Pair pair = windowPair();
        final MemoryWindow window = window(pair.b(), type);
        bind(pair.b(), window, part(pair.b(), REMOTE));
        opens(pair, window.rkey());
        pair.b().buffer().set(ValueLayout.JAVA_LONG, START, 0x77);
        read(pair.a(), pair.b().at(START), window.rkey()).expect(2, WcOpcode.RDMA_READ);
        assertEquals(0x77, pair.a().buffer().get(ValueLayout.JAVA_LONG, 0));
    }

    /** The region gives peers nothing: only the window does. */
    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    void shouldOpenARegionThatIsLocalItself(final MemoryWindowType type) {
        final Pair pair = windowPair();
        final Side b = pair.b();
        final MemoryRegion region = region(b, b.domain(), AccessFlags.LOCAL_WRITE | AccessFlags.MW_BIND);
        final MemoryWindow window = window(b, type);
        bind(b, window, WindowBinding.of(region, START, LENGTH, REMOTE));
        opens(pair, window.rkey());
        window.close();
    }

    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    void shouldAllowAtomicsWhereItSaysSo(final MemoryWindowType type) {
        final Pair pair = windowPair();
        assume(pair.a().context().device().guarantees().hasAtomics(), pair.a().context(), "atomics");
        final MemoryWindow window = window(pair.b(), type);
        bind(pair.b(), window, part(pair.b(), AccessFlags.REMOTE_ATOMIC));
        final Side a = pair.a();
        pair.b().buffer().set(ValueLayout.JAVA_LONG, START, 41);
        a.sends().clear().fetchAndAdd(1, a.at(0), a.region().lkey(), pair.b().at(START), window.rkey(), 1, SIGNALED);
        a.postSends();
        a.awaitSend().expect(1, WcOpcode.FETCH_ADD);
        assertEquals(42, pair.b().buffer().get(ValueLayout.JAVA_LONG, START));
    }

    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    void shouldBindSeveralWindowsToOneRegion(final MemoryWindowType type) {
        final Pair pair = windowPair();
        final MemoryWindow first = window(pair.b(), type);
        final MemoryWindow second = window(pair.b(), type);
        bind(pair.b(), first, part(pair.b(), REMOTE));
        bind(pair.b(), second, WindowBinding.of(pair.b().region(), 0, 2 * START, REMOTE));
        opens(pair, first.rkey());
        opens(pair, second.rkey());
    }

    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    @Covers("ibv_bind_mw")
    void shouldOpenTheWholeRegion(final MemoryWindowType type) {
        final Pair pair = windowPair();
        final Side b = pair.b();
        final MemoryWindow window = window(b, type);
        bind(b, window, WindowBinding.of(b.region(), 0, b.region().length(), REMOTE));
        write(pair.a(), b.at(b.region().length() - 8), window.rkey()).expect(1, WcOpcode.RDMA_WRITE);
        write(pair.a(), b.at(0), window.rkey()).expect(1, WcOpcode.RDMA_WRITE);
    }

    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    void shouldCountABindAsInFlight(final MemoryWindowType type) {
        final Pair pair = windowPair();
        final MemoryWindow window = window(pair.b(), type);
        post(pair.b(), 3, window, part(pair.b(), REMOTE));
        assertEquals(1, pair.b().qp().inFlight());
        Refusal.of(Errno.EBUSY, () -> pair.b().region().close(), pair.b().qp().describe());
        pair.b().awaitSend().expect(3, WcOpcode.BIND_MW);
        assertEquals(0, pair.b().qp().inFlight());
    }

    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    void shouldBindWithoutACompletion(final MemoryWindowType type) {
        final Pair pair = windowPair();
        final Side b = pair.b();
        final MemoryWindow window = window(b, type);
        if (type == MemoryWindowType.TYPE_1) {
            window.bind(b.qp(), part(b, REMOTE), 3, 0);
            b.sends().clear();
        } else {
            b.sends().clear().bindWindow(3, window, window.nextRkey(), part(b, REMOTE), 0);
        }
        b.sends().write(4, b.at(0), 8, b.region().lkey(), pair.a().at(0), pair.a().region().rkey(), SIGNALED);
        b.postSends();
        b.awaitSend().expect(4, WcOpcode.RDMA_WRITE);
        if (type == MemoryWindowType.TYPE_2) {
            window.bound(window.nextRkey());
        }
        opens(pair, window.rkey());
        assertEquals(0, b.qp().inFlight());
        b.assertQuiet();
    }

    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    void shouldRefuseARegionWithoutBindAccess(final MemoryWindowType type) {
        final Pair pair = windowPair();
        final MemoryRegion region = region(pair.b(), pair.b().domain(), PairConfig.ALL_ACCESS);
        refused(pair.b(), window(pair.b(), type), WindowBinding.of(region, START, LENGTH, REMOTE));
    }

    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    void shouldRefuseToLetPeersWriteWhatIsReadOnlyHere(final MemoryWindowType type) {
        final Pair pair = windowPair();
        final MemoryRegion region = region(pair.b(), pair.b().domain(), AccessFlags.REMOTE_READ | AccessFlags.MW_BIND);
        refused(pair.b(), window(pair.b(), type), WindowBinding.of(region, START, LENGTH, AccessFlags.REMOTE_WRITE));
    }

    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    void shouldLetPeersReadWhatIsReadOnlyHere(final MemoryWindowType type) {
        final Pair pair = windowPair();
        final MemoryRegion region = region(pair.b(), pair.b().domain(), AccessFlags.MW_BIND);
        final MemoryWindow window = window(pair.b(), type);
        bind(pair.b(), window, WindowBinding.of(region, START, LENGTH, AccessFlags.REMOTE_READ));
        read(pair.a(), pair.b().at(START), window.rkey()).expect(2, WcOpcode.RDMA_READ);
        window.close();
    }

    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    void shouldRefuseOneByteBehindTheRegion(final MemoryWindowType type) {
        final Pair pair = windowPair();
        final Side b = pair.b();
        refused(b, window(b, type), WindowBinding.of(b.region(), 1, b.region().length(), REMOTE));
    }

    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    void shouldRefuseOneByteBeforeTheRegion(final MemoryWindowType type) {
        final Pair pair = windowPair();
        refused(pair.b(), window(pair.b(), type), WindowBinding.of(pair.b().region(), -1, LENGTH, REMOTE));
    }

    @Test
    void shouldRefuseZeroBasedWindowsOfType1() {
        final Pair pair = windowPair();
        final MemoryWindow window = window(pair.b(), MemoryWindowType.TYPE_1);
        final int before = window.rkey();
        final Side b = pair.b();
        final int access = REMOTE | AccessFlags.ZERO_BASED;
        Refusal.of(Errno.EINVAL, () -> window.bind(b.qp(), part(b, access), 1, SIGNALED), "zero-based");
        assertEquals(before, window.rkey());
        assertEquals(0, b.qp().inFlight());
    }

    @Test
    void shouldRefuseABindBeforeTheQueuePairIsConnected() {
        final Side b = unconnectedPair(config()).b();
        final MemoryWindow window = window(b, MemoryWindowType.TYPE_1);
        Refusal.of(Errno.EINVAL, () -> window.bind(b.qp(), part(b, REMOTE), 1, SIGNALED), "RTS");
        assertEquals(0, b.qp().inFlight());
    }

    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    void shouldRefuseAZeroBasedRegion(final MemoryWindowType type) {
        final Pair pair = windowPair();
        final MemoryWindow window = window(pair.b(), type); // skips where there are none, before the region is refused
        final MemoryRegion region = region(pair.b(), pair.b().domain(), BINDABLE | AccessFlags.ZERO_BASED);
        refused(pair.b(), window, WindowBinding.of(region, START, LENGTH, REMOTE));
    }

    @Test
    void shouldRefuseNothingAsBindingOfType2() {
        final Pair pair = windowPair();
        refused(pair.b(), window(pair.b(), MemoryWindowType.TYPE_2), WindowBinding.of(pair.b().region(), START, 0, REMOTE));
    }

    @Test
    void shouldRefuseToBindAWindowOfType2Twice() {
        final Pair pair = windowPair();
        final MemoryWindow window = window(pair.b(), MemoryWindowType.TYPE_2);
        bind(pair.b(), window, part(pair.b(), REMOTE));
        refused(pair.b(), window, part(pair.b(), REMOTE));
    }

    @Test
    void shouldRefuseAKeyThatIsNotTheWindows() {
        final Pair pair = windowPair();
        final Side b = pair.b();
        assume(MemoryDeviations.of(b.context()).checksNewKey(), b.context(), "that a bind changes 8 bits of the key only");
        final MemoryWindow window = window(b, MemoryWindowType.TYPE_2);
        b.sends().clear().bindWindow(8, window, window.rkey() + 0x100, part(b, REMOTE), SIGNALED);
        b.postSends();
        b.awaitSend().expectError(8, WcStatus.MW_BIND_ERR, b.qp().number());
    }

    /** The device binds what it knows under the key that the program believes to be the window's. */
    @Test
    void shouldRefuseABindUnderAnOutdatedKey() {
        final Pair pair = windowPair();
        final MemoryWindow window = window(pair.b(), MemoryWindowType.TYPE_2);
        window.bound(window.nextRkey());
        refused(pair.b(), window, part(pair.b(), REMOTE));
    }

    @Test
    void shouldRefuseAType2WindowOfAnotherDomain() {
        final Pair pair = windowPair();
        final Side b = pair.b();
        final ProtectionDomain other = own(b.context().allocateProtectionDomain());
        final MemoryWindow window = window(other, MemoryWindowType.TYPE_2);
        refused(b, window, WindowBinding.of(region(b, other, BINDABLE), START, LENGTH, REMOTE));
    }

    @Test
    void shouldRefuseARegionOfAnotherDomainForType2() {
        final Pair pair = windowPair();
        final Side b = pair.b();
        assume(MemoryDeviations.of(b.context()).checksRegionsDomain(), b.context(), "that it compares domains");
        final MemoryRegion foreign = region(b, own(b.context().allocateProtectionDomain()), BINDABLE);
        refused(b, window(b, MemoryWindowType.TYPE_2), WindowBinding.of(foreign, START, LENGTH, REMOTE));
    }

    @Test
    void shouldRefuseARegionOfAnotherDomainForType1() {
        final Pair pair = windowPair();
        final Side b = pair.b();
        final MemoryRegion foreign = region(b, own(b.context().allocateProtectionDomain()), BINDABLE);
        final MemoryWindow window = window(b, MemoryWindowType.TYPE_1);
        Refusal.of(Errno.EPERM, () -> window.bind(b.qp(), WindowBinding.of(foreign, START, LENGTH, REMOTE), 1, SIGNALED), "domain");
        assertEquals(0, b.qp().inFlight());
    }

    @Test
    void shouldRefuseToBindAType2WindowAsType1() {
        final Pair pair = windowPair();
        final MemoryWindow window = window(pair.b(), MemoryWindowType.TYPE_2);
        Refusal.of(Errno.EINVAL, () -> window.bind(pair.b().qp(), part(pair.b(), REMOTE), 1, SIGNALED), "type 2", "bindWindow");
    }

    @Test
    void shouldRefuseToBindAType1WindowAsType2() {
        final Pair pair = windowPair();
        final MemoryWindow window = window(pair.b(), MemoryWindowType.TYPE_1);
        final IllegalArgumentException refused = org.junit.jupiter.api.Assertions.assertThrows(IllegalArgumentException.class,
            () -> pair.b().sends().clear().bindWindow(1, window, window.nextRkey(), part(pair.b(), REMOTE), SIGNALED));
        Refusal.says(refused, "type 1", "MemoryWindow.bind");
        assertEquals(0, pair.b().sends().size());
    }

    @Test
    void shouldRefuseEntriesOnABind() {
        final Pair pair = windowPair();
        final Side b = pair.b();
        final MemoryWindow window = window(b, MemoryWindowType.TYPE_2);
        final int index = b.sends().clear().bindWindow(1, window, window.nextRkey(), part(b, REMOTE), SIGNALED);
        b.sends().addLocal(index, b.at(0), 8, b.region().lkey());
        assertEquals(0, b.qp().postSend(b.sends()));
        assertEquals(Errno.EINVAL, b.sends().errno());
        assertEquals(0, b.qp().inFlight());
    }

    @Test
    void shouldNotCareWhatTheListHeldBefore() {
        final Pair pair = windowPair();
        final Side b = pair.b();
        final MemoryWindow window = window(b, MemoryWindowType.TYPE_2);
        b.sends().clear().sendWithImm(1, b.at(0), 8, b.region().lkey(), -1, 0); // its immediate would be refused in a bind
        bind(b, window, part(b, REMOTE));
        opens(pair, window.rkey());
    }

    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    void shouldRefuseToBindWhatIsClosed(final MemoryWindowType type) {
        final Pair pair = windowPair();
        final Side b = pair.b();
        final MemoryWindow window = window(b, type);
        final MemoryRegion region = region(b, b.domain(), BINDABLE);
        region.close();
        final WindowBinding dead = WindowBinding.of(region, START, LENGTH, REMOTE);
        final Class<? extends RuntimeException> kind = type == MemoryWindowType.TYPE_1 ? dev.verbs.VerbsException.class
            : IllegalStateException.class;
        Refusal.says(org.junit.jupiter.api.Assertions.assertThrows(kind, () -> post(b, 1, window, dead)), "closed");
        window.close();
        Refusal.says(org.junit.jupiter.api.Assertions.assertThrows(kind, () -> post(b, 1, window, part(b, REMOTE))), "closed");
        assertEquals(0, b.qp().inFlight());
    }

    /** The request carries pointers to both, which drivers follow. */
    @Test
    void shouldRefuseToPostABindWhoseWindowWasClosedSince() {
        final Side b = windowPair().b();
        final MemoryWindow window = window(b, MemoryWindowType.TYPE_2);
        b.sends().clear().bindWindow(1, window, window.nextRkey(), part(b, REMOTE), SIGNALED);
        window.close();
        refusedToPost(b, 0);
    }

    @Test
    void shouldRefuseToPostABindWhoseRegionWasClosedSince() {
        final Side b = windowPair().b();
        final MemoryWindow window = window(b, MemoryWindowType.TYPE_2);
        final MemoryRegion region = region(b, b.domain(), BINDABLE);
        b.sends().clear().bindWindow(1, window, window.nextRkey(), WindowBinding.of(region, START, LENGTH, REMOTE), SIGNALED);
        region.close();
        refusedToPost(b, 0);
        window.close();
    }

    @Test
    void shouldPostWhatStandsBeforeABindOfSomethingClosed() {
        final Side b = windowPair().b();
        final MemoryWindow first = window(b, MemoryWindowType.TYPE_2);
        final MemoryWindow second = window(b, MemoryWindowType.TYPE_2);
        b.sends().clear().bindWindow(1, first, first.nextRkey(), part(b, REMOTE), SIGNALED);
        b.sends().bindWindow(2, second, second.nextRkey(), part(b, REMOTE), SIGNALED);
        second.close();
        refusedToPost(b, 1);
        b.awaitSend().expect(1, WcOpcode.BIND_MW);
    }

    @Test
    void shouldCloseAWindowWhoseBindWasPosted() {
        final Side b = windowPair().b();
        final MemoryWindow window = window(b, MemoryWindowType.TYPE_2);
        bind(b, window, part(b, REMOTE));
        window.close();
        assertEquals(0, b.qp().inFlight());
    }

    private static void refusedToPost(final Side side, final int accepted) {
        assertEquals(accepted, side.qp().postSend(side.sends()));
        assertEquals(Errno.name(Errno.EINVAL), Errno.name(side.sends().errno()));
        assertEquals(accepted, side.qp().inFlight());
    }

    @Test
    void shouldRefuseABindThroughAClosedQueuePair() {
        final Pair pair = windowPair();
        final MemoryWindow window = window(pair.b(), MemoryWindowType.TYPE_1);
        pair.b().qp().close();
        Refusal.of(Errno.EBADF, () -> window.bind(pair.b().qp(), part(pair.b(), REMOTE), 1, SIGNALED), "closed");
    }

    @Test
    void shouldRefuseABindWhenTheSendQueueIsFull() {
        final Pair pair = pair(config().withDepth(2, 2));
        final Side b = pair.b();
        final MemoryWindow window = window(b, MemoryWindowType.TYPE_1);
        b.sends().clear();
        for (int i = 0; i < 64; i++) {
            b.sends().send(i, b.at(0), 8, b.region().lkey(), SendFlags.SIGNALED);
        }
        final int accepted = b.qp().postSend(b.sends()); // none can be received
        final int before = window.rkey();
        Refusal.of(Errno.ENOMEM, () -> window.bind(b.qp(), part(b, REMOTE), 99, SIGNALED), "send queue is full");
        assertEquals(before, window.rkey());
        assertEquals(accepted, b.qp().inFlight());
    }

    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    void shouldFlushABindInError(final MemoryWindowType type) {
        final Pair pair = windowPair();
        final MemoryWindow window = window(pair.b(), type);
        pair.b().qp().modify(PairConfig.toError());
        post(pair.b(), 3, window, part(pair.b(), REMOTE));
        pair.b().awaitSend().expectError(3, WcStatus.WR_FLUSH_ERR, pair.b().qp().number());
        assertEquals(0, pair.b().qp().inFlight());
    }

    /** The bind waits behind a send that nobody receives yet: it counts what the window's key was when it was posted. */
    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    void shouldBindBehindASendThatIsRetried(final MemoryWindowType type) {
        final Pair pair = windowPair();
        assume(!MemoryDeviations.of(pair.b().context()).repeatsLocalOperations(), pair.b().context(), "to bind once only");
        shouldBindInOrder(pair, type, SIGNALED);
    }

    @ParameterizedTest
    @EnumSource(MemoryWindowType.class)
    void shouldBindBehindAFence(final MemoryWindowType type) {
        shouldBindInOrder(windowPair(), type, SIGNALED | SendFlags.FENCE);
    }

    private void shouldBindInOrder(final Pair pair, final MemoryWindowType type, final int flags) {
        final Side b = pair.b();
        final MemoryWindow window = window(b, type);
        b.send(1, 0, 64);
        post(b, 2, window, part(b, REMOTE), flags);
        pair.a().receive(5, 8192, 64);
        b.awaitSend().expect(1, WcOpcode.SEND);
        b.awaitSend().expect(2, WcOpcode.BIND_MW);
        opens(pair, window.rkey());
    }

    @Test
    void shouldBeFoundWithinLargeRegions() {
        final Pair pair = windowPair();
        final Side b = pair.b();
        final MemoryRegion large = own(b.domain().registerMemory(Arena.ofAuto().allocate(8 << 20, 4096), BINDABLE));
        final MemoryWindow window = window(b, MemoryWindowType.TYPE_2);
        bind(b, window, WindowBinding.of(large, (8 << 20) - 16, 16, REMOTE));
        write(pair.a(), large.address() + (8 << 20) - 8, window.rkey()).expect(1, WcOpcode.RDMA_WRITE);
        window.close();
    }
}
