package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.AccessFlags;
import dev.verbs.AddressHandle;
import dev.verbs.Errno;
import dev.verbs.ExtendedQueuePair;
import dev.verbs.MemoryRegion;
import dev.verbs.MemoryWindow;
import dev.verbs.MemoryWindowType;
import dev.verbs.Mtu;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QpType;
import dev.verbs.QueuePair;
import dev.verbs.RcEndpoint;
import dev.verbs.SendOperation;
import dev.verbs.SgeDescriptor;
import dev.verbs.VerbsException;
import dev.verbs.WcOpcode;
import dev.verbs.WcStatus;
import dev.verbs.WindowBinding;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.TestProvider;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Extended queue pairs: what was not asked for, calls in the wrong order, and batches that are refused as a whole. */
class ExtendedQueuePairMisuseContractTest extends ExtendedQpTest {
    private static final int MISUSED = ExtendedQueuePair.MISUSED;
    private static final Set<SendOperation> SENDS = EnumSet.of(SendOperation.SEND, SendOperation.RDMA_WRITE,
        SendOperation.RDMA_READ, SendOperation.ATOMIC_FETCH_AND_ADD, SendOperation.LOCAL_INV);

    private void write(final long wrId, final int flags) {
        qp.write(wrId, b.at(8192), b.region().rkey(), flags);
    }

    private Map<SendOperation, Executable> builders() {
        final int key = b.region().rkey();
        final Map<SendOperation, Executable> builders = new EnumMap<>(SendOperation.class);
        builders.put(SendOperation.SEND, () -> qp.send(1, SIGNALED));
        builders.put(SendOperation.SEND_WITH_IMM, () -> qp.sendWithImm(1, 2, SIGNALED));
        builders.put(SendOperation.SEND_WITH_INV, () -> qp.sendWithInvalidate(1, key, SIGNALED));
        builders.put(SendOperation.RDMA_WRITE, () -> write(1, SIGNALED));
        builders.put(SendOperation.RDMA_WRITE_WITH_IMM, () -> qp.writeWithImm(1, b.at(0), key, 2, SIGNALED));
        builders.put(SendOperation.RDMA_READ, () -> qp.read(1, b.at(0), key, SIGNALED));
        builders.put(SendOperation.ATOMIC_CMP_AND_SWP, () -> qp.compareAndSwap(1, b.at(0), key, 1, 2, SIGNALED));
        builders.put(SendOperation.ATOMIC_FETCH_AND_ADD, () -> qp.fetchAndAdd(1, b.at(0), key, 1, SIGNALED));
        builders.put(SendOperation.LOCAL_INV, () -> qp.localInvalidate(1, key, SIGNALED));
        builders.put(SendOperation.BIND_MW, () -> {
            final MemoryWindow window = own(a.domain().allocateMemoryWindow(MemoryWindowType.TYPE_2));
            qp.bindWindow(1, window, window.nextRkey(), WindowBinding.of(a.region(), 0, 64, AccessFlags.REMOTE_READ), SIGNALED);
        });
        return builders;
    }

    @ParameterizedTest
    @EnumSource(SendOperation.class)
    void shouldRefuseAnOperationThatWasNotAskedFor(final SendOperation operation) {
        final Set<SendOperation> others = EnumSet.complementOf(EnumSet.of(operation));
        connect(others);
        begin();
        final VerbsException refused = thrown(Errno.EOPNOTSUPP, builders().get(operation));
        assertTrue(refused.getMessage().contains(operation + " was not asked for"), refused::getMessage);
        if (operation != SendOperation.SEND) {
            assertEquals(0, qp.abort());
            works();
            return;
        }
        end(0);
    }

    @ParameterizedTest
    @EnumSource(value = SendOperation.class, names = {"RDMA_READ", "ATOMIC_CMP_AND_SWP", "ATOMIC_FETCH_AND_ADD"})
    void shouldRefuseToMakeWhatAnUnreliableConnectionCannot(final SendOperation operation) {
        create(of(QpType.UC), UNRELIABLE);
        final VerbsException refused = thrown(Errno.EOPNOTSUPP,
            () -> a.domain().createExtendedQueuePair(qp.config().withSendOps(EnumSet.of(SendOperation.SEND, operation))));
        assertTrue(refused.getMessage().contains("ibv_create_qp_ex"), refused::getMessage);
    }

    @Test
    void shouldRefuseToMakeADatagramQueuePairThatWrites() {
        create(of(QpType.UD), DATAGRAMS);
        thrown(Errno.EOPNOTSUPP,
            () -> a.domain().createExtendedQueuePair(qp.config().withSendOps(EnumSet.of(SendOperation.RDMA_WRITE))));
    }

