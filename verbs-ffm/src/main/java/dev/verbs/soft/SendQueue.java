package dev.verbs.soft;

import dev.verbs.Errno;
import dev.verbs.EventType;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.SendWrDescriptor;
import dev.verbs.SgeDescriptor;
import dev.verbs.WcFlags;
import dev.verbs.WcStatus;
import dev.verbs.WrOpcode;
import java.lang.foreign.MemorySegment;

/**
 * What is posted to send, in order: checked ({@link PostChecks}), executed at once in the posting thread ({@link Requester}), and
 * kept in a ring if it has to wait (no receive at the peer, no answer, a drained queue). Everything under {@link #lock()}.
 */
final class SendQueue {
    private static final int SUCCESS = WcStatus.SUCCESS.code();
    private static final int FLUSHED = WcStatus.WR_FLUSH_ERR.code();
    private static final int WR_BYTES = (int)SendWrDescriptor.SIZE;
    private static final int BIND = WrOpcode.BIND_MW.code();

    private final SoftQueuePair qp;
    private final SoftFabric fabric;
    /** Null if there is none. */
    private final Trace trace;
    private final SpinLock lock = new SpinLock();
    private final LocalOperations local;
    private final Transfer transfer;
    /** The one that is checked, executed and completed now. */
    private final Request request = new Request();
    private final PostChecks checks;
    private final Requester requester;
    private final Retries retries;
    private final RequestRing ring;
    /** Null until a path needs them. */
    private Flights flights;
    private final int maxSge;
    private final int capacity;
    private final boolean signalAll;
    private final boolean iwarp;
    /** Requests accepted, and requests executed. */
    private long posted;
    private long executed;
    /** Position up to which completions were polled; written by the poller of the send CQ. */
    private final SharedCounter reclaimed = new SharedCounter();
    /** Requests accepted before the last reset; written under the lock. */
    private volatile long born;
    /** Whether SQ_DRAINED is to be raised when nothing is under way any more. */
    private boolean notifiesDrained;

    SendQueue(final SoftQueuePair qp, final SoftFabric fabric) {
        this.qp = qp;
        this.fabric = fabric;
        this.trace = qp.trace();
        this.local = new LocalOperations(qp, fabric);
        this.maxSge = qp.config().maxSendSge();
        this.capacity = qp.config().maxSendWr();
        this.iwarp = qp.host().behaviour().iwarp();
        this.signalAll = qp.config().signalAll();
        this.ring = new RequestRing(capacity, WR_BYTES + maxSge * SgeDescriptor.SIZE + qp.config().maxInlineData());
        this.transfer = new Transfer(qp, maxSge, ring.scratch());
        this.checks = new PostChecks(qp, fabric, local, transfer);
        this.retries = new Retries(qp, fabric, transfer);
        this.requester = new Requester(qp, fabric, local, transfer, ring);
    }

    SpinLock lock() {
        return lock;
    }

    /** After requests were executed: gives the responder's lock back, if it is held, and this one. */
    void release() {
        requester.letGo();
        lock.unlock();
    }

    int psn() {
        return requester.psn();
    }

    void psn(final int first) {
        requester.psn(first);
    }

    /** Gives the places up to a position back; false if the completion is of an earlier life, before a reset. */
    boolean retire(final long position, final boolean last) {
        if (position <= born) {
            return false;
        }
        if (last) {
            reclaimed.set(position);
        }
        return true;
    }

    /** Why memory could not be reached since the last call, null if it could. */
    String takeRefusal() {
        return transfer.takeRefusal();
    }

    void forget() {
        request.forget();
        transfer.forget();
    }

    int post(final SendRequests requests) {
        if (!qp.takesSends()) {
            PostChecks.bad(requests, requests.headAddress());
            return refused(requests.image(), requests.headAddress() - requests.image().address(), Errno.EINVAL);
        }
        final MemorySegment list = requests.image();
        final long base = list.address();
        long address = requests.headAddress();
        while (address != 0) {
            final long at = address - base;
            final long next = SendWrDescriptor.next(list, at);
            int errno = PostChecks.checkNext(list, next);
            if (errno == 0) {
                request.read(list, at);
                errno = checks.check(request);
            }
            if (errno == 0 && posted - Math.max(reclaimed.get(), born) >= capacity) {
                errno = Errno.ENOMEM;
            }
            if (errno != 0) {
                PostChecks.bad(requests, address);
                return refused(list, at, errno);
            }
            posted++;
            accept(list, at);
            address = next;
        }
        return 0;
    }

