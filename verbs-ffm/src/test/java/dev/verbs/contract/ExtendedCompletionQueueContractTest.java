package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.CompletionChannel;
import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.ExtendedCompletionQueue;
import dev.verbs.ExtendedCqConfig;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QpType;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.ReceiveRequests;
import dev.verbs.SendFlags;
import dev.verbs.VerbsException;
import dev.verbs.WcField;
import dev.verbs.WcFlags;
import dev.verbs.WcOpcode;
import dev.verbs.WcStatus;
import dev.verbs.WorkCompletions;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.Waiting;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Extended completion queues: the iterator, its readers, what was not asked for, and calls in the wrong order. */
class ExtendedCompletionQueueContractTest extends ExtendedCqTest {
    private static final int MISUSED = CompletionQueue.MISUSED;

    private void sendWithImmediate(final int immediate) {
        side.receives().clear().receive(7, side.at(8192), 512, side.region().lkey());
        assertEquals(1, second.postReceive(side.receives()));
        side.sends().clear().sendWithImm(8, side.at(0), 300, side.region().lkey(), immediate, 0);
        assertEquals(1, first.postSend(side.sends()));
    }

    /** Takes so many completions, in batches of whatever is there. */
    private static List<Long> takeAll(final ExtendedCompletionQueue cq, final int count) {
        final List<Long> ids = new ArrayList<>();
        Waiting.until(TestProvider.deadline(), () -> {
            int found = cq.startPoll();
            final boolean batch = found == COMPLETION;
            while (found == COMPLETION) {
                assertEquals(WcStatus.SUCCESS, cq.status());
                ids.add(cq.wrId());
                found = cq.nextPoll();
            }
            assertEquals(NONE, found);
            if (batch) {
                assertEquals(0, cq.endPoll());
            }
            return ids.size() >= count;
        });
        return ids;
    }

    @Test
    @Covers("ibv_create_cq_ex")
    void shouldGiveEachFieldAlone() {
        final Context context = openContext();
        open(context, ExtendedCqConfig.of(8).withFields(Set.of()));
        for (final WcField field : WcField.STANDARD) {
            final ExtendedCompletionQueue cq = open(context, ExtendedCqConfig.of(8).withFields(Set.of(field)));
            assertEquals(Set.of(field), cq.fields());
        }
    }

    @Test
    void shouldGiveOtherFieldsOrSayThatItCannot() {
        final Context context = openContext();
        open(context, ExtendedCqConfig.of(8));
        for (final WcField field : EnumSet.complementOf(EnumSet.copyOf(WcField.STANDARD))) {
            try (ExtendedCompletionQueue cq = context.createExtendedCompletionQueue(ExtendedCqConfig.of(8).withFields(Set.of(field)))) {
                assertEquals(Set.of(field), cq.fields());
            } catch (final VerbsException e) {
                assertEquals("EOPNOTSUPP", Errno.name(e.errno()), e.getMessage());
                assertTrue(e.getMessage().contains(field.name()), e.getMessage());
            }
        }
    }

    @Test
    void shouldTakeThePromiseOfOneThreadOrSayThatItCannot() {
        final Context context = openContext();
        open(context, ExtendedCqConfig.of(8).withSingleThreaded());
    }

    @Test
    void shouldTakeThePromiseNotToOverrunOrSayThatItCannot() {
        final Context context = openContext();
        open(context, ExtendedCqConfig.of(8).withIgnoreOverrun());
    }

    @Test
    @Covers("ibv_create_cq_ex")
    void shouldHoldAtLeastWhatWasAskedFor() {
        final Context context = openContext();
        for (final int entries : new int[] {1, 2, 100, 1023}) {
            assertTrue(open(context, ExtendedCqConfig.of(entries)).capacity() >= entries);
        }
    }

    @Test
    void shouldRefuseSizesThatTheDeviceDoesNotHave() {
        final Context context = openContext();
        open(context, ExtendedCqConfig.of(8));
        final int most = context.queryDevice().maxCqe();
        Refusal.of(Errno.EINVAL, () -> context.createExtendedCompletionQueue(ExtendedCqConfig.of(most + 1)), Integer.toString(most));
        assertThrows(IllegalArgumentException.class, () -> ExtendedCqConfig.of(0));
    }

