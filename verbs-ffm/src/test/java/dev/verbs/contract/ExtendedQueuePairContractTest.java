package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.AccessFlags;
import dev.verbs.AddressHandle;
import dev.verbs.Errno;
import dev.verbs.GrhDescriptor;
import dev.verbs.MemoryWindow;
import dev.verbs.MemoryWindowType;
import dev.verbs.QpType;
import dev.verbs.SendOperation;
import dev.verbs.SgeDescriptor;
import dev.verbs.VerbsException;
import dev.verbs.WcOpcode;
import dev.verbs.WcStatus;
import dev.verbs.WindowBinding;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.Completion;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.Waiting;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Extended queue pairs: each operation, alone in its queue pair as pyverbs' test_qpex.py has it, and each setter. */
class ExtendedQueuePairContractTest extends ExtendedQpTest {
    private static final long TARGET = 8192;
    private static final int IMMEDIATE = 0x1234_5678;
    private static final int GRH = (int)GrhDescriptor.SIZE;

    private long remote(final long offset) {
        return b.at(offset);
    }

    @Test
    void shouldSayWhatItWasMadeFor() {
        connect(Set.of(SendOperation.SEND, SendOperation.RDMA_READ));
        assertEquals(EnumSet.of(SendOperation.SEND, SendOperation.RDMA_READ), qp.config().sendOps());
    }

    @Test
    @Covers({"ibv_create_qp_ex", "ibv_qp_to_qp_ex", "ibv_wr_start", "ibv_wr_send", "ibv_wr_set_sge", "ibv_wr_complete"})
    void shouldSend() {
        connect(Set.of(SendOperation.SEND));
        works();
    }

    @Test
    void shouldSendNothing() {
        connect(Set.of(SendOperation.SEND));
        receive(1, 0, 64);
        begin();
        qp.send(2, SIGNALED);
        end(1);
        a.awaitSend().expect(2, WcOpcode.SEND);
        assertEquals(0, b.awaitReceive().expect(1, WcOpcode.RECV).byteLength());
    }

    @Test
    @Covers("ibv_wr_send_imm")
    void shouldSendWithImmediate() {
        connect(Set.of(SendOperation.SEND_WITH_IMM));
        receive(1, 0, 64);
        a.fill(0, 64, 3);
        begin();
        qp.sendWithImm(2, IMMEDIATE, SIGNALED);
        local(0, 64);
        end(1);
        a.awaitSend().expect(2, WcOpcode.SEND);
        assertEquals(IMMEDIATE, b.awaitReceive().expect(1, WcOpcode.RECV).immediate());
        b.assertFilled(0, 64, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, 20_000})
    @Covers("ibv_wr_rdma_write")
    void shouldWrite(final int length) {
        connect(Set.of(SendOperation.RDMA_WRITE));
        a.fill(0, length, 4);
        begin();
        qp.write(2, remote(TARGET), b.region().rkey(), SIGNALED);
        local(0, length);
        end(1);
        a.awaitSend().expect(2, WcOpcode.RDMA_WRITE);
        b.assertFilled(TARGET, length, 4);
    }

