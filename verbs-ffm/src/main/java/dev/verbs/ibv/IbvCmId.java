package dev.verbs.ibv;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.verbs.DeviceAttributes;
import dev.verbs.Errno;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QueuePair;
import dev.verbs.RcTuning;
import dev.verbs.VerbsException;
import dev.verbs.cm.CmEventChannel;
import dev.verbs.cm.CmEventType;
import dev.verbs.cm.CmId;
import dev.verbs.cm.ConnectionParameters;
import dev.verbs.cm.PrivateData;
import dev.verbs.headers.ibv_context;
import dev.verbs.headers.ibv_qp_attr;
import dev.verbs.headers.rdma_addr;
import dev.verbs.headers.rdma_cm_id;
import dev.verbs.headers.rdma_conn_param;
import dev.verbs.headers.rdma_route;
import dev.verbs.spi.AbstractResource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code struct rdma_cm_id} with an external queue pair. */
final class IbvCmId extends AbstractResource implements CmId {
    private static final Logger LOG = LoggerFactory.getLogger(IbvCmId.class);

    private final IbvCmEventChannel channel;
    private final MemorySegment pointer;
    /** Set by connect and accept; read by whoever waits on the channel. */
    private volatile IbvQueuePair qp;
    private volatile ConnectionParameters parameters;

    IbvCmId(final IbvCmEventChannel channel, final MemorySegment pointer) {
        super(channel);
        this.channel = channel;
        this.pointer = pointer;
    }

    @Override
    public CmEventChannel channel() {
        return channel;
    }

    @Override
    public void bind(final InetSocketAddress address) {
        requireOpen("rdma_bind_addr");
        try (Frame frame = new Frame()) {
            frame.checkErrno("rdma_bind_addr",
                LibCm.bindAddr(frame, pointer, SocketAddresses.write(address, frame.arena)),
                address + ": it must be an address of an RDMA device's interface, and the port must be free");
        }
    }

    @Override
    public void resolveAddress(final InetSocketAddress source, final InetSocketAddress destination, final Duration timeout) {
        requireOpen("rdma_resolve_addr");
        try (Frame frame = new Frame()) {
            final MemorySegment from = source == null ? MemorySegment.NULL : SocketAddresses.write(source, frame.arena);
            frame.checkErrno("rdma_resolve_addr",
                LibCm.resolveAddr(frame, pointer, from, SocketAddresses.write(destination, frame.arena), millis(timeout)),
                destination + ": no RDMA device leads there");
        }
    }

    @Override
    public void resolveRoute(final Duration timeout) {
        requireOpen("rdma_resolve_route");
        try (Frame frame = new Frame()) {
            frame.checkErrno("rdma_resolve_route", LibCm.resolveRoute(frame, pointer, millis(timeout)), describe());
        }
    }

