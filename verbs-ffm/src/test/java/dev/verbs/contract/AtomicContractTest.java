package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.verbs.AccessFlags;
import dev.verbs.Errno;
import dev.verbs.MemoryRegion;
import dev.verbs.QpAttributes;
import dev.verbs.RcTuning;
import dev.verbs.SendFlags;
import dev.verbs.WcOpcode;
import dev.verbs.WcStatus;
import dev.verbs.WrOpcode;
import dev.verbs.testkit.Completion;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.VerbsTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Compare and swap, fetch and add. */
class AtomicContractTest extends VerbsTest {
    private static final int ALL = PairConfig.ALL_ACCESS | AccessFlags.REMOTE_ATOMIC;
    private static final int SIGNALED = SendFlags.SIGNALED;
    /** Where results arrive. */
    private static final long RESULT = 256;
    private static final long TARGET = 512;

    private Pair atomicPair() {
        return atomicPair(PairConfig.DEFAULT.withAccess(ALL, ALL));
    }

    private Pair atomicPair(final PairConfig config) {
        final Pair pair = pair(config);
        assume(pair.a().context().device().guarantees().hasAtomics(), pair.a().context(), "atomics");
        pair.a().buffer().set(ValueLayout.JAVA_LONG, RESULT, -77);
        return pair;
    }

    private static void add(final Pair pair, final long wrId, final long offset, final long addend) {
        final Side a = pair.a();
        a.sends().clear().fetchAndAdd(wrId, a.at(RESULT), a.region().lkey(), pair.b().at(offset), pair.b().region().rkey(), addend,
            SIGNALED);
        a.postSends();
    }

    private static void swap(final Pair pair, final long wrId, final long compare, final long swap) {
        final Side a = pair.a();
        a.sends().clear().compareAndSwap(wrId, a.at(RESULT), a.region().lkey(), pair.b().at(TARGET), pair.b().region().rkey(),
            compare, swap, SIGNALED);
        a.postSends();
    }

    private static long word(final Side side, final long offset) {
        return side.buffer().get(ValueLayout.JAVA_LONG, offset);
    }

    private static void word(final Side side, final long offset, final long value) {
        side.buffer().set(ValueLayout.JAVA_LONG, offset, value);
    }

    @Test
    void shouldAddAndReturnWhatWasThere() {
        final Pair pair = atomicPair();
        word(pair.b(), TARGET, 40);
        add(pair, 1, TARGET, 2);
        pair.a().awaitSend().expect(1, WcOpcode.FETCH_ADD);
        assertEquals(42, word(pair.b(), TARGET));
        assertEquals(40, word(pair.a(), RESULT));
    }

    @Test
    void shouldSwapWhenTheComparisonHolds() {
        final Pair pair = atomicPair();
        word(pair.b(), TARGET, 40);
        swap(pair, 1, 40, 7);
        pair.a().awaitSend().expect(1, WcOpcode.COMP_SWAP);
        assertEquals(7, word(pair.b(), TARGET));
        assertEquals(40, word(pair.a(), RESULT));
    }

    @Test
    void shouldNotSwapWhenTheComparisonFails() {
        final Pair pair = atomicPair();
        word(pair.b(), TARGET, 40);
        swap(pair, 1, 41, 7);
        pair.a().awaitSend().expect(1, WcOpcode.COMP_SWAP);
        assertEquals(40, word(pair.b(), TARGET));
        assertEquals(40, word(pair.a(), RESULT));
    }

    @Test
    void shouldCompareAllEightBytes() {
        final Pair pair = atomicPair();
        word(pair.b(), TARGET, 0x1_0000_0000L);
        swap(pair, 1, 0, 7);
        pair.a().awaitSend().expect(1, WcOpcode.COMP_SWAP);
        assertEquals(0x1_0000_0000L, word(pair.b(), TARGET));
    }

    @Test
    void shouldWrapAround() {
        final Pair pair = atomicPair();
        word(pair.b(), TARGET, -1);
        add(pair, 1, TARGET, 3);
        pair.a().awaitSend().expect(1, WcOpcode.FETCH_ADD);
        assertEquals(2, word(pair.b(), TARGET));
        assertEquals(-1, word(pair.a(), RESULT));
    }

