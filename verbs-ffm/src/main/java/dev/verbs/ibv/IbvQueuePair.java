package dev.verbs.ibv;

import dev.verbs.CompletionQueue;
import dev.verbs.Gid;
import dev.verbs.Errno;
import dev.verbs.QpAttributes;
import dev.verbs.QpCapabilities;
import dev.verbs.QpInitAttributes;
import dev.verbs.QpState;
import dev.verbs.QpType;
import dev.verbs.QueuePairConfig;
import dev.verbs.ReceiveRequests;
import dev.verbs.SendOperation;
import dev.verbs.SendRequests;
import dev.verbs.SharedReceiveQueue;
import dev.verbs.VerbsException;
import dev.verbs.WorkRequests;
import dev.verbs.headers.ibv_gid;
import dev.verbs.headers.ibv_qp;
import dev.verbs.headers.ibv_qp_attr;
import dev.verbs.headers.ibv_qp_init_attr;
import dev.verbs.headers.ibv_qp_init_attr_ex;
import dev.verbs.headers.types_h;
import dev.verbs.spi.AbstractQueuePair;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** {@code struct ibv_qp}. */
class IbvQueuePair extends AbstractQueuePair {
    private static final int RESET = types_h.IBV_QPS_RESET();
    private static final int INIT = types_h.IBV_QPS_INIT();
    private static final int RTR = types_h.IBV_QPS_RTR();
    private static final int RTS = types_h.IBV_QPS_RTS();

    final long address;
    private final MemorySegment pointer;
    private final long stateAddress;
    /** Where the library says which send and which receive it refused; 0 between posts. Lives as long as this object. */
    private final MemorySegment badWords = Arena.ofAuto().allocate(ValueLayout.JAVA_LONG, 2);
    private final long badSend = badWords.address();
    private final long badReceive = badSend + Long.BYTES;
    private final ContextOps ops;
    private final IbvElements elements;
    /** False on iWARP: ibv_qp.state is what the library and {@link #established} have written, and queries do not count. */
    private final boolean readsState;

    IbvQueuePair(final IbvProtectionDomain domain, final QueuePairConfig granted, final MemorySegment pointer) {
        super(domain, (IbvCompletionQueue)granted.sendCq(), (IbvCompletionQueue)granted.receiveCq(), granted,
            ibv_qp.qp_num(pointer));
        this.pointer = pointer;
        this.address = pointer.address();
        this.stateAddress = address + ibv_qp.state$offset();
        this.ops = granted.sendOps().isEmpty() ? domain.context.ops : domain.context.waitingOps;
        this.elements = domain.context.elements;
        this.readsState = domain.context.device().guarantees().readsState();
        elements.add(pointer, this);
    }

    @SuppressWarnings("restricted")
    static IbvQueuePair create(final IbvProtectionDomain domain, final QueuePairConfig config) {
        final boolean extended = !config.sendOps().isEmpty();
        try (Frame frame = new Frame()) {
            final MemorySegment attributes = attributes(frame, domain, config);
            final MemorySegment made = extended ? VerbsContextOps.createQpEx(frame, domain.context.pointer, attributes)
                : LibQueues.createQp(frame, domain.pointer, attributes);
            if (Frame.isNull(made)) {
                throw frame.failed(extended ? "ibv_create_qp_ex" : "ibv_create_qp", domain.explain(config));
            }
            final MemorySegment qp = made.reinterpret(ibv_qp.sizeof());
            final QueuePairConfig granted = granted(config, ibv_qp_init_attr.cap(attributes));
            return Frame.orElse(() -> extended ? IbvExtendedQueuePair.of(frame, domain, granted, qp)
                : new IbvQueuePair(domain, granted, qp), () -> LibQueues.destroyQp(frame, qp));
        }
    }