    @Test
    void shouldRefuseToMakeOneThatCannotDoAnything() {
        create(CONFIG, SENDS);
        assertThrows(IllegalArgumentException.class, () -> a.domain().createExtendedQueuePair(a.qp().config()));
        assertFalse(a.qp() instanceof ExtendedQueuePair);
    }

    /** C would wait for its own lock for ever. */
    @Test
    void shouldRefuseASecondStart() {
        connect(SENDS);
        begin();
        assertEquals(MISUSED, qp.start());
        end(0);
        works();
    }

    @Test
    void shouldRefuseToEndWhatHasNotBegun() {
        connect(SENDS);
        assertEquals(MISUSED, qp.complete());
        assertEquals(MISUSED, qp.abort());
        begin();
        end(0);
        assertEquals(MISUSED, qp.complete());
        works();
    }

    @Test
    void shouldRefuseBuildersAndSettersOutsideABatch() {
        connect(SENDS);
        thrown(Errno.EINVAL, () -> qp.send(1, SIGNALED));
        thrown(Errno.EINVAL, () -> local(0, 8));
        thrown(Errno.EINVAL, () -> qp.inline(a.buffer(), 0, 8));
        works();
    }

    /** rxe would write over the request before. */
    @Test
    void shouldRefuseASetterBeforeABuilder() {
        connect(SENDS);
        works();
        begin();
        thrown(Errno.EINVAL, () -> local(0, 8));
        thrown(Errno.EINVAL, () -> qp.inline(a.buffer(), 0, 8));
        thrown(Errno.EINVAL, () -> qp.inlineList(new MemorySegment[] {a.buffer()}, 1));
        thrown(Errno.EINVAL, () -> qp.localList(Arena.ofAuto().allocate(SgeDescriptor.SIZE, 8), 1));
        end(0);
        works();
    }

    @Test
    void shouldRefuseASecondPayload() {
        connect(SENDS);
        receive(1, 0, 64);
        begin();
        qp.send(2, SIGNALED);
        local(0, 8);
        thrown(Errno.EINVAL, () -> local(64, 16));
        thrown(Errno.EINVAL, () -> qp.inline(a.buffer(), 0, 16));
        end(1);
        a.awaitSend().expect(2, WcOpcode.SEND);
        assertEquals(8, b.awaitReceive().expect(1, WcOpcode.RECV).byteLength());
    }

    @Test
    void shouldRefuseAPayloadOfAnInvalidate() {
        connect(SENDS);
        begin();
        qp.localInvalidate(1, 0x1234, 0);
        thrown(Errno.EINVAL, () -> local(0, 8));
        assertEquals(0, qp.abort());
        works();
    }

    @Test
    void shouldRefuseATargetOfAConnectedRequest() {
        connect(SENDS);
        final AddressHandle path = a.pathTo(this, b);
        begin();
        qp.send(1, SIGNALED);
        thrown(Errno.EINVAL, () -> qp.target(path, 1, 2));
        assertEquals(0, qp.abort());
        works();
    }

    @Test
    void shouldAcceptNoListWithinABatch() {
        connect(SENDS);
        a.sends().clear().send(1, a.at(0), 8, a.region().lkey(), SIGNALED);
        begin();
        assertEquals(0, qp.postSend(a.sends()));
        assertEquals(Errno.EBUSY, a.sends().errno());
        end(0);
        assertEquals(0, qp.inFlight());
        works();
    }

    @Test
    void shouldBindNoWindowWithinABatch() {
        connect(SENDS);
        final MemoryWindow window;
        try {
            window = own(a.domain().allocateMemoryWindow(MemoryWindowType.TYPE_1));
        } catch (final VerbsException e) {
            Assumptions.assumeTrue(e.errno() != Errno.EOPNOTSUPP, e::getMessage);
            throw e;
        }
        begin();
        thrown(Errno.EBUSY, () -> window.bind(qp, WindowBinding.of(a.region(), 0, 64, AccessFlags.REMOTE_READ), 1, SIGNALED));
        end(0);
        works();
    }

    @Test
    void shouldNotChangeStateWithinABatch() {
        connect(SENDS);
        begin();
        thrown(Errno.EBUSY, () -> qp.modify(PairConfig.toError()));
        thrown(Errno.EBUSY, () -> qp.drain(Duration.ofSeconds(1)));
        end(0);
        assertEquals(QpState.RTS, qp.state());
        works();
    }