    @Test
    void shouldSubtractByAddingNegativeNumbers() {
        final Pair pair = atomicPair();
        word(pair.b(), TARGET, 5);
        add(pair, 1, TARGET, -6);
        pair.a().awaitSend().expect(1, WcOpcode.FETCH_ADD);
        assertEquals(-1, word(pair.b(), TARGET));
    }

    /** The wire carries operands in network order; memory has them in host order on both sides. */
    @Test
    void shouldKeepHostByteOrderInMemory() {
        final Pair pair = atomicPair();
        final long value = 0x0102_0304_0506_0708L;
        swap(pair, 1, 0, value);
        pair.a().awaitSend().expect(1, WcOpcode.COMP_SWAP);
        final boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        assertEquals(little ? 8 : 1, pair.b().buffer().get(ValueLayout.JAVA_BYTE, TARGET));
        add(pair, 2, TARGET, 0);
        pair.a().awaitSend().expect(2, WcOpcode.FETCH_ADD);
        assertEquals(little ? 8 : 1, pair.a().buffer().get(ValueLayout.JAVA_BYTE, RESULT));
        assertEquals(value, word(pair.a(), RESULT));
    }

    @Test
    void shouldTouchEightBytesOnly() {
        final Pair pair = atomicPair();
        for (final Side side : List.of(pair.a(), pair.b())) {
            side.buffer().fill((byte)0x5A);
        }
        add(pair, 1, TARGET, 1);
        pair.a().awaitSend().expect(1, WcOpcode.FETCH_ADD);
        for (final long gap : new long[] {-8, 8}) {
            assertEquals(0x5A5A_5A5A_5A5A_5A5AL, word(pair.b(), TARGET + gap));
            assertEquals(0x5A5A_5A5A_5A5A_5A5AL, word(pair.a(), RESULT + gap));
        }
    }

    @Test
    void shouldReportEightBytes() {
        final Pair pair = atomicPair();
        add(pair, 1, TARGET, 1);
        assertEquals(8, pair.a().awaitSend().expect(1, WcOpcode.FETCH_ADD).byteLength());
    }

    @Test
    void shouldReachTheVeryLastWord() {
        final Pair pair = atomicPair();
        final long last = pair.b().region().length() - Long.BYTES;
        add(pair, 1, last, 9);
        pair.a().awaitSend().expect(1, WcOpcode.FETCH_ADD);
        assertEquals(9, word(pair.b(), last));
    }

    @Test
    void shouldScatterTheResult() {
        final Pair pair = atomicPair();
        final Side a = pair.a();
        word(pair.b(), TARGET, 0x1111_1111_2222_2222L);
        final int index = a.sends().clear().add(1, WrOpcode.ATOMIC_FETCH_AND_ADD.code(), SIGNALED);
        a.sends().addLocal(index, a.at(RESULT), 4, a.region().lkey());
        a.sends().addLocal(index, a.at(RESULT + 64), 4, a.region().lkey());
        a.sends().atomic(index, pair.b().at(TARGET), pair.b().region().rkey(), 0, 0);
        a.postSends();
        a.awaitSend().expect(1, WcOpcode.FETCH_ADD);
        assertEquals(0x2222_2222, a.buffer().get(ValueLayout.JAVA_INT, RESULT));
        assertEquals(0x1111_1111, a.buffer().get(ValueLayout.JAVA_INT, RESULT + 64));
    }

    @Test
    void shouldCountEveryOneOfTwoQueuePairs() {
        final Pair pair = atomicPair();
        final Pair other = atomicPair();
        final MemorySegment memory = Arena.ofAuto().allocate(64, 64);
        final MemoryRegion first = own(pair.b().domain().registerMemory(memory, ALL));
        final MemoryRegion second = own(other.b().domain().registerMemory(memory, ALL));
        final Set<Long> seen = new HashSet<>();
        for (int round = 0; round < 10; round++) {
            post(pair.a(), first);
            post(other.a(), second);
            for (final Side side : List.of(pair.a(), other.a())) {
                side.awaitSend().expect(1, WcOpcode.FETCH_ADD);
                seen.add(word(side, RESULT));
            }
        }
        assertEquals(20, memory.get(ValueLayout.JAVA_LONG, 0));
        assertEquals(20, seen.size(), "every count was seen once: " + seen);
    }

    private static void post(final Side side, final MemoryRegion target) {
        side.sends().clear().fetchAndAdd(1, side.at(RESULT), side.region().lkey(), target.address(), target.rkey(), 1, SIGNALED);
        side.postSends();
    }