    @Test
    @Covers("ibv_wr_rdma_write_imm")
    void shouldWriteWithImmediate() {
        connect(Set.of(SendOperation.RDMA_WRITE_WITH_IMM));
        receive(1, 0, 0);
        a.fill(0, 500, 5);
        begin();
        qp.writeWithImm(2, remote(TARGET), b.region().rkey(), IMMEDIATE, SIGNALED);
        local(0, 500);
        end(1);
        a.awaitSend().expect(2, WcOpcode.RDMA_WRITE);
        assertEquals(IMMEDIATE, b.awaitReceive().expect(1, WcOpcode.RECV_RDMA_WITH_IMM).immediate());
        b.assertFilled(TARGET, 500, 5);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000})
    @Covers("ibv_wr_rdma_read")
    void shouldRead(final int length) {
        connect(Set.of(SendOperation.RDMA_READ));
        b.fill(TARGET, length, 6);
        begin();
        qp.read(2, remote(TARGET), b.region().rkey(), SIGNALED);
        local(0, length);
        end(1);
        a.awaitSend().expect(2, WcOpcode.RDMA_READ);
        a.assertFilled(0, length, 6);
    }

    @Test
    @Covers("ibv_wr_atomic_cmp_swp")
    void shouldCompareAndSwap() {
        connect(Set.of(SendOperation.ATOMIC_CMP_AND_SWP));
        b.buffer().set(ValueLayout.JAVA_LONG, TARGET, 70);
        for (int i = 0; i < 2; i++) { // the second one finds another value
            begin();
            qp.compareAndSwap(i, remote(TARGET), b.region().rkey(), 70, 71, SIGNALED);
            local(0, 8);
            end(1);
            a.awaitSend().expect(i, WcOpcode.COMP_SWAP);
            assertEquals(70 + i, a.buffer().get(ValueLayout.JAVA_LONG, 0));
            assertEquals(71, b.buffer().get(ValueLayout.JAVA_LONG, TARGET));
        }
    }

    @Test
    @Covers("ibv_wr_atomic_fetch_add")
    void shouldFetchAndAdd() {
        connect(Set.of(SendOperation.ATOMIC_FETCH_AND_ADD));
        b.buffer().set(ValueLayout.JAVA_LONG, TARGET, 70);
        begin();
        qp.fetchAndAdd(2, remote(TARGET), b.region().rkey(), 5, SIGNALED);
        local(0, 8);
        end(1);
        a.awaitSend().expect(2, WcOpcode.FETCH_ADD);
        assertEquals(70, a.buffer().get(ValueLayout.JAVA_LONG, 0));
        assertEquals(75, b.buffer().get(ValueLayout.JAVA_LONG, TARGET));
    }

    private MemoryWindow window() {
        try {
            return own(a.domain().allocateMemoryWindow(MemoryWindowType.TYPE_2));
        } catch (final VerbsException e) {
            assume(e.errno() != Errno.EOPNOTSUPP, a.context(), "memory windows");
            throw e;
        }
    }

    /** Binds a window of side a in a batch. */
    private MemoryWindow bound(final int access) {
        final MemoryWindow window = window();
        final int next = window.nextRkey();
        begin();
        qp.bindWindow(7, window, next, WindowBinding.of(a.region(), TARGET, 1024, access), SIGNALED);
        end(1);
        window.bound(next);
        a.awaitSend().expect(7, WcOpcode.BIND_MW);
        return window;
    }

    private Completion peerWrites(final int rkey) {
        assertEquals(0, peer.start());
        peer.write(8, a.at(TARGET), rkey, SIGNALED);
        peer.local(b.at(0), 8, b.region().lkey());
        assertEquals(1, peer.complete());
        return b.awaitSend();
    }

    /** The window is invalidated by its owner at last: rdma_rxe closes no queue pair with a window bound to it. */
    private void invalidate(final MemoryWindow window) {
        begin();
        qp.localInvalidate(9, window.rkey(), SIGNALED);
        end(1);
        a.awaitSend().expect(9, WcOpcode.LOCAL_INV);
    }

    @Test
    @Covers("ibv_wr_bind_mw")
    void shouldBindAWindowThatPeersWriteThrough() {
        connect(EnumSet.of(SendOperation.RDMA_WRITE, SendOperation.BIND_MW, SendOperation.LOCAL_INV));
        final MemoryWindow window = bound(AccessFlags.REMOTE_WRITE);
        b.buffer().set(ValueLayout.JAVA_LONG, 0, 0xCAFE);
        peerWrites(window.rkey()).expect(8, WcOpcode.RDMA_WRITE);
        assertEquals(0xCAFE, a.buffer().get(ValueLayout.JAVA_LONG, TARGET));
        invalidate(window);
    }

    @Test
    void shouldBindAWindowWithoutTheRightToWrite() {
        connect(EnumSet.of(SendOperation.RDMA_WRITE, SendOperation.BIND_MW, SendOperation.LOCAL_INV));
        final MemoryWindow window = bound(AccessFlags.REMOTE_READ);
        peerWrites(window.rkey()).expectError(8, WcStatus.REM_ACCESS_ERR, peer.number());
    }

    @Test
    @Covers("ibv_wr_local_inv")
    void shouldInvalidateItsOwnWindow() {
        connect(EnumSet.of(SendOperation.RDMA_WRITE, SendOperation.BIND_MW, SendOperation.LOCAL_INV));
        final MemoryWindow window = bound(AccessFlags.REMOTE_WRITE);
        invalidate(window);
        peerWrites(window.rkey()).expectError(8, WcStatus.REM_ACCESS_ERR, peer.number());
    }

    @Test
    @Covers("ibv_wr_send_inv")
    void shouldSendAndInvalidate() {
        connect(EnumSet.of(SendOperation.RDMA_WRITE, SendOperation.BIND_MW, SendOperation.LOCAL_INV, SendOperation.SEND_WITH_INV));
        final MemoryWindow window = bound(AccessFlags.REMOTE_WRITE);
        a.receives().clear().receive(1, a.at(0), 64, a.region().lkey());
        assertEquals(1, qp.postReceive(a.receives()));
        assertEquals(0, peer.start());
        peer.sendWithInvalidate(2, window.rkey(), SIGNALED);
        peer.local(b.at(0), 8, b.region().lkey());
        assertEquals(1, peer.complete());
        b.awaitSend().expect(2, WcOpcode.SEND);
        a.awaitReceive().expect(1, WcOpcode.RECV);
        peerWrites(window.rkey()).expectError(8, WcStatus.REM_ACCESS_ERR, peer.number());
    }

    /** Entries of a list: so long each, with gaps between them. */
    private MemorySegment entries(final int... lengths) {
        final MemorySegment list = Arena.ofAuto().allocate(SgeDescriptor.SIZE * lengths.length, Long.BYTES);
        long offset = 0;
        long from = 0;
        for (int i = 0; i < lengths.length; i++) {
            SgeDescriptor.set(list, i * SgeDescriptor.SIZE, a.at(offset), lengths[i], a.region().lkey());
            a.buffer().asSlice(offset, lengths[i]).fill((byte)(i + 1));
            from += lengths[i];
            offset += lengths[i] + 100;
        }
        assertTrue(from < TARGET);
        return list;
    }

    private void assertGathered(final int... lengths) {
        long from = TARGET;
        for (int i = 0; i < lengths.length; i++) {
            for (int j = 0; j < lengths[i]; j++) {
                assertEquals(i + 1, b.buffer().get(ValueLayout.JAVA_BYTE, from++), "byte " + j + " of entry " + i);
            }
        }
        assertEquals(0, b.buffer().get(ValueLayout.JAVA_BYTE, from), "one byte more");
    }

    private int writeList(final int... lengths) {
        begin();
        qp.write(2, remote(TARGET), b.region().rkey(), SIGNALED);
        qp.localList(entries(lengths), lengths.length);
        return qp.complete();
    }

    @Test
    @Covers("ibv_wr_set_sge_list")
    void shouldGatherAList() {
        connect(Set.of(SendOperation.RDMA_WRITE));
        assertEquals(1, writeList(300, 300, 300));
        a.awaitSend().expect(2, WcOpcode.RDMA_WRITE);
        assertGathered(300, 300, 300);
    }

    /** rdma-core 44's rxe takes every entry for as long as the first one: refused there. */
    @Test
    void shouldGatherAListOfUnequalParts() {
        connect(Set.of(SendOperation.RDMA_WRITE));
        final int accepted = writeList(10, 300, 1);
        assume(accepted == 1 || qp.errno() != Errno.EOPNOTSUPP, a.context(), "lists of unequal entries");
        assertEquals(1, accepted, () -> "errno " + qp.errno());
        a.awaitSend().expect(2, WcOpcode.RDMA_WRITE);
        assertGathered(10, 300, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, INLINE})
    @Covers("ibv_wr_set_inline_data")
    void shouldCarryInlineDataFromTheHeap(final int length) {
        connect(Set.of(SendOperation.SEND));
        final byte[] bytes = new byte[length + 3];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte)(i + 1);
        }
        receive(1, 0, 200);
        begin();
        qp.send(2, SIGNALED);
        qp.inline(MemorySegment.ofArray(bytes), 3, length);
        Arrays.fill(bytes, (byte)-1); // it was copied
        end(1);
        a.awaitSend().expect(2, WcOpcode.SEND);
        assertEquals(length, b.awaitReceive().expect(1, WcOpcode.RECV).byteLength());
        for (int i = 0; i < length; i++) {
            assertEquals((byte)(i + 4), b.buffer().get(ValueLayout.JAVA_BYTE, i));
        }
    }

    /** rdma-core 44's rxe posts an inline list as 0 bytes: the binding gathers it there. */
    @Test
    void shouldCarryAnInlineList() {
        connect(Set.of(SendOperation.RDMA_WRITE));
        final MemorySegment[] parts = {MemorySegment.ofArray(new byte[] {1, 2, 3}), Arena.ofAuto().allocate(0),
            Arena.ofAuto().allocateFrom(ValueLayout.JAVA_BYTE, (byte)4, (byte)5), MemorySegment.ofArray(new byte[] {6})};
        begin();
        qp.write(2, remote(TARGET), b.region().rkey(), SIGNALED);
        qp.inlineList(parts, 3);
        end(1);
        a.awaitSend().expect(2, WcOpcode.RDMA_WRITE);
        assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 0}, b.buffer().asSlice(TARGET, 6).toArray(ValueLayout.JAVA_BYTE));
    }

    /** The flag belongs to a request, not to those behind it. */
    @Test
    void shouldMixInlineAndRegisteredPayloads() {
        connect(Set.of(SendOperation.RDMA_WRITE));
        a.fill(0, 1000, 7);
        begin();
        qp.write(1, remote(TARGET + 2000), b.region().rkey(), 0);
        qp.inline(a.buffer(), 0, 16);
        qp.write(2, remote(TARGET), b.region().rkey(), SIGNALED);
        local(0, 1000);
        end(2);
        a.awaitSend().expect(2, WcOpcode.RDMA_WRITE);
        b.assertFilled(TARGET, 1000, 7);
        b.assertFilled(TARGET + 2000, 16, 7);
    }

    @Test
    void shouldPostABatchOfAllKindsInOrder() {
        connect(ALL);
        a.fill(0, 64, 8);
        receive(1, 0, 64);
        receive(2, 64, 64);
        b.buffer().set(ValueLayout.JAVA_LONG, TARGET + 512, 5);
        begin();
        qp.write(10, remote(TARGET), b.region().rkey(), SIGNALED);
        local(0, 64);
        qp.send(11, 0);
        local(0, 32);
        qp.fetchAndAdd(12, remote(TARGET + 512), b.region().rkey(), 1, SIGNALED);
        local(1024, 8);
        qp.sendWithImm(13, IMMEDIATE, SIGNALED);
        qp.read(14, remote(TARGET), b.region().rkey(), SIGNALED);
        local(2048, 64);
        end(5);
        assertEquals(List.of(10L, 12L, 13L, 14L), a.awaitSends(4).stream().map(Completion::wrId).toList());
        assertEquals(List.of(32L, 0L), b.awaitReceives(2).stream().map(Completion::byteLength).toList());
        a.assertFilled(2048, 64, 8);
        assertEquals(5, a.buffer().get(ValueLayout.JAVA_LONG, 1024));
        assertEquals(0, qp.inFlight());
    }

    @Test
    void shouldPostNothingInAnEmptyBatch() {
        connect(Set.of(SendOperation.SEND));
        begin();
        end(0);
        a.assertQuiet();
        works();
    }

    @Test
    @Covers("ibv_wr_abort")
    void shouldForgetABatchThatWasAborted() {
        connect(EnumSet.of(SendOperation.SEND, SendOperation.RDMA_WRITE));
        a.fill(0, 64, 9);
        begin();
        qp.write(1, remote(TARGET), b.region().rkey(), SIGNALED);
        local(0, 64);
        assertEquals(0, qp.abort());
        assertEquals(0, qp.inFlight());
        a.assertQuiet();
        works();
        assertEquals(0, b.buffer().get(ValueLayout.JAVA_LONG, TARGET));
    }

    @Test
    void shouldPostListsBetweenBatches() {
        connect(EnumSet.of(SendOperation.SEND, SendOperation.RDMA_WRITE));
        a.fill(0, 64, 10);
        a.sends().clear().write(1, a.at(0), 64, a.region().lkey(), remote(TARGET), b.region().rkey(), SIGNALED);
        for (int i = 0; i < 3; i++) {
            works();
            a.fill(0, 64, 10);
            a.sends().rewind();
            assertEquals(1, qp.postSend(a.sends()));
            a.awaitSend().expect(1, WcOpcode.RDMA_WRITE);
        }
        b.assertFilled(TARGET, 64, 10);
    }

    @Test
    void shouldGoRoundTheQueueManyTimes() {
        connect(Set.of(SendOperation.RDMA_WRITE));
        for (int round = 0; round < 100; round++) {
            a.buffer().set(ValueLayout.JAVA_LONG, 0, round + 1);
            begin();
            for (int i = 0; i < 7; i++) {
                qp.write(round * 7L + i, remote(TARGET + 8 * i), b.region().rkey(), i == 6 ? SIGNALED : 0);
                local(0, 8);
            }
            end(7);
            a.awaitSend().expect(round * 7L + 6, WcOpcode.RDMA_WRITE);
            assertEquals(round + 1, b.buffer().get(ValueLayout.JAVA_LONG, TARGET + 48));
        }
        assertEquals(0, qp.inFlight());
    }

    @Test
    void shouldSignalEverythingIfTheQueuePairDoes() {
        connect(CONFIG.withSignalAll(), Set.of(SendOperation.RDMA_WRITE));
        begin();
        qp.write(1, remote(TARGET), b.region().rkey(), 0);
        qp.write(2, remote(TARGET), b.region().rkey(), 0);
        end(2);
        assertEquals(List.of(1L, 2L), a.awaitSends(2).stream().map(Completion::wrId).toList());
        assertEquals(0, qp.inFlight());
    }

    @ParameterizedTest
    @EnumSource(value = SendOperation.class, names = {"SEND", "SEND_WITH_IMM", "RDMA_WRITE", "RDMA_WRITE_WITH_IMM"})
    void shouldDoWhatUnreliableConnectionsCan(final SendOperation operation) {
        connect(of(QpType.UC), UNRELIABLE);
        a.fill(0, 64, 11);
        final boolean sends = operation == SendOperation.SEND || operation == SendOperation.SEND_WITH_IMM;
        if (operation != SendOperation.RDMA_WRITE) {
            receive(1, TARGET, 64);
        }
        begin();
        switch (operation) {
            case SEND -> qp.send(2, SIGNALED);
            case SEND_WITH_IMM -> qp.sendWithImm(2, IMMEDIATE, SIGNALED);
            case RDMA_WRITE -> qp.write(2, remote(TARGET), b.region().rkey(), SIGNALED);
            default -> qp.writeWithImm(2, remote(TARGET), b.region().rkey(), IMMEDIATE, SIGNALED);
        }
        local(0, 64);
        end(1);
        a.awaitSend().expect(2, sends ? WcOpcode.SEND : WcOpcode.RDMA_WRITE);
        if (operation != SendOperation.RDMA_WRITE) {
            b.awaitReceive().expect(1, sends ? WcOpcode.RECV : WcOpcode.RECV_RDMA_WITH_IMM);
        }
        assertTrue(Waiting.until(TestProvider.deadline(),
            () -> b.buffer().get(ValueLayout.JAVA_BYTE, TARGET + 63) == a.buffer().get(ValueLayout.JAVA_BYTE, 63)));
        b.assertFilled(TARGET, 64, 11);
    }

    /** Payload and target in any order, registered or inline. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    @Covers("ibv_wr_set_ud_addr")
    void shouldSendDatagrams(final int way) {
        connect(of(QpType.UD), DATAGRAMS);
        final AddressHandle path = a.pathTo(this, b);
        a.fill(0, 64, 12);
        receive(1, 0, GRH + 64);
        begin();
        qp.sendWithImm(2, IMMEDIATE, SIGNALED);
        if (way % 2 == 0) {
            qp.target(path, peer.number(), Pair.QKEY);
        }
        if (way / 2 == 0) {
            local(0, 64);
        } else {
            qp.inline(a.buffer(), 0, 64);
        }
        if (way % 2 == 1) {
            qp.target(path, peer.number(), Pair.QKEY);
        }
        end(1);
        a.awaitSend().expect(2, WcOpcode.SEND);
        final Completion received = b.awaitReceive().expect(1, WcOpcode.RECV);
        assertEquals(GRH + 64, received.byteLength());
        assertEquals(IMMEDIATE, received.immediate());
        b.assertFilled(GRH, 64, 12);
    }

    @Test
    void shouldSendADatagramOfNothing() {
        connect(of(QpType.UD), DATAGRAMS);
        final AddressHandle path = a.pathTo(this, b);
        receive(1, 0, GRH);
        begin();
        qp.send(2, SIGNALED);
        qp.target(path, peer.number(), Pair.QKEY);
        end(1);
        a.awaitSend().expect(2, WcOpcode.SEND);
        assertEquals(GRH, b.awaitReceive().expect(1, WcOpcode.RECV).byteLength());
    }
}