    @Test
    void shouldNotCloseWithinABatch() {
        connect(SENDS);
        begin();
        thrown(Errno.EBUSY, qp::close);
        assertTrue(qp.isOpen());
        end(0);
        works();
        qp.close();
        assertFalse(qp.isOpen());
    }

    @Test
    void shouldSayThatItIsClosed() {
        connect(SENDS);
        qp.close();
        assertEquals(QueuePair.CLOSED, qp.start());
        assertEquals(QueuePair.CLOSED, qp.complete());
        assertEquals(QueuePair.CLOSED, qp.abort());
        thrown(Errno.EBADF, () -> qp.send(1, SIGNALED));
    }

    @Test
    void shouldKeepARegionOpenThatABatchNames() {
        connect(SENDS);
        final MemoryRegion region = own(a.domain().registerMemory(Arena.ofAuto().allocate(4096), AccessFlags.LOCAL_WRITE));
        begin();
        write(1, SIGNALED);
        qp.local(region.address(), 8, region.lkey());
        assertEquals(1, qp.inFlight());
        thrown(Errno.EBUSY, region::close);
        assertEquals(0, qp.abort());
        region.close();
    }

    @Test
    void shouldKeepAPathOpenThatABatchNames() {
        connect(of(QpType.UD), DATAGRAMS);
        final AddressHandle path = a.pathTo(this, b);
        begin();
        qp.send(1, SIGNALED);
        qp.target(path, peer.number(), Pair.QKEY);
        thrown(Errno.EBUSY, path::close);
        assertEquals(0, qp.abort());
        path.close();
    }

    @Test
    void shouldRefuseADatagramWithoutATarget() {
        connect(of(QpType.UD), DATAGRAMS);
        begin();
        qp.send(1, SIGNALED);
        local(0, 8);
        assertEquals(0, qp.complete());
        assertEquals(Errno.EINVAL, qp.errno());
        a.assertQuiet();
    }

    @Test
    void shouldRefuseADatagramAlongAClosedPath() {
        connect(of(QpType.UD), DATAGRAMS);
        final AddressHandle path = a.pathTo(this, b);
        path.close();
        begin();
        qp.send(1, SIGNALED);
        local(0, 8);
        qp.target(path, peer.number(), Pair.QKEY);
        assertEquals(0, qp.complete());
        assertEquals(Errno.EINVAL, qp.errno());
        assertEquals(0, qp.inFlight());
        a.assertQuiet();
    }

    @Test
    void shouldRefuseToBindAClosedWindow() {
        connect(ALL);
        final MemoryWindow window = own(a.domain().allocateMemoryWindow(MemoryWindowType.TYPE_2));
        window.close();
        begin();
        qp.bindWindow(1, window, 0x100, WindowBinding.of(a.region(), 0, 64, AccessFlags.REMOTE_READ), SIGNALED);
        refused(Errno.EINVAL);
    }

    @Test
    void shouldRefuseToBindToAClosedRegion() {
        connect(ALL);
        final MemoryWindow window = own(a.domain().allocateMemoryWindow(MemoryWindowType.TYPE_2));
        final MemoryRegion region = a.domain().registerMemory(Arena.ofAuto().allocate(4096), ACCESS);
        region.close();
        begin();
        qp.bindWindow(1, window, window.nextRkey(), WindowBinding.of(region, 0, 64, AccessFlags.REMOTE_READ), SIGNALED);
        refused(Errno.EINVAL);
        window.close();
    }

    @Test
    void shouldRefuseInlineDataAboveTheLimitWithItsWholeBatch() {
        connect(SENDS);
        begin();
        write(1, SIGNALED);
        local(0, 8);
        write(2, SIGNALED);
        qp.inline(a.buffer(), 0, qp.config().maxInlineData() + 1);
        write(3, SIGNALED);
        refused(Errno.EINVAL);
    }

    @Test
    void shouldRefuseAnInlineListAboveTheLimit() {
        connect(SENDS);
        final MemorySegment half = a.buffer().asSlice(0, qp.config().maxInlineData() / 2 + 1);
        begin();
        write(1, SIGNALED);
        qp.inlineList(new MemorySegment[] {half, half}, 2);
        refused(Errno.EINVAL);
    }

    @Test
    void shouldRefuseTooManyEntries() {
        connect(SENDS);
        final int count = qp.config().maxSendSge() + 1;
        final MemorySegment entries = Arena.ofAuto().allocate(SgeDescriptor.SIZE * count, 8);
        for (int i = 0; i < count; i++) {
            SgeDescriptor.set(entries, i * SgeDescriptor.SIZE, a.at(0), 8, a.region().lkey());
        }
        begin();
        write(1, SIGNALED);
        qp.localList(entries, count);
        refused(Errno.EINVAL);
    }