    @Test
    void shouldQueueMoreThanMayBeOutstanding() {
        final Pair pair = atomicPair(PairConfig.DEFAULT.withAccess(ALL, ALL).withTuning(outstanding(1, 1)));
        final Side a = pair.a();
        a.sends().clear();
        for (int i = 0; i < 30; i++) {
            a.sends().fetchAndAdd(i, a.at(i * 8L), a.region().lkey(), pair.b().at(TARGET), pair.b().region().rkey(), 1, SIGNALED);
        }
        a.postSends();
        final List<Completion> done = a.awaitSends(30);
        for (int i = 0; i < 30; i++) {
            done.get(i).expect(i, WcOpcode.FETCH_ADD);
            assertEquals(i, word(a, i * 8L), "in the order of posting");
        }
        assertEquals(30, word(pair.b(), TARGET));
    }

    private static RcTuning outstanding(final int asRequester, final int asResponder) {
        final RcTuning d = RcTuning.DEFAULT;
        return new RcTuning(d.timeout(), d.retryCount(), d.rnrRetry(), d.minRnrTimer(), asRequester, asResponder);
    }

    @Test
    void shouldRefuseAtomicsWhereTheResponderHasNoResourcesForThem() {
        final Pair pair = atomicPair(PairConfig.DEFAULT.withAccess(ALL, ALL).withTuning(outstanding(1, 0)));
        add(pair, 1, TARGET, 1);
        pair.a().awaitSend().expectError(1, WcStatus.REM_INV_REQ_ERR, pair.a().qp().number());
        assertEquals(0, word(pair.b(), TARGET));
    }

    @Test
    void shouldRefuseToPostAnUnalignedTarget() {
        final Pair pair = atomicPair();
        final Side a = pair.a();
        for (int off = 1; off < 8; off++) {
            a.sends().clear().fetchAndAdd(1, a.at(RESULT), a.region().lkey(), pair.b().at(TARGET + off),
                pair.b().region().rkey(), 1, SIGNALED);
            assertEquals(0, a.qp().postSend(a.sends()), "off by " + off);
            assertEquals(Errno.EINVAL, a.sends().errno());
        }
        assertEquals(0, a.qp().inFlight());
    }

    @Test
    void shouldRefuseToPostLessThanEightBytes() {
        final Pair pair = atomicPair();
        final Side a = pair.a();
        final int index = a.sends().clear().add(1, WrOpcode.ATOMIC_CMP_AND_SWP.code(), SIGNALED);
        a.sends().addLocal(index, a.at(RESULT), 7, a.region().lkey());
        a.sends().atomic(index, pair.b().at(TARGET), pair.b().region().rkey(), 0, 0);
        assertEquals(0, a.qp().postSend(a.sends()));
        assertEquals(Errno.EINVAL, a.sends().errno());
    }

    @Test
    void shouldRefuseARegionWithoutRemoteAtomic() {
        final Pair pair = atomicPair(PairConfig.DEFAULT.withAccess(PairConfig.ALL_ACCESS, ALL));
        add(pair, 1, TARGET, 1);
        pair.a().awaitSend().expectError(1, WcStatus.REM_ACCESS_ERR, pair.a().qp().number());
        assertEquals(0, word(pair.b(), TARGET));
    }

    @Test
    void shouldRefuseAQueuePairWithoutRemoteAtomic() {
        final Pair pair = atomicPair(PairConfig.DEFAULT.withAccess(ALL, PairConfig.ALL_ACCESS));
        add(pair, 1, TARGET, 1);
        pair.a().awaitSend().expectError(1, DeviceProfile.of(pair.a().context()).accessOfQp(), pair.a().qp().number());
        assertEquals(0, word(pair.b(), TARGET));
    }

    @Test
    void shouldRefuseAWrongRemoteKey() {
        final Pair pair = atomicPair();
        final Side a = pair.a();
        a.sends().clear().fetchAndAdd(1, a.at(RESULT), a.region().lkey(), pair.b().at(TARGET),
            pair.b().region().rkey() ^ 0x40, 1, SIGNALED);
        a.postSends();
        a.awaitSend().expectError(1, WcStatus.REM_ACCESS_ERR, a.qp().number());
        assertEquals(0, word(pair.b(), TARGET));
        assertEquals(-77, word(a, RESULT), "nothing came back");
    }