    private static int millis(final Duration timeout) {
        return Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE);
    }

    @Override
    public void listen(final int backlog) {
        requireOpen("rdma_listen");
        try (Frame frame = new Frame()) {
            frame.checkErrno("rdma_listen", LibCm.listen(frame, pointer, backlog), describe());
        }
    }

    @Override
    public void connect(final QueuePair queuePair, final ConnectionParameters wanted) {
        requireOpen("rdma_connect");
        use(queuePair, wanted, "rdma_connect");
        try (Frame frame = new Frame()) {
            modify(frame, QpState.INIT);
            frame.checkErrno("rdma_connect",
                LibCm.connect(frame, pointer, connectionParameters(frame.arena, PrivateData.MAX_REQUEST)), describe());
        }
    }

    @Override
    public void establish() {
        requireOpen("rdma_establish");
        try (Frame frame = new Frame()) {
            modify(frame, QpState.RTR);
            modify(frame, QpState.RTS);
            frame.checkErrno("rdma_establish", LibCm.establish(frame, pointer), describe());
        }
    }

    @Override
    public void accept(final QueuePair queuePair, final ConnectionParameters wanted) {
        requireOpen("rdma_accept");
        use(queuePair, wanted, "rdma_accept");
        try (Frame frame = new Frame()) {
            modify(frame, QpState.INIT);
            modify(frame, QpState.RTR);
            modify(frame, QpState.RTS);
            frame.checkErrno("rdma_accept",
                LibCm.accept(frame, pointer, connectionParameters(frame.arena, PrivateData.MAX_ACCEPT)), describe());
        }
    }

    private void use(final QueuePair queuePair, final ConnectionParameters wanted, final String verb) {
        final String device = queuePair.protectionDomain().context().device().name();
        if (!device.equals(deviceName())) {
            throw new VerbsException(verb, Errno.EINVAL, "the queue pair is on " + device + ", the path on " + deviceName()
                + ": open that device");
        }
        this.qp = (IbvQueuePair)queuePair;
        final DeviceAttributes limits = queuePair.protectionDomain().context().queryDevice();
        this.parameters = wanted.with(wanted.tuning().limitedBy(limits));
    }

    /** Takes the connection manager's attributes for a state, puts the caller's access and timers over them, and modifies. */
    private void modify(final Frame frame, final QpState state) {
        final MemorySegment attributes = ibv_qp_attr.allocate(frame.arena);
        final MemorySegment mask = frame.arena.allocate(JAVA_INT);
        ibv_qp_attr.qp_state(attributes, state.code());
        frame.checkErrno("rdma_init_qp_attr", LibCm.initQpAttr(frame, pointer, attributes, mask),
            describe() + " to " + state);
        final RcTuning tuning = parameters.tuning();
        if (state == QpState.INIT) {
            ibv_qp_attr.qp_access_flags(attributes, parameters.access());
        } else if (state == QpState.RTR) {
            ibv_qp_attr.min_rnr_timer(attributes, (byte)tuning.minRnrTimer()); // the manager leaves 0, which is 655 ms
        } else {
            ibv_qp_attr.timeout(attributes, (byte)tuning.timeout());
        }
        qp.modify(frame, attributes, mask.get(JAVA_INT, 0));
    }

    private MemorySegment connectionParameters(final Arena arena, final int most) {
        final RcTuning tuning = parameters.tuning();
        final byte[] data = parameters.wireData(most);
        final MemorySegment struct = rdma_conn_param.allocate(arena);
        rdma_conn_param.private_data(struct, data.length == 0 ? MemorySegment.NULL : arena.allocateFrom(JAVA_BYTE, data));
        rdma_conn_param.private_data_len(struct, (byte)data.length);
        rdma_conn_param.responder_resources(struct, (byte)tuning.maxDestReadAtomic());
        rdma_conn_param.initiator_depth(struct, (byte)tuning.maxReadAtomic());
        rdma_conn_param.retry_count(struct, (byte)tuning.retryCount());
        rdma_conn_param.rnr_retry_count(struct, (byte)tuning.rnrRetry());
        rdma_conn_param.qp_num(struct, qp.number());
        return struct;
    }

    @Override
    public void reject(final byte[] privateData) {
        requireOpen("rdma_reject");
        try (Frame frame = new Frame()) {
            final byte[] data = PrivateData.frame(privateData, PrivateData.MAX_REJECT);
            final MemorySegment bytes = data.length == 0 ? MemorySegment.NULL : frame.arena.allocateFrom(JAVA_BYTE, data);
            frame.checkErrno("rdma_reject", LibCm.reject(frame, pointer, bytes, (byte)data.length), describe());
        }
    }

    @Override
    public void disconnect() {
        requireOpen("rdma_disconnect");
        flush();
        try (Frame frame = new Frame()) {
            final int result = LibCm.disconnect(frame, pointer);
            if (result != 0 && frame.errno() != Errno.EINVAL) { // EINVAL: the peer was first
                throw frame.failed("rdma_disconnect", describe());
            }
        }
    }

    /** What an event means for the queue pair: librdmacm does nothing for an external one. */
    void observed(final CmEventType type) {
        if (type == CmEventType.DISCONNECTED || type == CmEventType.DEVICE_REMOVAL) {
            flush();
        }
    }

    /**
     * Takes the queue pair to ERR, unless its owner has closed it or begun a new life with it. Never throws: the reader of the
     * channel may be waiting for another connection.
     */
    private void flush() {
        final IbvQueuePair connected = qp;
        if (connected == null || !connected.isOpen()) {
            return;
        }
        try {
            if (connected.state() != QpState.RESET) {
                connected.modify(new QpAttributes().state(QpState.ERR));
            }
        } catch (final VerbsException e) {
            LOG.debug("{} of {} was not flushed: {}", connected, this, e.getMessage());
        }
    }

    @Override
    public synchronized InetSocketAddress localAddress() {
        requireOpen("rdma_get_local_addr");
        return SocketAddresses.read(rdma_addr.src_addr(rdma_route.addr(rdma_cm_id.route(pointer))));
    }

    @Override
    public synchronized String deviceName() {
        requireOpen("ibv_get_device_name");
        final MemorySegment verbs = rdma_cm_id.verbs(pointer);
        if (Frame.isNull(verbs)) {
            return null;
        }
        try (Frame frame = new Frame()) {
            return LibDevices.getDeviceName(frame, ibv_context.device(verbs)).getString(0);
        }
    }

    @Override
    public synchronized int port() {
        requireOpen("rdma_cm_id");
        return Byte.toUnsignedInt(rdma_cm_id.port_num(pointer));
    }

    @Override
    public String describe() {
        return "CM id 0x" + Long.toHexString(pointer.address());
    }

    @Override
    protected String closeVerb() {
        return "rdma_destroy_id";
    }

    @Override
    protected void release() {
        channel.remove(pointer.address());
        try (Frame frame = new Frame()) {
            frame.checkErrno(closeVerb(), LibCm.destroyId(frame, pointer), describe());
        }
    }
}