    @Test
    void shouldRefuseToReadInline() {
        connect(SENDS);
        begin();
        qp.read(1, b.at(0), b.region().rkey(), SIGNALED);
        qp.inline(a.buffer(), 0, 8);
        refused(Errno.EINVAL);
    }

    @Test
    void shouldRefuseAnAtomicThatIsNotAligned() {
        connect(SENDS);
        begin();
        qp.fetchAndAdd(1, b.at(4), b.region().rkey(), 1, SIGNALED);
        local(0, 8);
        refused(Errno.EINVAL);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldRefuseAnAtomicWithoutRoomForItsResult(final boolean some) {
        connect(SENDS);
        begin();
        qp.fetchAndAdd(1, b.at(0), b.region().rkey(), 1, SIGNALED);
        if (some) {
            local(0, 4);
        }
        refused(Errno.EINVAL);
    }

    @Test
    void shouldRefuseALengthThatNoEntryHas() {
        connect(SENDS);
        begin();
        write(1, SIGNALED);
        assertThrows(IllegalArgumentException.class, () -> local(0, 1L << 32));
        local(0, 8);
        end(1);
        a.awaitSend().expect(1, WcOpcode.RDMA_WRITE);
    }

    @Test
    void shouldRefuseEntriesThatAreNotThere() {
        connect(SENDS);
        begin();
        write(1, SIGNALED);
        assertThrows(IndexOutOfBoundsException.class, () -> qp.localList(Arena.ofAuto().allocate(SgeDescriptor.SIZE, 8), 2));
        assertThrows(IndexOutOfBoundsException.class, () -> qp.inlineList(new MemorySegment[1], 2));
        assertEquals(0, qp.abort());
        works();
    }

    /** All or nothing, unlike a list; ENOMEM is what a list says, too (rxe's own word is ENOSPC). */
    @Test
    void shouldRefuseABatchThatIsLongerThanTheQueue() {
        connect(SENDS);
        final int many = 4 * qp.config().maxSendWr() + 4; // devices may take more than they grant
        begin();
        for (int i = 0; i < many; i++) {
            write(i, SIGNALED);
        }
        refused(Errno.ENOMEM);
    }

    @ParameterizedTest
    @EnumSource(value = QpState.class, names = {"RESET", "INIT", "RTR"})
    void shouldRefuseBatchesBeforeRts(final QpState state) {
        create(CONFIG, SENDS);
        assume(a.context().device().guarantees().connectsByModify(), a.context(), "connecting by modify");
        if (state != QpState.RESET) {
            RcEndpoint.init(qp, a.port(), QP_ACCESS);
        }
        if (state == QpState.RTR) {
            final QpAttributes toRtr = new QpAttributes().state(QpState.RTR).pathMtu(Mtu.MTU_1024).destinationQp(peer.number())
                .rqPsn(1).maxDestReadAtomic(1).minRnrTimer(12).address(a.port().pathTo(b.port().lid(), b.port().gid().gid()));
            qp.modify(toRtr);
        }
        begin();
        write(1, SIGNALED);
        local(0, 8);
        assertEquals(0, qp.complete());
        assertEquals(Errno.EINVAL, qp.errno());
        assertEquals(0, qp.inFlight());
    }

    @Test
    void shouldFlushABatchInError() {
        connect(SENDS);
        qp.modify(PairConfig.toError());
        begin();
        write(1, SIGNALED);
        write(2, SIGNALED);
        end(2);
        a.awaitSend().expectError(1, WcStatus.WR_FLUSH_ERR, qp.number());
        a.awaitSend().expectError(2, WcStatus.WR_FLUSH_ERR, qp.number());
        assertEquals(0, qp.inFlight());
    }

    @Test
    void shouldCompleteAWrongLocalKeyWithAnError() {
        connect(SENDS);
        begin();
        write(1, SIGNALED);
        qp.local(a.at(0), 8, ~a.region().lkey());
        end(1);
        a.awaitSend().expectError(1, DeviceProfile.of(a.context()).localKey(), qp.number());
    }

    @Test
    void shouldBeDrainedBetweenBatches() {
        connect(SENDS);
        begin();
        write(1, SIGNALED);
        end(1);
        qp.drain(TestProvider.deadline(), () -> a.sendCq().poll(a.lastPolled()));
        assertEquals(QpState.ERR, qp.state());
    }
}