    /** The extended structure, of which the plain one is the beginning. */
    private static MemorySegment attributes(final Frame frame, final IbvProtectionDomain domain, final QueuePairConfig config) {
        final MemorySegment attributes = ibv_qp_init_attr_ex.allocate(frame.arena);
        ibv_qp_init_attr.send_cq(attributes, pointer(config.sendCq()));
        ibv_qp_init_attr.recv_cq(attributes, pointer(config.receiveCq()));
        ibv_qp_init_attr.srq(attributes, config.srq() == null ? MemorySegment.NULL
            : ((IbvSharedReceiveQueue)config.srq()).pointer);
        ibv_qp_init_attr.qp_type(attributes, config.type().code());
        ibv_qp_init_attr.sq_sig_all(attributes, config.signalAll() ? 1 : 0);
        QpAttributesCodec.write(QpCapabilities.of(config), ibv_qp_init_attr.cap(attributes));
        ibv_qp_init_attr_ex.pd(attributes, domain.pointer);
        ibv_qp_init_attr_ex.comp_mask(attributes,
            types_h.IBV_QP_INIT_ATTR_PD() | types_h.IBV_QP_INIT_ATTR_SEND_OPS_FLAGS());
        ibv_qp_init_attr_ex.send_ops_flags(attributes, SendOperation.bits(config.sendOps()));
        return attributes;
    }

    private static QueuePairConfig granted(final QueuePairConfig asked, final MemorySegment cap) {
        final QpCapabilities given = QpAttributesCodec.readCapabilities(cap);
        return new QueuePairConfig(asked.type(), asked.sendCq(), asked.receiveCq(), given.maxSendWr(), given.maxReceiveWr(),
            given.maxSendSge(), given.maxReceiveSge(), given.maxInlineData(), asked.signalAll(), asked.srq(), asked.sendOps());
    }

    private static MemorySegment pointer(final CompletionQueue queue) {
        return ((IbvCompletionQueue)queue).pointer;
    }

    /**
     * Refuses sends before RTR is over, as the specification wants: rdma_rxe answers EINVAL, too, but keeps the requests in its
     * ring, without saying so in bad_wr, and executes or flushes them later.
     */
    @Override
    protected int postSendDevice(final SendRequests requests) {
        if (isBeforeSends()) {
            return Errno.EINVAL;
        }
        final int result = ops.postSend(address, requests.headAddress(), badSend);
        return result == 0 && Memory.getLong(badSend) == 0 ? 0 : refusedSend(requests, result);
    }

    /** Only siw returns a negative value. If it names no bad request, the doorbell failed, but all requests stay in its ring. */
    private int refusedSend(final SendRequests requests, final int result) {
        final int errno = takeBad(requests, badSend, Math.abs(result));
        return result < 0 && requests.bad() == 0 ? 0 : errno;
    }

    /** The list says which request was refused, and the word is free for the next post. */
    private static int takeBad(final WorkRequests requests, final long word, final int errno) {
        final long bad = Memory.getLong(word);
        requests.bad(bad);
        Memory.clearLong(word);
        return errno == 0 && bad != 0 ? STOPPED : errno;
    }

    @Override
    protected int postReceiveDevice(final ReceiveRequests requests) {
        final int result = ops.postRecv(address, requests.headAddress(), badReceive);
        return result == 0 && Memory.getLong(badReceive) == 0 ? 0 : takeBad(requests, badReceive, Math.abs(result));
    }

    final boolean isBeforeSends() {
        final int state = Memory.getInt(stateAddress); // written by ibv_modify_qp in the library, whoever calls it
        return state != RTS && (state == RESET || state == INIT || state == RTR);
    }

    /** Binds a window of type 1, which takes a place in the send queue. */
    int bind(final MemorySegment window, final MemorySegment bind, final int flags) {
        return isBeforeSends() ? Errno.EINVAL : postCounted(flags, () -> Math.abs(ops.bindMw(address, window, bind)));
    }

    @Override
    protected void modifyDevice(final QpAttributes attributes) {
        if (!readsState && attributes.state() == QpState.RESET) { // siw answers 0 and does nothing: receives would stay posted
            throw new VerbsException("ibv_modify_qp", Errno.EOPNOTSUPP, describe() + ": a queue pair of an iWARP device cannot go back"
                + " to RESET: close it and create another");
        }
        try (Frame frame = new Frame()) {
            final MemorySegment struct = ibv_qp_attr.allocate(frame.arena);
            QpAttributesCodec.write(attributes, struct);
            modify(frame, struct, attributes.mask());
        }
    }

