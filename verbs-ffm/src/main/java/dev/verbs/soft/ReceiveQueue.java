package dev.verbs.soft;

import dev.verbs.AccessFlags;
import dev.verbs.Errno;
import dev.verbs.EventType;
import dev.verbs.GrhDescriptor;
import dev.verbs.QpState;
import dev.verbs.ReceiveRequests;
import dev.verbs.RecvWrDescriptor;
import dev.verbs.SendWrDescriptor;
import dev.verbs.WcFlags;
import dev.verbs.WcOpcode;
import dev.verbs.WcStatus;
import dev.verbs.WrOpcode;
import java.lang.foreign.MemorySegment;

/**
 * The responder: receives that wait, and what happens to requests that arrive. Everything under {@link #lock()}, by the
 * poster of receives or by the thread of the peer that executes a request.
 *
 * <p>The order of the checks is that of rdma_rxe: what the queue pair allows, receives, remote key, local keys of the receive.
 */
final class ReceiveQueue {
    private static final int SUCCESS = WcStatus.SUCCESS.code();
    private static final int FLUSHED = WcStatus.WR_FLUSH_ERR.code();
    private static final int ACCESS = WcStatus.REM_ACCESS_ERR.code();
    private static final int INVALID = WcStatus.REM_INV_REQ_ERR.code();
    private static final int CAS = WrOpcode.ATOMIC_CMP_AND_SWP.code();
    private static final int RECV = WcOpcode.RECV.code();
    private static final int RECV_RDMA_WITH_IMM = WcOpcode.RECV_RDMA_WITH_IMM.code();
    /** What an unreliable service does not tell its sender. */
    private static final int LOST = -3;
    private static final int WR_BYTES = (int)RecvWrDescriptor.SIZE;

    private final SoftQueuePair qp;
    private final SoftFabric fabric;
    private final RemoteMemory remoteMemory;
    private final MemoryReasons reasons;
    /** Null if there is none. */
    private final Trace trace;
    private final SpinLock lock = new SpinLock();
    /** Where receives come from, null if they are posted here. */
    private final SoftSharedReceiveQueue srq;
    /** With a shared queue: room for the receive that is being filled. */
    private final ReceiveRing ring;
    /** Position of the last receive that was completed. */
    private long consumed;
    /** Position up to which completions were polled; written by the poller of the receive CQ. */
    private final SharedCounter reclaimed = new SharedCounter();
    /** Position of the last receive before the last reset; written under the lock. */
    private volatile long born;
    /** First packet number of the next request. */
    private int psn;
    /** Whether QP_LAST_WQE_REACHED was raised in this life. */
    private boolean drained;
    /** A sender whose request waits for a receive. */
    private SoftQueuePair waiting;
    /** The sender whose address vector was compared last with this side's, and the versions of both settings then. */
    private SoftQueuePair faced;
    private int facedOwn;
    private int facedTheirs;
    private final boolean reliable;
    private final ErrorProfile errors;
    private final boolean iwarp;
    /** Of a message. */
    private final int headerFlag;
    /** IBV_WC_WITH_INV, or 0 where the device does not tell. */
    private final int invalidatedFlag;
    /** Of the datagram that is being received, else 0. */
    private int sourceQp;
    private int serviceLevel;

    ReceiveQueue(final SoftQueuePair qp, final SoftFabric fabric) {
        this.qp = qp;
        this.fabric = fabric;
        this.remoteMemory = new RemoteMemory(qp, fabric);
        this.reasons = new MemoryReasons(fabric);
        this.trace = qp.trace();
        this.reliable = qp.service().isReliable();
        this.iwarp = qp.host().behaviour().iwarp();
        this.headerFlag = iwarp ? 0 : WcFlags.GRH;
        this.errors = qp.host().behaviour().errors();
        this.invalidatedFlag = qp.host().behaviour().tellsInvalidated() ? WcFlags.WITH_INV : 0;
        this.srq = (SoftSharedReceiveQueue)qp.config().srq();
        this.ring = srq == null ? new ReceiveRing(qp.config().maxReceiveWr(), qp.config().maxReceiveSge())
            : new ReceiveRing(1, srq.config().maxSge());
    }

    SpinLock lock() {
        return lock;
    }