    /** A post was refused; returns the errno. */
    private int refused(final MemorySegment list, final long at, final int errno) {
        if (trace != null) {
            trace.refused(qp.host().name(), "QP" + qp.number(), QpReasons.opcode(SendWrDescriptor.opcode(list, at)) + " wr_id="
                + SendWrDescriptor.wrId(list, at), errno, objection(list, at, errno));
        }
        return errno;
    }

    /** Why a request is refused now with an errno. */
    String objection(final MemorySegment list, final long at, final int errno) {
        return !qp.takesSends() ? QpReasons.wrongState(qp)
            : qp.service() == TransportService.UD && qp.domain().path(SendWrDescriptor.addressHandle(list, at)) == null
            ? QpReasons.noHandle(qp) : checks.objection(list, at, posted - Math.max(reclaimed.get(), born) >= capacity, capacity, errno);
    }

    /** Posts the requests of a list of the device's own, or none if one of them is refused. */
    int postWhole(final SendRequests requests) {
        if (!qp.takesSends()) {
            return refused(requests.image(), requests.offset(0), Errno.EINVAL);
        }
        final int count = requests.size();
        if (posted - Math.max(reclaimed.get(), born) + count > capacity) {
            return refused(requests.image(), requests.offset(0), Errno.ENOMEM);
        }
        final MemorySegment list = requests.image();
        for (int i = 0; i < count; i++) {
            request.read(list, requests.offset(i));
            final int errno = checks.check(request);
            if (errno != 0) {
                return refused(list, requests.offset(i), errno);
            }
        }
        for (int i = 0; i < count; i++) {
            posted++;
            request.read(list, requests.offset(i));
            accept(list, requests.offset(i));
        }
        return 0;
    }

    /** The path to the peer, or the ability to send datagrams, was set. */
    void connect() {
        requester.connect();
        if (requester.mayFly() && flights == null) {
            flights = new Flights(qp, fabric, requester, retries, ring);
        }
    }

    private boolean flies() {
        return flights != null && requester.flies();
    }

    private void accept(final MemorySegment list, final long at) {
        if (trace != null) {
            trace.posted(qp, list, at);
        }
        if (iwarp && requester.isDown()) {
            if (!qp.iwarp().isOver()) { // else it is neither refused nor flushed: it stays in flight
                keep(list, at);
            }
            return;
        }
        if (flies() && !requester.isDown()) {
            keep(list, at);
            return;
        }
        if (!ring.isEmpty() || qp.isDraining()) {
            keep(list, at);
            return;
        }
        final int outcome = requester.execute(request);
        if (outcome >= 0) {
            finish(list, at, outcome);
            return;
        }
        retries.begin();
        final int status = retries.await(outcome, requester.lastPeer(), fabric.nanoTime(), false);
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
        if (flights != null) {
            flights.kept(fabric.isModelled() ? fabric.faults().accepted(qp.host()) : Faults.NONE);
        }
    }

    /** Counts a request as executed, completes it, and takes the queue pair to ERR if it failed. */
    private void finish(final MemorySegment list, final long at, final int status) {
        executed++;
        final int reason = status == SUCCESS ? 0 : status == FLUSHED ? qp.cause() : transfer.takeReason();
        if (status != SUCCESS || signalAll || request.isSignalled()) {
            complete(list, at, status, reason);
        }
        if (status != SUCCESS && !requester.isDown()) {
            fail(reason);
        }
    }

    /** An error of a request stops all of a reliable queue pair; an unreliable one goes on receiving. */
    private void fail(final int reason) {
        if (!qp.service().isReliable() && qp.host().behaviour().receivesInSqe()) {
            qp.sendsFailed(reason);
            flush();
            return;
        }
        qp.failed(reason);
        if (iwarp) {
            qp.iwarp().failHere();
            return;
        }
        flush();
        qp.flushReceives();
    }