    @Test
    void shouldRefuseVectorsThatTheDeviceDoesNotHave() {
        final Context context = openContext();
        open(context, ExtendedCqConfig.of(8));
        final int vectors = context.completionVectors();
        open(context, ExtendedCqConfig.of(8).withVector(vectors - 1));
        Refusal.of(Errno.EINVAL, () -> context.createExtendedCompletionQueue(ExtendedCqConfig.of(8).withVector(vectors)),
            "vector " + vectors);
        assertThrows(IllegalArgumentException.class, () -> ExtendedCqConfig.of(8).withVector(-1));
    }

    @Test
    void shouldRefuseTheChannelOfAnotherContext() {
        final Context context = openContext();
        final CompletionChannel foreign = own(openContext().createCompletionChannel());
        Refusal.of(Errno.EINVAL, () -> context.createExtendedCompletionQueue(ExtendedCqConfig.of(8).withChannel(foreign)), "channel");
    }

    @Test
    @Covers("ibv_start_poll")
    void shouldFindNothingInAnEmptyQueue() {
        final ExtendedCompletionQueue cq = open(openContext(), ExtendedCqConfig.of(8));
        assertEquals(NONE, cq.startPoll());
        assertEquals(NONE, cq.startPoll(), "there is no batch to end");
        assertEquals(MISUSED, cq.endPoll());
    }

    @Test
    @Covers({"ibv_start_poll", "ibv_wc_read_opcode", "ibv_wc_read_qp_num"})
    void shouldReadOneCompletion() {
        final ExtendedCompletionQueue cq = connect();
        write(5, 1);
        awaitStart(cq);
        assertEquals(5, cq.wrId());
        assertTrue(cq.isSuccess());
        assertEquals(WcStatus.SUCCESS.code(), cq.statusCode());
        assertEquals(WcOpcode.RDMA_WRITE, cq.opcode());
        assertEquals(first.number(), cq.qpNumber());
        assertEquals(0, cq.vendorError());
        assertEquals(0, cq.endPoll());
    }

    @Test
    @Covers("ibv_end_poll")
    void shouldTakeWhatWasReadFromTheQueue() {
        final ExtendedCompletionQueue cq = connect();
        write(5, 1);
        assertEquals(List.of(5L), takeAll(cq, 1));
        assertEquals(NONE, cq.startPoll());
    }

    @Test
    @Covers("ibv_start_poll")
    void shouldIterateInTheOrderOfPosting() {
        final ExtendedCompletionQueue cq = connect();
        final List<Long> expected = new ArrayList<>();
        for (int round = 0; round < 16; round++) { // round the ring
            write(round * 16, 16);
            for (long i = 0; i < 16; i++) {
                expected.add(round * 16 + i);
            }
            assertEquals(expected.subList(round * 16, round * 16 + 16), takeAll(cq, 16));
        }
    }

