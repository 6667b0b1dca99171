package dev.verbs.soft;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.verbs.AccessFlags;
import dev.verbs.Errno;
import dev.verbs.EventType;
import dev.verbs.QpState;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.SendWrDescriptor;
import dev.verbs.SgeDescriptor;
import dev.verbs.WcFlags;
import dev.verbs.WcStatus;
import dev.verbs.WorkRequests;
import dev.verbs.WrOpcode;
import java.lang.foreign.MemorySegment;

/**
 * The requester of every transport service: checks what is posted as rdma-core's rxe provider does, executes it at once in the
 * posting thread, and keeps what has to wait (no receive at the peer, no answer, a drained queue) in a ring. Everything under
 * {@link #lock()}.
 */
final class SendQueue {
    /** The peer has no receive posted. */
    static final int NOT_READY = -1;
    /** The peer does not exist, is not connected to this side, or is not ready to receive. */
    static final int NO_ANSWER = -2;

    private static final int RUNNING = 0;
    private static final int RNR_FOR_EVER = 7;
    private static final int SUCCESS = WcStatus.SUCCESS.code();
    private static final int FLUSHED = WcStatus.WR_FLUSH_ERR.code();
    private static final int PROTECTION = WcStatus.LOC_PROT_ERR.code();
    private static final int MALFORMED = WcStatus.LOC_QP_OP_ERR.code();
    private static final int WR_BYTES = (int)SendWrDescriptor.SIZE;
    private static final int CAS = WrOpcode.ATOMIC_CMP_AND_SWP.code();
    private static final int ADD = WrOpcode.ATOMIC_FETCH_AND_ADD.code();
    private static final int BIND = WrOpcode.BIND_MW.code();

    private final SoftQueuePair qp;
    private final SoftFabric fabric;
    private final SpinLock lock = new SpinLock();
    private final LocalOperations local;
    private final Transfer transfer = new Transfer(SoftDevice.MAX_SGE);
    private final TransportService service;
    /** Null but for datagrams. */
    private final DatagramSender datagrams;
    private final RequestRing ring;
    private final int maxSge;
    private final int maxInline;
    private final int capacity;
    private final boolean signalAll;
    /** Requests accepted, and requests executed. */
    private long posted;
    private long executed;
    /** Position up to which completions were polled; written by the poller of the send CQ. */
    private volatile long reclaimed;
    /** Requests accepted before the last reset; written under the lock. */
    private volatile long born;
    private int psn;
    /** The peer as it was last found. */
    private SoftQueuePair peer;
    /** Why the oldest request waits: RUNNING, NOT_READY or NO_ANSWER. */
    private int waiting = RUNNING;
    private long wakeAt;
    private boolean wakesByTime;
    private int rnrLeft;
    private int retriesLeft;
    /** Whether SQ_DRAINED is to be raised when nothing is under way any more. */
    private boolean notifiesDrained;