    int psn() {
        return psn;
    }

    void psn(final int first) {
        psn = first;
    }

    /** Like {@link SendQueue#retire}; a place in a shared queue is free either way. */
    boolean retire(final long position, final boolean last) {
        if (srq != null) {
            srq.reclaim();
        }
        if (position <= born) {
            if (srq != null) {
                qp.dropReceive();
            }
            return false;
        }
        if (last) {
            reclaimed.set(position);
        }
        return true;
    }

    int post(final ReceiveRequests requests) {
        if (srq != null || qp.current() == QpState.RESET && !iwarp) {
            ReceiveRing.refuse(requests, requests.headAddress(), Errno.EINVAL);
            trace(requests, Errno.EINVAL);
            return Errno.EINVAL;
        }
        final int errno = ring.post(requests, Math.max(reclaimed.get(), born));
        trace(requests, errno);
        if (qp.current() == QpState.ERR && !iwarp) {
            flush();
        }
        return errno;
    }

    private void trace(final ReceiveRequests requests, final int errno) {
        if (trace != null) {
            final String who = "QP" + qp.number();
            trace.postedReceives(qp.host().name(), who, requests.image(), requests.headAddress(), requests.bad());
            if (errno != 0) {
                trace.refused(qp.host().name(), who, "RECV", errno, objection(requests.image(), requests.bad(), errno));
            }
        }
    }

    /** Why a receive is refused now with an errno. */
    String objection(final MemorySegment list, final long address, final int errno) {
        return srq != null || qp.current() == QpState.RESET ? QpReasons.noReceives(qp)
            : ring.objection(list, address, Math.max(reclaimed.get(), born), errno);
    }

    /** The sender that waits for a receive, if there is one now; it is told once. */
    SoftQueuePair takeWaiting() {
        if (waiting == null || srq == null && ring.isEmpty()) {
            return null;
        }
        final SoftQueuePair sender = waiting;
        waiting = null;
        return sender;
    }

    /** Whether there is a receive: it is in the ring then. */
    private boolean hasReceive() {
        return !ring.isEmpty() || srq != null && srq.take(ring);
    }

    /**
     * Executes a request that arrived. The source (for a READ: the target, if its keys are good) is resolved.
     *
     * @return the sender's status, a code of {@link WcStatus}, or one of {@link Requester#NOT_READY}, {@link Requester#NO_ANSWER};
     *     what an unreliable connection loses is a success
     */
    int execute(final SoftQueuePair sender, final Request request, final long length, final Transfer transfer) {
        if (!isReadyFor(sender)) {
            return silent(sender, transfer);
        }
        final int kind = request.kind();
        final int needed = RemoteMemory.access(kind);
        if (needed != 0 && !qp.settings().allows(needed)) {
            return notAllowed(needed, transfer);
        }
        if (Operation.fetches(kind)) {
            return answer(sender, request, length, transfer);
        }
        final boolean consumes = Operation.consumes(kind);
        final int packets = sender.settings().packets(length);
        // a write of several packets looks for its receive at the last one, after the remote key of the first
        final boolean receiveFirst = consumes && (Operation.is(kind, Operation.SEND) || packets == 1);
        if (receiveFirst && !hasReceive()) {
            return notReady(sender, transfer);
        }
        if (needed != 0 && length > 0
            && !remoteMemory.resolve(kind, request.list(), request.at(), length, transfer.target())) {
            return badRemote(request, length, transfer, receiveFirst && reliable);
        }
        if (consumes && !receiveFirst && !hasReceive()) {
            return notReady(sender, transfer);
        }
        final int status = Operation.is(kind, Operation.SEND) ? fillReceive(length, transfer, false) : write(length, transfer);
        if (status != SUCCESS) {
            return untaken(status);
        }
        taken(sender, request, length, transfer, packets);
        return consumes ? completeReceive(request, length) : SUCCESS;
    }

