package dev.verbs.soft;

import dev.verbs.AccessFlags;
import dev.verbs.QpState;
import dev.verbs.SendWrDescriptor;
import dev.verbs.WcStatus;
import java.lang.foreign.MemorySegment;

/** Executes requests: resolves what is local, finds the responder and lets it do its part. Under the send queue's lock. */
final class Requester {
    /** The peer has no receive posted. */
    static final int NOT_READY = -1;
    /** The peer does not exist, is not connected to this side, or is not ready to receive. */
    static final int NO_ANSWER = -2;

    /** Bytes after which the responder may come to its queue again. */
    private static final long HELD_FOR = 1024;
    private static final int SUCCESS = WcStatus.SUCCESS.code();
    private static final int FLUSHED = WcStatus.WR_FLUSH_ERR.code();
    private static final int PROTECTION = WcStatus.LOC_PROT_ERR.code();
    private static final int MALFORMED = WcStatus.LOC_QP_OP_ERR.code();

    private final SoftQueuePair qp;
    private final SoftFabric fabric;
    private final LocalOperations local;
    private final Transfer transfer;
    private final TransportService service;
    /** Null but for datagrams. */
    private final DatagramSender datagrams;
    private final RequestRing ring;
    private final MemoryReasons memory;
    private final ErrorProfile errors;
    private final boolean iwarp;
    private final long maxMessage;
    /** To the peer's host; null on the same host, and for datagrams. */
    private Link link;
    private int psn;
    /** The peer as it was last found. */
    private SoftQueuePair peer;
    /** The responder's receive queue while its lock is held on behalf of this post. */
    private ReceiveQueue held;

    Requester(final SoftQueuePair qp, final SoftFabric fabric, final LocalOperations local, final Transfer transfer,
        final RequestRing ring) {
        this.qp = qp;
        this.fabric = fabric;
        this.local = local;
        this.transfer = transfer;
        this.service = qp.service();
        this.datagrams = service == TransportService.UD ? new DatagramSender(qp, fabric, transfer) : null;
        this.ring = ring;
        this.memory = new MemoryReasons(fabric);
        this.iwarp = qp.host().behaviour().iwarp();
        this.errors = qp.host().behaviour().errors();
        this.maxMessage = qp.host().device().port().maxMessageSize();
    }

    int psn() {
        return psn;
    }

    void psn(final int first) {
        psn = first;
    }

    /** The way to the peer was set. */
    void connect() {
        final SoftHost to = fabric.hostOf(qp.settings().remoteGid());
        link = to == null || service == TransportService.UD ? null : fabric.link(qp.host(), to);
    }

    /** Whether requests go over links that take time, or on which things go wrong. */
    boolean flies() {
        return fabric.isModelled() && mayFly();
    }

    /** The same, once time has begun. */
    boolean mayFly() {
        return fabric.willBeModelled() && (service == TransportService.UD || fabric.faults().any() || link != null && link.isModelled());
    }

    /** Whether all requests go to one peer: not so for datagrams, each of which finds out by itself whether it arrives. */
    boolean isConnected() {
        return datagrams == null;
    }

    /** The link of a request, null if there is none. */
    Link link(final MemorySegment list, final long at) {
        return datagrams == null ? link : datagrams.link(list, at);
    }

    /** Payload of a request. */
    long length(final MemorySegment list, final long at) {
        return Operation.is(Operation.kind(SendWrDescriptor.opcode(list, at)), Operation.ATOMIC) ? Long.BYTES
            : ChunkList.sum(list, SendWrDescriptor.sgList(list, at) - list.address(), SendWrDescriptor.numSge(list, at));
    }

    /** A message did not arrive. */
    int lost(final long length) {
        return unanswered(length, Loss.LINK);
    }

    /** Whether the connection was dropped. */
    boolean isSevered() {
        return qp.isSevered();
    }

    /** Whether the peer's host has no receives now. */
    boolean isRefused(final long now) {
        final SoftQueuePair responder = peer();
        return responder != null && responder.isReceiving() && responder.host().refusesMessages(now);
    }