    private void complete(final MemorySegment list, final long at, final int status, final int reason) {
        if (!push(list, at, status, reason)) {
            qp.lostCompletion();
        }
    }

    private boolean push(final MemorySegment list, final long at, final int status, final int reason) {
        final long wrId = SendWrDescriptor.wrId(list, at);
        if (status != SUCCESS) {
            return qp.sendQueueCq().push(qp, executed << 1, wrId, status, reason, 0, 0, 0, 0, false);
        }
        final int wcFlags = Operation.is(request.kind(), Operation.IMMEDIATE) ? WcFlags.WITH_IMM : 0;
        return qp.sendQueueCq().push(qp, executed << 1, wrId, SUCCESS, 0, Operation.completion(request.opcode()), request.length(),
            wcFlags, 0, false);
    }

    /** After a post: what was kept leaves, if it goes over a link; says when there is something to do. */
    void settle(final long now) {
        if (flies() && !ring.isEmpty()) {
            flights.wake(now);
        }
        reschedule();
    }

    private void reschedule() {
        fabric.timeline().set(qp, ring.isEmpty() ? Timeline.NEVER : flies() ? flights.due() : retries.wakeAt());
    }

    private int fly(final long now, final boolean woken) {
        int ended = 0;
        if (woken) {
            flights.wake(now);
        }
        for (long due = flights.due(); due <= now && !ring.isEmpty(); due = flights.due()) {
            if (flights.isEnding(due)) {
                final long at = ring.headOffset();
                final int status = flights.end();
                ring.remove();
                request.read(ring.memory(), at);
                request.length(requester.length(ring.memory(), at));
                finish(ring.memory(), at, status);
                flights.launch(due);
                checkDrained();
                ended++;
            } else {
                flights.go(due);
            }
        }
        return ended;
    }

    /** In SQD what is under way goes on and ends; the rest is held. */
    private boolean isHeld() {
        return qp.isDraining() && retries.isRunning();
    }

    /**
     * Goes on with what waits.
     *
     * @param woken something changed at the peer: try even if the time has not come
     * @return requests that ended
     */
    int resume(final long now, final boolean woken) {
        int ended = flies() ? fly(now, woken) : 0;
        while (!flies() && !ring.isEmpty() && !isHeld() && !(iwarp && requester.isDown()) && (woken || retries.isDue(now))) {
            final MemorySegment memory = ring.memory();
            final long at = ring.headOffset();
            if (retries.isRunning()) {
                retries.begin();
            }
            request.read(memory, at);
            int outcome = requester.execute(request);
            if (outcome < 0) {
                outcome = retries.await(outcome, requester.lastPeer(), now, !retries.isRunning() && retries.isDue(now));
                if (outcome == SUCCESS) {
                    break;
                }
            }
            retries.end();
            ring.remove();
            finish(memory, at, outcome);
            checkDrained();
            ended++;
        }
        if (ring.isEmpty()) {
            qp.pending(false);
        }
        reschedule();
        return ended;
    }

    /** The queue pair went to SQD: raises SQ_DRAINED as soon as the request that is under way, if there is one, has ended. */
    void notifyDrained() {
        notifiesDrained = true;
        checkDrained();
    }

    /** Whether a request was begun and has not ended. Under the lock. */
    boolean isUnderWay() {
        return !retries.isRunning();
    }

    private void checkDrained() {
        if (notifiesDrained && retries.isRunning() && (!flies() || flights.isIdle())) {
            notifiesDrained = false;
            qp.raise(EventType.SQ_DRAINED);
        }
    }

    /** Completes everything that waits as flushed. */
    void flush() {
        retries.end();
        notifiesDrained = false;
        while (!ring.isEmpty()) {
            final long at = ring.headOffset();
            ring.remove();
            executed++;
            complete(ring.memory(), at, FLUSHED, qp.cause());
        }
        landed();
    }

    /** Forgets everything, without completions. */
    void reset() {
        ring.clear();
        retries.end();
        notifiesDrained = false;
        executed = posted;
        born = posted;
        request.forget();
        requester.reset();
        landed();
    }

    /** Nothing is under way any more. */
    private void landed() {
        if (flights != null) {
            flights.reset();
        }
        qp.pending(false);
        fabric.timeline().set(qp, Timeline.NEVER);
    }
}