    /** Reads and atomics. */
    private int answer(final SoftQueuePair sender, final Request request, final long length, final Transfer transfer) {
        if (qp.settings().maxDestReadAtomic() == 0) {
            return deny(EventType.QP_REQ_ERR, INVALID, transfer, "max_dest_rd_atomic of QP " + qp.number()
                + " is 0: it answers neither reads nor atomics");
        }
        final int kind = request.kind();
        if (length > 0 && !remoteMemory.resolve(kind, request.list(), request.at(), length, transfer.source())) {
            return badRemote(request, length, transfer, false);
        }
        final int status = Operation.is(kind, Operation.ATOMIC) ? doAtomic(request.list(), request.at(), transfer)
            : read(length, transfer);
        if (status != SUCCESS) {
            return untaken(status);
        }
        taken(sender, request, length, transfer, sender.settings().packets(length));
        return SUCCESS;
    }

    private void taken(final SoftQueuePair sender, final Request request, final long length, final Transfer transfer, final int packets) {
        traceMove(sender, request, length, transfer);
        qp.received();
        psn = sender.sendPsn() + packets & SoftQueuePair.PSN_MASK;
    }

    /** The sender's fault: the next message gets the receive. */
    private int untaken(final int status) {
        if (srq != null && !ring.isEmpty()) {
            srq.takeBack(ring);
        }
        return told(status);
    }

    private int notAllowed(final int needed, final Transfer transfer) {
        return told(deny(EventType.QP_ACCESS_ERR, errors.accessOfQp(), transfer, QpReasons.notAllowed(qp, needed)));
    }

    private int badRemote(final Request request, final long length, final Transfer transfer, final boolean failsReceive) {
        final String why = reasons.remote(qp, request.kind(), request.list(), request.at(), length);
        return failsReceive ? fail(ACCESS, ACCESS, transfer, why) : told(deny(EventType.QP_ACCESS_ERR, ACCESS, transfer, why));
    }

    /**
     * Takes in a datagram, behind its header; under this queue's lock.
     *
     * @return the sender's status: SUCCESS, also where it was lost, or an error of the sender's own memory
     */
    int datagram(final SoftQueuePair sender, final Request request, final long length, final Transfer transfer, final int qkey,
        final int level) {
        if (!qp.isReceiving() || qp.service() != TransportService.UD) {
            return lose(sender, Loss.NO_TARGET, trace == null ? null : QpReasons.noTaker(qp, qp.number()));
        }
        if (qp.settings().qkey() != qkey) {
            return lose(sender, Loss.WRONG_QKEY, trace == null ? null : "queue key " + MemoryReasons.hex(qkey) + " differs from "
                + MemoryReasons.hex(qp.settings().qkey()) + " of QP " + qp.number());
        }
        if (!hasReceive()) {
            return lose(sender, Loss.NO_RECEIVE, trace == null ? null : QpReasons.noReceive(qp));
        }
        sourceQp = sender.number();
        serviceLevel = level;
        final int status = fillReceive(length + GrhDescriptor.SIZE, transfer, true);
        if (status == SUCCESS) {
            traceMove(sender, request, length, transfer);
            completeReceive(request, length + GrhDescriptor.SIZE);
        }
        sourceQp = 0;
        serviceLevel = 0;
        return told(status);
    }

    /** What the sender hears. */
    private static int told(final int status) {
        return status == LOST ? SUCCESS : status;
    }

    private int lose(final SoftQueuePair sender, final Loss loss, final String why) {
        fabric.lose(loss);
        if (trace != null) {
            trace.lost(sender, loss, why);
        }
        return SUCCESS;
    }

    /** A message was moved; the receive that it fills is still there. */
    private void traceMove(final SoftQueuePair sender, final Request request, final long length, final Transfer transfer) {
        if (trace == null) {
            return;
        }
        if (!Operation.is(request.kind(), Operation.READ) || transfer.target().total() == length) { // else the requester's own keys are bad
            trace.moved(sender, qp, request.list(), request.at(), length, ring.memory(), ring.headOffset());
        }
    }

    /** An unreliable connection follows the sender's packet numbers: a message may have been lost. */
    private boolean isReadyFor(final SoftQueuePair sender) {
        return qp.isReceiving() && qp.settings().destination() == sender.number() && (!reliable || psn == sender.sendPsn())
            && isFaced(sender);
    }

    /** Address vectors change rarely: they are compared once. */
    private boolean isFaced(final SoftQueuePair sender) {
        final int own = qp.settings().version();
        final int theirs = sender.settings().version();
        if (faced != sender || facedOwn != own || facedTheirs != theirs) {
            if (!qp.settings().facesEachOther(sender.settings())) {
                return false;
            }
            faced = sender;
            facedOwn = own;
            facedTheirs = theirs;
        }
        return true;
    }