    /** A request fails as if the responder had found an error. */
    void failByPlan(final int status) {
        refused(status, "the fault plan wants it to fail");
        final SoftQueuePair responder = peer();
        final boolean isRemote = switch (WcStatus.of(status)) {
            case REM_ACCESS_ERR, REM_INV_REQ_ERR, REM_OP_ERR -> true;
            default -> false;
        };
        if (responder != null && service.isReliable() && isRemote) {
            responder.failByPeer(fabric.journal().refuse("the fault plan wants a request of QP " + qp.number() + " to fail"));
        }
    }

    void reset() {
        psn = 0;
        peer = null;
        link = null;
        transfer.forget();
    }

    /** Executes one request; returns its status, a code of {@link WcStatus}, or NOT_READY or NO_ANSWER. */
    int execute(final Request request) {
        final int status = run(request);
        if (status != SUCCESS) {
            letGo(); // what follows may need another receive lock
        }
        return status;
    }

    /**
     * What every post goes through, in one method on purpose: with more than 325 bytes of code (FreqInlineSize) HotSpot compiles it
     * by itself, with what it calls. In smaller ones the whole way from the post to the copy became one piece of code, so large
     * that the compiler stopped in the middle of it: 20 ns per post, in every second JVM.
     */
    private int run(final Request request) {
        if (isDown()) {
            return FLUSHED;
        }
        final int kind = request.kind();
        if (!service.does(kind)) {
            return refused(MALFORMED, QpReasons.unsupported(qp, request.opcode()));
        }
        if (Operation.fetches(kind)) {
            return fetch(request);
        }
        if (Operation.isLocal(kind)) {
            return executeLocal(request);
        }
        final MemorySegment list = request.list();
        final ChunkList source = transfer.source();
        final int resolved;
        if (request.isInline()) {
            resolved = source.resolveInline(fabric, list, request.sges(), request.entries()) ? ChunkList.RESOLVED : ChunkList.BAD_KEY;
        } else {
            resolved = source.resolve(fabric, qp.domain(), 0, list, request.sges(), request.entries(), Long.MAX_VALUE);
        }
        final long length = source.total();
        request.length(length);
        if (resolved != ChunkList.RESOLVED) {
            return refused(resolved == ChunkList.BAD_RANGE ? errors.localRange() : errors.localKey(), localObjection(request));
        }
        if (length > maxMessage) {
            return tooLong(length);
        }
        if (datagrams != null) {
            psn = psn + 1 & SoftQueuePair.PSN_MASK;
            return datagrams.execute(request, length);
        }
        final SoftQueuePair responder = peer();
        if (responder == null || link != null && link.isCut()) {
            return silence(responder, length, false);
        }
        final ReceiveQueue remote = responder.receives();
        hold(remote);
        final int status = remote.execute(qp, request, length, transfer);
        if (length > HELD_FOR) {
            letGo();
        }
        if (status != SUCCESS) {
            return ended(status, false);
        }
        psn = psn + qp.settings().packets(length) & SoftQueuePair.PSN_MASK;
        return SUCCESS;
    }

    /** Data comes from the peer. Its own keys are looked at when it is there: bad ones fail the request behind the responder's part. */
    private int fetch(final Request request) {
        final boolean atomic = Operation.is(request.kind(), Operation.ATOMIC);
        final int resolved = resolveTarget(request, atomic ? Long.BYTES : Long.MAX_VALUE);
        final long length = atomic ? Long.BYTES : ChunkList.sum(request.list(), request.sges(), request.entries());
        request.length(length);
        if (length > maxMessage) {
            return tooLong(length);
        }
        if (qp.settings().maxReadAtomic() == 0) {
            return refused(MALFORMED, "max_rd_atomic of QP " + qp.number() + " is 0: it can neither read nor do atomics");
        }
        final SoftQueuePair responder = peer();
        if (responder == null || link != null && link.isCut()) {
            return silence(responder, length, true);
        }
        hold(responder.receives());
        final int status = responder.receives().execute(qp, request, length, transfer);
        if (length > HELD_FOR) {
            letGo();
        }
        if (status != SUCCESS) {
            return ended(status, true);
        }
        psn = psn + qp.settings().packets(length) & SoftQueuePair.PSN_MASK;
        return resolved == ChunkList.RESOLVED ? SUCCESS : refused(PROTECTION, localObjection(request));
    }

    /** There is no peer, or no way to it. */
    private int silence(final SoftQueuePair responder, final long length, final boolean fetches) {
        if (iwarp && responder == null) {
            refused(FLUSHED, QpReasons.silence(qp, null));
            return broken(fetches);
        }
        return unanswered(length, responder == null ? Loss.NO_TARGET : Loss.LINK);
    }