    SendQueue(final SoftQueuePair qp, final SoftFabric fabric) {
        this.qp = qp;
        this.fabric = fabric;
        this.local = new LocalOperations(qp, fabric);
        this.service = qp.service();
        this.datagrams = service == TransportService.UD ? new DatagramSender(qp, fabric, transfer) : null;
        this.maxSge = qp.config().maxSendSge();
        this.maxInline = qp.config().maxInlineData();
        this.capacity = qp.config().maxSendWr();
        this.signalAll = qp.config().signalAll();
        this.ring = new RequestRing(capacity, WR_BYTES + maxSge * SgeDescriptor.SIZE + maxInline);
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

    /** Gives the places up to a position back; false if the completion is of an earlier life, before a reset. */
    boolean retire(final long position) {
        if (position <= born) {
            return false;
        }
        reclaimed = position;
        return true;
    }

    /** Why memory could not be reached since the last call, null if it could. */
    String takeRefusal() {
        return transfer.takeRefusal();
    }

    void forget() {
        transfer.forget();
    }

    /** Whether {@code bytes} at an address lie in the list's own memory, aligned as the structures are. */
    static boolean isInside(final MemorySegment list, final long address, final long bytes) {
        final long distance = address - list.address();
        return distance >= 0 && distance <= list.byteSize() - bytes && (address & Long.BYTES - 1) == 0;
    }

    static void bad(final WorkRequests requests, final long address) {
        requests.segment().set(JAVA_LONG, requests.badAddress() - requests.segment().address(), address);
    }

    int post(final SendRequests requests) {
        if (!qp.takesSends()) {
            bad(requests, requests.headAddress());
            return Errno.EINVAL;
        }
        final MemorySegment list = requests.segment();
        final long base = list.address();
        long address = requests.headAddress();
        while (address != 0) {
            final long at = address - base;
            final long next = SendWrDescriptor.next(list, at);
            int errno = next != 0 && !isInside(list, next, WR_BYTES) ? Errno.EFAULT : check(list, at);
            if (errno == 0 && posted - Math.max(reclaimed, born) >= capacity) {
                errno = Errno.ENOMEM;
            }
            if (errno != 0) {
                bad(requests, address);
                return errno;
            }
            posted++;
            accept(list, at);
            address = next;
        }
        return 0;
    }

    /** Posts the requests of a list of the device's own, or none if one of them is refused. */
    int postWhole(final SendRequests requests) {
        if (!qp.takesSends()) {
            return Errno.EINVAL;
        }
        final int count = requests.size();
        if (posted - Math.max(reclaimed, born) + count > capacity) {
            return Errno.ENOMEM;
        }
        final MemorySegment list = requests.segment();
        for (int i = 0; i < count; i++) {
            final int errno = check(list, requests.offset(i));
            if (errno != 0) {
                return errno;
            }
        }
        for (int i = 0; i < count; i++) {
            posted++;
            accept(list, requests.offset(i));
        }
        return 0;
    }

    /** The checks of rdma-core's rxe provider, and that every address can be resolved. */
    private int check(final MemorySegment list, final long at) {
        final int entries = SendWrDescriptor.numSge(list, at);
        if (entries < 0 || entries > maxSge) {
            return Errno.EINVAL;
        }
        final long sges = SendWrDescriptor.sgList(list, at);
        if (entries > 0 && !isInside(list, sges, entries * SgeDescriptor.SIZE)) {
            return Errno.EFAULT;
        }
        final int opcode = SendWrDescriptor.opcode(list, at);
        if (opcode == CAS || opcode == ADD) {
            return ChunkList.sum(list, sges - list.address(), entries) < Long.BYTES
                || (SendWrDescriptor.remoteAddress(list, at) & Long.BYTES - 1) != 0 ? Errno.EINVAL : 0;
        }
        if (opcode == BIND) {
            return local.isBind(list, at) ? 0 : Errno.EINVAL;
        }
        if ((SendWrDescriptor.sendFlags(list, at) & SendFlags.INLINE) != 0) {
            if (ChunkList.sum(list, sges - list.address(), entries) > maxInline) {
                return Errno.EINVAL;
            }
            return transfer.source().resolveInline(fabric, list, sges - list.address(), entries) ? 0 : Errno.EFAULT;
        }
        return 0;
    }

    private void accept(final MemorySegment list, final long at) {
        if (!ring.isEmpty() || qp.isDraining()) {
            keep(list, at);
            return;
        }
        final int outcome = execute(list, at);
        if (outcome >= 0) {
            finish(list, at, outcome);
            return;
        }
        rnrLeft = qp.settings().rnrRetry();
        retriesLeft = qp.settings().retryCount();
        final int status = await(outcome, fabric.nanoTime(), false);
        if (status == SUCCESS) {
            keep(list, at);
        } else {
            finish(list, at, status);
        }
    }

    /** Copies a request into the ring: the list is the caller's again when the post returns. */
    private void keep(final MemorySegment list, final long at) {
        final MemorySegment memory = ring.memory();
        final long slot = ring.tailOffset();
        final long sges = slot + WR_BYTES;
        final int entries = SendWrDescriptor.numSge(list, at);
        final long listed = SendWrDescriptor.sgList(list, at) - list.address();
        MemorySegment.copy(list, at, memory, slot, WR_BYTES);
        SendWrDescriptor.sgList(memory, slot, memory.address() + sges);
        if (SendWrDescriptor.opcode(list, at) == BIND) {
            SendWrDescriptor.invalidateRkey(memory, slot, local.currentKey(list, at)); // what it is when the bind is posted
        }
        if ((SendWrDescriptor.sendFlags(list, at) & SendFlags.INLINE) == 0) {
            if (entries > 0) {
                MemorySegment.copy(list, listed, memory, sges, entries * SgeDescriptor.SIZE);
            }
        } else if (entries > 0) {
            final ChunkList data = transfer.source();
            data.resolveInline(fabric, list, listed, entries);
            final long payload = sges + maxSge * SgeDescriptor.SIZE;
            data.copyTo(memory, payload);
            SgeDescriptor.set(memory, sges, memory.address() + payload, data.total(), 0);
            SendWrDescriptor.numSge(memory, slot, 1);
        }
        if (ring.isEmpty()) {
            qp.pending(true);
        }
        ring.append();
    }

    /** Executes one request; returns its status, a code of {@link WcStatus}, or NOT_READY or NO_ANSWER. */
    private int execute(final MemorySegment list, final long at) {
        if (isDown()) {
            return FLUSHED;
        }
        final int kind = Operation.kind(SendWrDescriptor.opcode(list, at));
        if (!service.does(kind)) {
            return MALFORMED;
        }
        if (Operation.isLocal(kind)) {
            return executeLocal(kind, list, at);
        }
        final int entries = SendWrDescriptor.numSge(list, at);
        final long sges = SendWrDescriptor.sgList(list, at) - list.address();
        final boolean fetches = Operation.fetches(kind);
        final boolean atomic = Operation.is(kind, Operation.ATOMIC);
        final int resolved = resolveLocal(fetches, list, at, sges, entries, atomic ? Long.BYTES : Long.MAX_VALUE);
        final long length = atomic ? Long.BYTES : ChunkList.sum(list, sges, entries);
        if (!fetches && resolved != ChunkList.RESOLVED) {
            return resolved == ChunkList.BAD_RANGE ? PROTECTION : fabric.errors().localKey();
        }
        if (length > SoftDevice.MAX_MESSAGE) {
            return WcStatus.LOC_LEN_ERR.code();
        }
        if (fetches && qp.settings().maxReadAtomic() == 0) {
            return MALFORMED;
        }
        if (datagrams != null) {
            psn = psn + 1 & SoftQueuePair.PSN_MASK;
            return datagrams.execute(kind, list, at, length);
        }
        final SoftQueuePair responder = peer();
        if (responder == null) {
            return unanswered(length);
        }
        final ReceiveQueue remote = responder.receives();
        final int status;
        remote.lock().lock();
        try {
            status = remote.execute(qp, kind, list, at, length, transfer);
        } finally {
            remote.lock().unlock();
        }
        if (status == SUCCESS) {
            psn = psn + qp.settings().packets(length) & SoftQueuePair.PSN_MASK;
            return fetches && resolved != ChunkList.RESOLVED ? PROTECTION : SUCCESS;
        }
        return status;
    }

    private int executeLocal(final int kind, final MemorySegment list, final long at) {
        if (Operation.is(kind, Operation.LOCAL_INVALIDATE)) {
            return local.invalidate(list, at);
        }
        final boolean kept = list == ring.memory();
        return local.bind(list, at, kept ? SendWrDescriptor.invalidateRkey(list, at) : local.currentKey(list, at));
    }

    /** The send queue takes nothing any more: all of the queue pair is in error, or (UC, UD) its send queue alone. */
    private boolean isDown() {
        final QpState state = qp.current();
        return state == QpState.ERR || state == QpState.SQE;
    }

    private int unanswered(final long length) {
        if (service.isReliable()) {
            return NO_ANSWER;
        }
        fabric.lose(Loss.NO_TARGET);
        psn = psn + qp.settings().packets(length) & SoftQueuePair.PSN_MASK;
        return SUCCESS;
    }

    private int resolveLocal(final boolean fetches, final MemorySegment list, final long at, final long sges, final int entries,
        final long most) {
        final boolean inline = (SendWrDescriptor.sendFlags(list, at) & SendFlags.INLINE) != 0;
        if (fetches) {
            final int resolved = transfer.target().resolve(fabric, qp.domain(), AccessFlags.LOCAL_WRITE, list, sges, entries,
                most);
            if (inline && transfer.target().total() > 0 || resolved != ChunkList.RESOLVED) {
                transfer.target().clear(); // inline data stands where the entries of a read should
                return ChunkList.BAD_KEY;
            }
            return resolved;
        }
        if (inline) {
            return transfer.source().resolveInline(fabric, list, sges, entries) ? ChunkList.RESOLVED : ChunkList.BAD_KEY;
        }
        return transfer.source().resolve(fabric, qp.domain(), 0, list, sges, entries, Long.MAX_VALUE);
    }

    private SoftQueuePair peer() {
        final int number = qp.settings().destination();
        if (peer == null || peer.number() != number || !peer.isAlive()) {
            peer = fabric.queuePair(number);
        }
        return peer;
    }

    /** Counts a request as executed, completes it, and takes the queue pair to ERR if it failed. */
    private void finish(final MemorySegment list, final long at, final int status) {
        executed++;
        final int flags = SendWrDescriptor.sendFlags(list, at);
        if (status != SUCCESS || signalAll || (flags & SendFlags.SIGNALED) != 0) {
            complete(list, at, status);
        }
        if (status != SUCCESS && !isDown()) {
            fail();
        }
    }

    /** An error of a request stops all of a reliable queue pair; an unreliable one goes on receiving. */
    private void fail() {
        if (!service.isReliable()) {
            qp.sendsFailed();
            flush();
            return;
        }
        qp.failed();
        flush();
        qp.flushReceives();
    }

    private void complete(final MemorySegment list, final long at, final int status) {
        if (!push(list, at, status)) {
            qp.lostCompletion();
        }
    }

    private boolean push(final MemorySegment list, final long at, final int status) {
        final long wrId = SendWrDescriptor.wrId(list, at);
        if (status != SUCCESS) {
            return qp.sendQueueCq().push(qp, executed << 1, wrId, status, 0, 0, 0, 0, false);
        }
        final int opcode = SendWrDescriptor.opcode(list, at);
        final int entries = SendWrDescriptor.numSge(list, at);
        final long sum = ChunkList.sum(list, SendWrDescriptor.sgList(list, at) - list.address(), entries);
        final int kind = Operation.kind(opcode);
        final int wcFlags = Operation.is(kind, Operation.IMMEDIATE) ? WcFlags.WITH_IMM : 0;
        final long length = Operation.is(kind, Operation.ATOMIC) ? Long.BYTES : sum;
        return qp.sendQueueCq().push(qp, executed << 1, wrId, SUCCESS, Operation.completion(opcode), length, wcFlags, 0, false);
    }

    /** Starts or goes on with waiting; returns SUCCESS to wait, or the status when the retries are used up. */
    private int await(final int outcome, final long now, final boolean isDue) {
        final boolean goesOn = waiting == outcome && !isDue;
        if (goesOn) {
            return SUCCESS;
        }
        if (outcome == NOT_READY) {
            if (rnrLeft == 0) {
                return WcStatus.RNR_RETRY_EXC_ERR.code();
            }
            rnrLeft -= rnrLeft == RNR_FOR_EVER ? 0 : 1;
            wakeAt = now + peer.settings().rnrDelayNs();
            wakesByTime = true;
        } else {
            if (waiting == NO_ANSWER && retriesLeft-- == 0) {
                return WcStatus.RETRY_EXC_ERR.code();
            }
            final long timeout = qp.settings().timeoutNs();
            wakeAt = now + timeout;
            wakesByTime = timeout > 0;
        }
        waiting = outcome;
        return SUCCESS;
    }

    /** Whether the oldest request's wait is over. */
    private boolean isDue(final long now) {
        return waiting == RUNNING || wakesByTime && now - wakeAt >= 0;
    }

    /** In SQD what is under way goes on and ends; the rest is held. */
    private boolean isHeld() {
        return qp.isDraining() && waiting == RUNNING;
    }

    /**
     * Goes on with what waits.
     *
     * @param woken something changed at the peer: try even if the time has not come
     * @return requests that ended
     */
    int resume(final long now, final boolean woken) {
        int ended = 0;
        while (!ring.isEmpty() && !isHeld() && (woken || isDue(now))) {
            final MemorySegment memory = ring.memory();
            final long at = ring.headOffset();
            if (waiting == RUNNING) {
                rnrLeft = qp.settings().rnrRetry();
                retriesLeft = qp.settings().retryCount();
            }
            int outcome = execute(memory, at);
            if (outcome < 0) {
                outcome = await(outcome, now, waiting != RUNNING && isDue(now));
                if (outcome == SUCCESS) {
                    break;
                }
            }
            waiting = RUNNING;
            ring.remove();
            finish(memory, at, outcome);
            checkDrained();
            ended++;
        }
        if (ring.isEmpty()) {
            qp.pending(false);
        }
        return ended;
    }

    /** The queue pair went to SQD: raises SQ_DRAINED as soon as the request that is under way, if there is one, has ended. */
    void notifyDrained() {
        notifiesDrained = true;
        checkDrained();
    }

    private void checkDrained() {
        if (notifiesDrained && waiting == RUNNING) {
            notifiesDrained = false;
            qp.raise(EventType.SQ_DRAINED);
        }
    }

    /** Completes everything that waits as flushed. */
    void flush() {
        waiting = RUNNING;
        notifiesDrained = false;
        while (!ring.isEmpty()) {
            final long at = ring.headOffset();
            ring.remove();
            executed++;
            complete(ring.memory(), at, FLUSHED);
        }
        qp.pending(false);
    }

    /** Forgets everything, without completions. */
    void reset() {
        ring.clear();
        waiting = RUNNING;
        notifiesDrained = false;
        executed = posted;
        born = posted;
        psn = 0;
        peer = null;
        transfer.forget();
        qp.pending(false);
    }
}