    /** It is not ready, or not connected to this sender. iWARP: the connection has ended here, and the sender has not heard of it. */
    private int silent(final SoftQueuePair sender, final Transfer transfer) {
        if (!iwarp) {
            return reliable ? Requester.NO_ANSWER : lose(sender, Loss.NO_TARGET, trace == null ? null : QpReasons.silence(sender, qp));
        }
        transfer.failsFor(fabric.journal().refuse(QpReasons.silence(sender, qp)));
        return Requester.NO_ANSWER;
    }

    private int notReady(final SoftQueuePair sender, final Transfer transfer) {
        if (iwarp) { // there is no "receiver not ready"
            return fail(errors.receiveKeySent(), transfer, fabric.journal().refuse(QpReasons.noReceive(qp)));
        }
        if (!reliable) {
            return lose(sender, Loss.NO_RECEIVE, trace == null ? null : QpReasons.noReceive(qp));
        }
        waiting = sender;
        return Requester.NOT_READY;
    }

    /** What 8 bytes were before goes back to the requester, if its own keys are good; the change stays in any case. */
    private int doAtomic(final MemorySegment list, final long at, final Transfer transfer) {
        final ChunkList place = transfer.source();
        if ((place.segment(0).address() + place.offset(0) & Long.BYTES - 1) != 0) {
            return deny(EventType.QP_REQ_ERR, INVALID, transfer, "the 8 bytes of the atomic are not aligned in the responder's memory");
        }
        final boolean swaps = SendWrDescriptor.opcode(list, at) == CAS;
        if (!transfer.tryAtomic(swaps, SendWrDescriptor.compareAdd(list, at), SendWrDescriptor.swap(list, at))) {
            return deny(EventType.QP_ACCESS_ERR, ACCESS, transfer, unreachable("the responder's"));
        }
        return transfer.target().total() != Long.BYTES || transfer.tryCopy() ? SUCCESS : unreachableRequester(transfer);
    }

    private int write(final long length, final Transfer transfer) {
        return length == 0 || transfer.tryPlace() ? SUCCESS : unreachable(transfer, transfer.source());
    }

    private int read(final long length, final Transfer transfer) {
        // where the requester's own keys are bad, it finds that when the response arrives
        return length == 0 || transfer.target().total() != length || transfer.tryCopy() ? SUCCESS
            : unreachable(transfer, transfer.target());
    }

    /** A message could not be copied: because of the requester's memory, or of the responder's. */
    private int unreachable(final Transfer transfer, final ChunkList ofRequester) {
        return ofRequester.isAccessible() ? deny(EventType.QP_ACCESS_ERR, ACCESS, transfer, unreachable("the responder's"))
            : unreachableRequester(transfer);
    }

    private int fillReceive(final long length, final Transfer transfer, final boolean headed) {
        if (length == 0) {
            return SUCCESS;
        }
        final MemorySegment memory = ring.memory();
        final long slot = ring.headOffset();
        final int entries = RecvWrDescriptor.numSge(memory, slot);
        final long room = ChunkList.sum(memory, slot + WR_BYTES, entries);
        if (room < length) {
            return fail(errors.shortReceive(), errors.shortReceiveSent(), transfer, "the message of " + length
                + " bytes" + (headed ? " (the " + GrhDescriptor.SIZE + " of its header included)" : "")
                + " is longer than the receive of " + room + " that it met on QP " + qp.number());
        }
        final ChunkList target = transfer.target();
        if (target.resolve(fabric, qp.domain(), AccessFlags.LOCAL_WRITE, memory, slot + WR_BYTES, entries, length)
            != ChunkList.RESOLVED) {
            return fail(errors.receiveKey(), errors.receiveKeySent(), transfer, "the receive that the message met on QP " + qp.number()
                + ": " + reasons.entries(qp.domain(), AccessFlags.LOCAL_WRITE, memory, slot + WR_BYTES, entries, length));
        }
        if (headed ? transfer.tryCopyBehindHeader() : transfer.tryCopy()) {
            return SUCCESS;
        }
        return transfer.source().isAccessible()
            ? fail(errors.receiveKey(), errors.receiveKeySent(), transfer, unreachable("the receiver's"))
            : unreachableRequester(transfer);
    }