    private int tooLong(final long length) {
        return refused(WcStatus.LOC_LEN_ERR.code(), "the message of " + length + " bytes is longer than the port's max_msg_sz "
            + maxMessage);
    }

    /** The responder has refused. */
    private int ended(final int status, final boolean fetches) {
        return iwarp && status != PROTECTION ? broken(fetches) : status;
    }

    /**
     * iWARP: the peer could not take it, and has ended the connection. What was sent was sent; only a READ shows that there is no
     * answer.
     */
    private int broken(final boolean fetches) {
        qp.failed(transfer.takeReason());
        fabric.deferError(qp);
        return fetches ? FLUSHED : SUCCESS;
    }

    /** One lock for all small messages of a list: each change of hands costs both sides a trip between processors. */
    private void hold(final ReceiveQueue remote) {
        if (held != remote) {
            letGo();
            remote.lock().lock();
            held = remote;
        }
    }

    /** Gives the responder's lock back: at the end of every post, however it ends, by {@link SendQueue#release}. */
    void letGo() {
        final ReceiveQueue mine = held;
        if (mine != null) {
            held = null;
            mine.lock().unlock();
        }
    }

    private int executeLocal(final Request request) {
        letGo();
        final MemorySegment list = request.list();
        final long at = request.at();
        if (Operation.is(request.kind(), Operation.LOCAL_INVALIDATE)) {
            final int done = local.invalidate(list, at);
            return done == SUCCESS ? done : refused(done, memory.invalidate(qp, SendWrDescriptor.invalidateRkey(list, at)));
        }
        final boolean kept = list == ring.memory();
        final int current = kept ? SendWrDescriptor.invalidateRkey(list, at) : local.currentKey(list, at);
        final int done = local.bind(list, at, current);
        return done == SUCCESS ? done : refused(done, local.bindObjection(list, at, current));
    }

    /** The request ends with a status, for a reason. */
    private int refused(final int status, final String why) {
        transfer.failsFor(fabric.journal().refuse(why));
        return status;
    }

    /** Why the local entries of a request could not be resolved. */
    private String localObjection(final Request request) {
        final boolean fetches = Operation.fetches(request.kind());
        if (request.isInline()) {
            return fetches ? "INLINE on a request that reads: its entries are where the data goes"
                : "inline data is not in memory that the device may read";
        }
        return memory.entries(qp.domain(), fetches ? AccessFlags.LOCAL_WRITE : 0, request.list(), request.sges(), request.entries(),
            Operation.is(request.kind(), Operation.ATOMIC) ? Long.BYTES : Long.MAX_VALUE);
    }

    /** The send queue takes nothing any more: all of the queue pair is in error, or (UC, UD) its send queue alone. */
    boolean isDown() {
        final QpState state = qp.current();
        return state == QpState.ERR || state == QpState.SQE;
    }

    private int unanswered(final long length, final Loss reason) {
        if (service.isReliable()) {
            return NO_ANSWER;
        }
        fabric.lose(reason);
        if (qp.trace() != null) {
            qp.trace().lost(qp, reason, reason == Loss.LINK ? QpReasons.lostOnTheWay(qp) : QpReasons.silence(qp, peer));
        }
        psn = psn + qp.settings().packets(length) & SoftQueuePair.PSN_MASK;
        return SUCCESS;
    }

    private int resolveTarget(final Request request, final long most) {
        final ChunkList target = transfer.target();
        final int resolved = target.resolve(fabric, qp.domain(), AccessFlags.LOCAL_WRITE, request.list(), request.sges(),
            request.entries(), most);
        if (request.isInline() && target.total() > 0 || resolved != ChunkList.RESOLVED) {
            target.clear(); // inline data stands where the entries of a read should
            return ChunkList.BAD_KEY;
        }
        return resolved;
    }

    /** Who answered the last request that was not ready to be executed there; it may be closed meanwhile. */
    SoftQueuePair lastPeer() {
        return peer;
    }

    private SoftQueuePair peer() {
        final int number = qp.settings().destination();
        if (peer == null || peer.number() != number || !peer.isAlive()) {
            peer = fabric.queuePair(number);
        }
        return peer;
    }
}