    /** Modifies with a structure that the connection manager filled. */
    synchronized void modify(final Frame frame, final MemorySegment struct, final int mask) {
        requireOpen("ibv_modify_qp");
        final int result = LibQueues.modifyQp(frame, pointer, struct, mask);
        if (result != 0) {
            final int errno = frame.reason(result);
            throw new VerbsException("ibv_modify_qp", errno, describe() + ": "
                + ModifyDiagnosis.explain(this, QpAttributesCodec.read(struct, mask), errno));
        }
    }

    @Override
    public synchronized QpAttributes query() {
        requireOpen("ibv_query_qp");
        try (Frame frame = new Frame()) {
            final MemorySegment attributes = ibv_qp_attr.allocate(frame.arena);
            query(frame, attributes, ibv_qp_init_attr.allocate(frame.arena));
            return QpAttributesCodec.read(attributes, QpAttributesCodec.ALL)
                .capabilities(capabilities(ibv_qp_attr.cap(attributes)));
        }
    }

    @Override
    public synchronized QpInitAttributes queryInit() {
        requireOpen("ibv_query_qp");
        try (Frame frame = new Frame()) {
            final MemorySegment init = ibv_qp_init_attr.allocate(frame.arena);
            query(frame, ibv_qp_attr.allocate(frame.arena), init);
            return new QpInitAttributes(QpType.of(ibv_qp_init_attr.qp_type(init)),
                (CompletionQueue)elements.find(ibv_qp_init_attr.send_cq(init)),
                (CompletionQueue)elements.find(ibv_qp_init_attr.recv_cq(init)),
                (SharedReceiveQueue)elements.find(ibv_qp_init_attr.srq(init)),
                capabilities(ibv_qp_init_attr.cap(init)),
                readsState ? ibv_qp_init_attr.sq_sig_all(init) != 0 : config().signalAll()); // siw leaves it as the kernel had it
        }
    }

    /** With a shared receive queue rdma_rxe leaves the values of the receive queue as they are: whatever the kernel had there. */
    private QpCapabilities capabilities(final MemorySegment cap) {
        final QpCapabilities found = QpAttributesCodec.readCapabilities(cap);
        return config().srq() == null ? found
            : new QpCapabilities(found.maxSendWr(), 0, found.maxSendSge(), 0, found.maxInlineData());
    }

    private void query(final Frame frame, final MemorySegment attributes, final MemorySegment init) {
        final int known = ibv_qp.state(pointer);
        frame.check("ibv_query_qp", LibQueues.queryQp(frame, pointer, attributes, QpAttributesCodec.ALL, init), describe());
        if (!readsState) { // the driver leaves it out, and the library has put the 0 that it found there into ibv_qp.state
            ibv_qp.state(pointer, known);
            ibv_qp_attr.qp_state(attributes, known);
        }
    }

    /** The connection manager has connected it. On iWARP the kernel takes it to RTS, past the library. By the reader of events. */
    synchronized void established() {
        if (!readsState && isOpen() && isBeforeSends()) { // not while another thread destroys it
            ibv_qp.state(pointer, RTS);
        }
    }

    @Override
    protected void attachDevice(final Gid group, final int lid) {
        try (Frame frame = new Frame()) {
            frame.check("ibv_attach_mcast", LibQueues.attachMcast(frame, pointer, gid(frame, group), (short)lid),
                describe() + " to " + group + " lid " + lid);
        }
    }

    @Override
    protected void detachDevice(final Gid group, final int lid) {
        try (Frame frame = new Frame()) {
            frame.check("ibv_detach_mcast", LibQueues.detachMcast(frame, pointer, gid(frame, group), (short)lid),
                describe() + " from " + group + " lid " + lid);
        }
    }

    private static MemorySegment gid(final Frame frame, final Gid gid) {
        return frame.arena.allocate(ibv_gid.layout()).copyFrom(MemorySegment.ofArray(gid.bytes()));
    }

    @Override
    protected void releaseDevice() {
        try (Frame frame = new Frame()) {
            frame.check(closeVerb(), LibQueues.destroyQp(frame, pointer), describe());
        }
        elements.remove(pointer, this);
    }
}