    /** Which thread it was is left to the log: reasons do not depend on it. */
    private static String unreachable(final String whose) {
        return whose + " registered memory cannot be reached from the thread that posted or polled: its arena is confined to another "
            + "thread, or closed";
    }

    private int unreachableRequester(final Transfer transfer) {
        transfer.failsFor(fabric.journal().refuse(unreachable("the requester's")));
        return WcStatus.LOC_PROT_ERR.code();
    }

    private int completeReceive(final Request request, final long length) {
        final int kind = request.kind();
        final MemorySegment list = request.list();
        final long at = request.at();
        final int key = SendWrDescriptor.invalidateRkey(list, at);
        final boolean invalidates = Operation.is(kind, Operation.INVALIDATE);
        if (invalidates && !remoteMemory.invalidate(key)) {
            fail(INVALID, SUCCESS, null, reasons.invalidate(qp, key)); // the message has arrived, but the responder dies of it
            return SUCCESS;
        }
        final boolean withImmediate = Operation.is(kind, Operation.IMMEDIATE);
        final int opcode = Operation.is(kind, Operation.WRITE) ? RECV_RDMA_WITH_IMM : RECV;
        final int flags = headerFlag | (withImmediate ? WcFlags.WITH_IMM : invalidates ? invalidatedFlag : 0);
        // the immediate is stored in network order, the key at the same place in host order
        final int data = withImmediate ? SendWrDescriptor.immediate(list, at) : invalidates ? Integer.reverseBytes(key) : 0;
        final boolean solicited = request.isSolicited();
        complete(SUCCESS, 0, opcode, length, flags, data, solicited);
        return SUCCESS;
    }

    /** Completes the oldest receive with a status, and takes the queue pair to ERR. A transfer: whose sender is told why. */
    private int fail(final int status, final int senderStatus, final Transfer transfer, final String why) {
        final int reason = fabric.journal().refuse(why);
        complete(status, reason, 0, 0, 0, 0, true);
        return fail(senderStatus, transfer, reason);
    }

    /** Refuses a request that consumed no receive: an event tells this side, a status the sender. Unreliable: it is lost. */
    private int deny(final EventType event, final int senderStatus, final Transfer transfer, final String why) {
        if (!reliable) {
            if (srq != null && !ring.isEmpty()) {
                srq.takeBack(ring);
            }
            lose(transfer.owner(), Loss.ACCESS, why);
            return LOST;
        }
        qp.raise(event);
        return fail(senderStatus, transfer, fabric.journal().refuse(why));
    }

    private int fail(final int senderStatus, final Transfer transfer, final int reason) {
        if (reliable && transfer != null) {
            transfer.failsFor(reason);
        }
        qp.failed(reason);
        flush();
        fabric.deferError(qp);
        return reliable ? senderStatus : LOST;
    }

    /** Completes every receive as flushed. */
    void flush() {
        while (!ring.isEmpty()) {
            complete(FLUSHED, qp.cause(), 0, 0, 0, 0, true);
        }
        if (srq != null && !drained && qp.current() == QpState.ERR) {
            drained = true;
            qp.raise(EventType.QP_LAST_WQE_REACHED); // no flushed receive can tell
        }
    }

    private void complete(final int status, final int reason, final int opcode, final long length, final int flags,
        final int immediate, final boolean solicited) {
        final long wrId = RecvWrDescriptor.wrId(ring.memory(), ring.headOffset());
        ring.remove();
        consumed++;
        if (!qp.receiveQueueCq().push(qp, consumed << 1 | 1, wrId, status, reason, opcode, length, flags, immediate, solicited,
            sourceQp, serviceLevel)) {
            if (srq != null) {
                srq.reclaim();
                qp.dropReceive();
            }
            qp.lostCompletion();
        }
    }

    /** Forgets everything, without completions. */
    void reset() {
        ring.clear();
        consumed = srq == null ? ring.posted() : consumed;
        born = consumed;
        drained = false;
        waiting = null;
        faced = null;
        psn = 0;
    }
}