    @Test
    void shouldRefuseAWordBehindTheEnd() {
        final Pair pair = atomicPair();
        add(pair, 1, pair.b().region().length(), 1);
        pair.a().awaitSend().expectError(1, WcStatus.REM_ACCESS_ERR, pair.a().qp().number());
    }

    @Test
    void shouldRefuseAWordBeforeTheStart() {
        final Pair pair = atomicPair();
        add(pair, 1, -Long.BYTES, 1);
        pair.a().awaitSend().expectError(1, WcStatus.REM_ACCESS_ERR, pair.a().qp().number());
    }

    @Test
    void shouldRefuseAWordThatIsHalfInside() {
        final Pair pair = atomicPair();
        final MemorySegment memory = Arena.ofAuto().allocate(64, 64).asSlice(0, 12);
        final MemoryRegion region = own(pair.b().domain().registerMemory(memory, ALL));
        final Side a = pair.a();
        a.sends().clear().fetchAndAdd(1, a.at(RESULT), a.region().lkey(), region.address() + 8, region.rkey(), 1, SIGNALED);
        a.postSends();
        a.awaitSend().expectError(1, WcStatus.REM_ACCESS_ERR, a.qp().number());
    }

    @Test
    void shouldRefuseARegionOfAnotherDomain() {
        final Pair pair = atomicPair();
        final Side b = pair.b();
        final MemoryRegion region = own(own(b.context().allocateProtectionDomain()).registerMemory(b.buffer(), ALL));
        final Side a = pair.a();
        a.sends().clear().fetchAndAdd(1, a.at(RESULT), a.region().lkey(), region.address(), region.rkey(), 1, SIGNALED);
        a.postSends();
        a.awaitSend().expectError(1, WcStatus.REM_ACCESS_ERR, a.qp().number());
        assertEquals(0, word(b, 0));
    }

    /** The responder has done its part when the requester finds that it has nowhere to put the answer. */
    @Test
    void shouldFailWhereTheAnswerHasNoPlace() {
        final Pair pair = atomicPair();
        final Side a = pair.a();
        a.sends().clear().fetchAndAdd(1, a.at(RESULT), a.region().lkey() ^ 0x40, pair.b().at(TARGET), pair.b().region().rkey(), 1,
            SIGNALED);
        a.postSends();
        a.awaitSend().expectError(1, WcStatus.LOC_PROT_ERR, a.qp().number());
        assertEquals(1, word(pair.b(), TARGET));
    }

    @Test
    void shouldFailWhereTheAnswerMayNotBeWritten() {
        final Pair pair = atomicPair();
        final Side a = pair.a();
        final MemoryRegion readable = own(a.domain().registerMemory(a.buffer(), AccessFlags.REMOTE_READ));
        a.sends().clear().fetchAndAdd(1, a.at(RESULT), readable.lkey(), pair.b().at(TARGET), pair.b().region().rkey(), 1, SIGNALED);
        a.postSends();
        a.awaitSend().expectError(1, WcStatus.LOC_PROT_ERR, a.qp().number());
        assertEquals(-77, word(a, RESULT));
    }

    @Test
    void shouldStartAfterAFenceOnly() {
        final Pair pair = atomicPair();
        final Side a = pair.a();
        a.sends().clear().write(1, a.at(0), 8, a.region().lkey(), pair.b().at(TARGET), pair.b().region().rkey(), 0);
        a.sends().fetchAndAdd(2, a.at(RESULT), a.region().lkey(), pair.b().at(TARGET), pair.b().region().rkey(), 1, 0);
        a.sends().read(3, a.at(RESULT + 8), 8, a.region().lkey(), pair.b().at(TARGET), pair.b().region().rkey(),
            SIGNALED | SendFlags.FENCE);
        word(a, 0, 10);
        a.postSends();
        a.awaitSend().expect(3, WcOpcode.RDMA_READ);
        assertEquals(10, word(a, RESULT));
        assertEquals(11, word(a, RESULT + 8));
        assertEquals(0, a.qp().inFlight());
    }

    @Test
    void shouldBeFlushedInError() {
        final Pair pair = atomicPair();
        pair.a().qp().modify(new QpAttributes().state(dev.verbs.QpState.ERR));
        add(pair, 1, TARGET, 1);
        pair.a().awaitSend().expectError(1, WcStatus.WR_FLUSH_ERR, pair.a().qp().number());
        assertEquals(0, word(pair.b(), TARGET));
    }
}