    @Test
    @Covers("ibv_end_poll")
    void shouldLeaveWhatTheBatchDidNotComeTo() {
        final ExtendedCompletionQueue cq = connect();
        write(0, 4);
        final List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) { // batches of one: end_poll takes the current one, and no more
            awaitStart(cq);
            ids.add(cq.wrId());
            assertEquals(0, cq.endPoll());
        }
        assertEquals(List.of(0L, 1L, 2L, 3L), ids);
        assertEquals(NONE, cq.startPoll());
    }

    @Test
    void shouldSeeWhatArrivesWithinTheBatch() {
        final ExtendedCompletionQueue cq = connect();
        write(1, 1);
        awaitStart(cq);
        assertEquals(NONE, cq.nextPoll());
        write(2, 1);
        assertTrue(Waiting.until(TestProvider.deadline(), () -> cq.nextPoll() == COMPLETION), "the second one never came");
        assertEquals(2, cq.wrId());
        assertEquals(0, cq.endPoll());
        assertEquals(NONE, cq.startPoll());
    }

    @Test
    void shouldEndABatchThatCameToItsEnd() {
        final ExtendedCompletionQueue cq = connect();
        write(1, 1);
        awaitStart(cq);
        assertEquals(NONE, cq.nextPoll());
        assertEquals(0, cq.endPoll());
        write(2, 1); // rdma-core 44's own end_poll would skip this one
        assertEquals(List.of(2L), takeAll(cq, 1));
    }

    @Test
    @Covers({"ibv_wc_read_byte_len", "ibv_wc_read_imm_data", "ibv_wc_read_opcode", "ibv_wc_read_qp_num", "ibv_wc_read_wc_flags"})
    void shouldReadLengthImmediateAndFlagsOfAReceive() {
        final ExtendedCompletionQueue cq = connect();
        sendWithImmediate(0x01020304);
        awaitStart(cq);
        assertEquals(7, cq.wrId());
        assertEquals(WcOpcode.RECV, cq.opcode());
        assertEquals(300, cq.byteLength());
        assertEquals(WcFlags.WITH_IMM, cq.flags() & WcFlags.WITH_IMM);
        assertEquals(0x01020304, cq.immediate());
        assertEquals(second.number(), cq.qpNumber());
        cq.endPoll();
    }

    @Test
    @Covers({"ibv_wc_read_src_qp", "ibv_wc_read_wc_flags"})
    void shouldSayWhoSentADatagram() {
        side = unconnectedPair(PairConfig.DEFAULT).a();
        final ExtendedCompletionQueue cq = open(side.context(), ExtendedCqConfig.of(31));
        final QueuePair sender = datagrams(own(side.context().createCompletionQueue(4)));
        final QueuePair receiver = datagrams(cq);
        Pair.connect(sender, side.port(), receiver, side.port(), PairConfig.DEFAULT.withType(QpType.UD));
        side.receives().clear().receive(7, side.at(8192), 512, side.region().lkey());
        assertEquals(1, receiver.postReceive(side.receives()));
        side.sends().clear().sendTo(8, side.at(0), 64, side.region().lkey(), side.pathTo(this, side), receiver.number(), Pair.QKEY, 0);
        assertEquals(1, sender.postSend(side.sends()));
        awaitStart(cq);
        assertEquals(7, cq.wrId());
        assertEquals(sender.number(), cq.sourceQp());
        assertEquals(receiver.number(), cq.qpNumber());
        assertEquals(WcFlags.GRH, cq.flags() & WcFlags.GRH);
        cq.endPoll();
    }

    private QueuePair datagrams(final CompletionQueue cq) {
        return own(side.domain().createQueuePair(new QueuePairConfig(QpType.UD, cq, cq, 4, 4, 1, 1, 0, false)));
    }

    @Test
    void shouldReadNoLidsOnEthernet() {
        final ExtendedCompletionQueue cq = connect();
        sendWithImmediate(1);
        awaitStart(cq);
        assertEquals(0, cq.slid());
        assertEquals(0, cq.serviceLevel());
        assertEquals(0, cq.dlidPathBits());
        cq.endPoll();
    }

    @Test
    @Covers("ibv_wc_read_invalidated_rkey")
    void shouldReadAnInvalidatedKeyFromTheWordOfTheImmediate() {
        final ExtendedCompletionQueue cq = connect();
        sendWithImmediate(0x01020304);
        awaitStart(cq);
        assertEquals(Integer.reverseBytes(0x01020304), cq.invalidatedRkey(), "one word: network order for one, host order for the other");
        cq.endPoll();
    }

    @Test
    void shouldStampTheTimeOfCompletion() {
        final ExtendedCompletionQueue cq = connect(ExtendedCqConfig.of(31).withFields(Set.of(WcField.TIMESTAMP)));
        write(0, 2);
        awaitStart(cq);
        final long earlier = cq.timestamp();
        cq.endPoll();
        awaitStart(cq);
        assertTrue(cq.timestamp() - earlier >= 0, cq.timestamp() + " is before " + earlier);
        cq.endPoll();
    }

    @Test
    void shouldStampTheWallTimeOfCompletion() {
        final ExtendedCompletionQueue cq = connect(ExtendedCqConfig.of(31).withFields(Set.of(WcField.WALLCLOCK)));
        final long before = System.currentTimeMillis();
        write(0, 1);
        awaitStart(cq);
        final long stamped = cq.wallclockNs() / 1_000_000;
        cq.endPoll();
        assertTrue(stamped >= before - 1000 && stamped <= System.currentTimeMillis() + 1000, stamped + " is not about " + before);
    }

    @Test
    void shouldReportErrorsWithTheirOwner() {
        final ExtendedCompletionQueue cq = connect();
        side.sends().clear().write(9, side.at(0), 64, side.region().lkey(), side.at(0), ~side.region().rkey(), SendFlags.SIGNALED);
        assertEquals(1, first.postSend(side.sends()));
        awaitStart(cq);
        assertEquals(9, cq.wrId());
        assertEquals(WcStatus.REM_ACCESS_ERR, cq.status());
        assertFalse(cq.isSuccess());
        assertEquals(first.number(), cq.qpNumber());
        cq.endPoll();
    }

    @Test
    void shouldCreditCompletionsToTheirQueuePairs() {
        final ExtendedCompletionQueue cq = connect();
        write(0, 8);
        sendWithImmediate(1);
        assertTrue(first.inFlight() > 0);
        assertEquals(1, second.inFlight());
        takeAll(cq, 9);
        assertEquals(1, first.inFlight(), "the send was not signalled");
        assertEquals(0, second.inFlight());
    }

    @Test
    void shouldCreditCompletionsAlsoIfNobodyAskedForTheQueuePair() {
        final ExtendedCompletionQueue cq = connect(ExtendedCqConfig.of(31).withFields(Set.of()));
        write(0, 3);
        assertEquals(List.of(0L, 1L, 2L), takeAll(cq, 3));
        assertEquals(0, first.inFlight());
    }

    @Test
    void shouldBePolledIntoAnArrayOutsideOfABatch() {
        final ExtendedCompletionQueue cq = connect();
        write(0, 2);
        awaitStart(cq);
        assertEquals(0, cq.wrId());
        cq.endPoll();
        final WorkCompletions completions = WorkCompletions.allocate(Arena.ofAuto(), 4);
        assertEquals(1, cq.poll(completions, TestProvider.deadline()));
        assertEquals(1, completions.wrId(0));
        assertEquals(0, first.inFlight());
    }

    @Test
    void shouldRefuseToBePolledIntoAnArrayWithinABatch() {
        final ExtendedCompletionQueue cq = connect();
        write(0, 2);
        awaitStart(cq);
        final WorkCompletions completions = WorkCompletions.allocate(Arena.ofAuto(), 4);
        assertEquals(MISUSED, cq.poll(completions));
        assertEquals(0, completions.size());
        completions.size(1);
        assertEquals(MISUSED, cq.poll(completions, 2));
        assertEquals(0, completions.size());
        assertEquals(0, cq.wrId(), "the batch goes on");
        cq.endPoll();
        assertEquals(List.of(1L), takeAll(cq, 1));
    }

    @Test
    void shouldRefuseToBeginABatchTwice() {
        final ExtendedCompletionQueue cq = connect();
        write(3, 1);
        awaitStart(cq);
        assertEquals(MISUSED, cq.startPoll()); // the library would wait for its own lock, for ever
        assertEquals(3, cq.wrId());
        assertEquals(0, cq.endPoll());
    }

    @Test
    void shouldRefuseToGoOnOrEndWithoutABatch() {
        final ExtendedCompletionQueue cq = connect();
        assertEquals(MISUSED, cq.nextPoll());
        assertEquals(MISUSED, cq.endPoll());
        write(3, 2);
        awaitStart(cq);
        assertEquals(0, cq.endPoll());
        assertEquals(MISUSED, cq.endPoll());
        assertEquals(MISUSED, cq.nextPoll());
        assertEquals(List.of(4L), takeAll(cq, 1), "misuse took a completion");
    }

    @Test
    void shouldRefuseReadersWithoutACompletion() {
        final ExtendedCompletionQueue cq = connect();
        final List<Executable> readers = List.of(cq::wrId, cq::status, cq::opcode, cq::vendorError, cq::flags, cq::byteLength,
            cq::immediate, cq::invalidatedRkey, cq::qpNumber, cq::sourceQp, cq::slid, cq::serviceLevel, cq::dlidPathBits);
        readers.forEach(reader -> Refusal.of(Errno.EINVAL, reader, "startPoll"));
        write(3, 1);
        awaitStart(cq);
        assertEquals(NONE, cq.nextPoll());
        readers.forEach(reader -> Refusal.of(Errno.EINVAL, reader, "end it"));
        cq.endPoll();
    }

    @Test
    void shouldRefuseFieldsThatWereNotAskedFor() {
        final ExtendedCompletionQueue cq = connect(ExtendedCqConfig.of(31).withFields(Set.of()));
        write(3, 1);
        awaitStart(cq);
        Refusal.of(Errno.EOPNOTSUPP, cq::byteLength, "BYTE_LENGTH", "withFields");
        Refusal.of(Errno.EOPNOTSUPP, cq::immediate, "IMMEDIATE");
        Refusal.of(Errno.EOPNOTSUPP, cq::invalidatedRkey, "IMMEDIATE");
        Refusal.of(Errno.EOPNOTSUPP, cq::qpNumber, "QP_NUMBER");
        Refusal.of(Errno.EOPNOTSUPP, cq::sourceQp, "SOURCE_QP");
        Refusal.of(Errno.EOPNOTSUPP, cq::slid, "SLID");
        Refusal.of(Errno.EOPNOTSUPP, cq::serviceLevel, "SERVICE_LEVEL");
        Refusal.of(Errno.EOPNOTSUPP, cq::dlidPathBits, "DLID_PATH_BITS");
        Refusal.of(Errno.EOPNOTSUPP, cq::timestamp, "TIMESTAMP");
        Refusal.of(Errno.EOPNOTSUPP, cq::wallclockNs, "WALLCLOCK");
        Refusal.of(Errno.EOPNOTSUPP, cq::cvlan, "CVLAN");
        Refusal.of(Errno.EOPNOTSUPP, cq::flowTag, "FLOW_TAG");
        Refusal.of(Errno.EOPNOTSUPP, cq::matchedTag, "TAG_MATCHING");
        Refusal.of(Errno.EOPNOTSUPP, cq::matchedPrivate, "TAG_MATCHING");
        assertEquals(WcOpcode.RDMA_WRITE, cq.opcode());
        assertEquals(3, cq.wrId());
        cq.endPoll();
    }

    @Test
    void shouldRefuseToCloseAndToResizeWithinABatch() {
        final ExtendedCompletionQueue cq = connect();
        write(3, 1);
        awaitStart(cq);
        Waiting.start("closer", () -> closeQueuePairs()).get();
        Refusal.of(Errno.EBUSY, cq::close, "endPoll");
        Refusal.of(Errno.EBUSY, () -> cq.resize(15), "endPoll");
        assertTrue(cq.isOpen());
        cq.endPoll();
        cq.close();
    }

    @Test
    void shouldReturnClosedAfterClose() {
        final ExtendedCompletionQueue cq = open(openContext(), ExtendedCqConfig.of(8));
        cq.close();
        assertEquals(CompletionQueue.CLOSED, cq.startPoll());
        assertEquals(CompletionQueue.CLOSED, cq.nextPoll());
        assertEquals(CompletionQueue.CLOSED, cq.endPoll());
    }

    @Test
    void shouldAnnounceOnItsChannel() {
        final Context context = openContext();
        final CompletionChannel channel = own(context.createCompletionChannel());
        final ExtendedCompletionQueue cq = open(context, ExtendedCqConfig.of(31).withChannel(channel));
        assume(context.device().guarantees().connectsByModify(), context, "connecting by modify");
        final QueuePair qp = own(own(context.allocateProtectionDomain()).createQueuePair(QueuePairConfig.rc(cq, 4, 4)));
        cq.requestNotification(false);
        assertEquals(null, channel.await(Duration.ZERO));
        flushOneReceive(context, qp);
        assertSame(cq, channel.await(TestProvider.deadline()));
        awaitStart(cq);
        assertEquals(WcStatus.WR_FLUSH_ERR, cq.status());
        assertEquals(11, cq.wrId());
        cq.endPoll();
    }

    private void flushOneReceive(final Context context, final QueuePair qp) {
        qp.modify(new QpAttributes().state(QpState.INIT).port(choosePort(context).port()).pkeyIndex(0).accessFlags(0));
        final ReceiveRequests receives = ReceiveRequests.allocate(Arena.ofAuto(), 1, 1);
        receives.add(11);
        assertEquals(1, qp.postReceive(receives));
        qp.modify(PairConfig.toError());
    }

    @Test
    @Covers("ibv_resize_cq")
    void shouldKeepItsFieldsWhenResized() {
        final ExtendedCompletionQueue cq = connect();
        write(0, 8);
        Waiting.until(TestProvider.pause(), () -> false); // lets them complete; late is right too
        cq.resize(255);
        assertTrue(cq.capacity() >= 255, "capacity " + cq.capacity());
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L), takeAll(cq, 8));
        sendWithImmediate(77);
        awaitStart(cq);
        assertEquals(77, cq.immediate());
        cq.endPoll();
    }
}
