package dev.verbs.ibv;

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
import dev.verbs.cm.CmOption;
import dev.verbs.cm.ConnectionParameters;
import dev.verbs.cm.Ece;
import dev.verbs.cm.MulticastMembership;
import dev.verbs.cm.PortSpace;
import dev.verbs.cm.PrivateData;
import dev.verbs.headers.ibv_context;
import dev.verbs.headers.ibv_ece;
import dev.verbs.headers.ibv_qp_attr;
import dev.verbs.headers.rdma_addr;
import dev.verbs.headers.rdma_cm_id;
import dev.verbs.headers.rdma_route;
import dev.verbs.headers.types_h;
import dev.verbs.spi.AbstractResource;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code struct rdma_cm_id} with an external queue pair, or with one that the caller drives. */
final class IbvCmId extends AbstractResource implements CmId {
    private static final Logger LOG = LoggerFactory.getLogger(IbvCmId.class);

    /** Replaced by {@link #migrate}; read by any thread. */
    private volatile IbvCmEventChannel channel;
    private final MemorySegment pointer;
    private final PortSpace space;
    /** Set by connect and accept; read by whoever waits on the channel. Null where the caller drives the queue pair. */
    private volatile IbvQueuePair qp;
    private volatile ConnectionParameters parameters;
    /** Whether the ACK timeout was set as an option: it then wins over that of the parameters. Written by the owner. */
    private boolean ackTimeoutSet;
    private final CmMulticast multicast;

    IbvCmId(final IbvCmEventChannel channel, final MemorySegment pointer) {
        super(channel);
        this.channel = channel;
        this.pointer = pointer;
        this.space = PortSpace.of(rdma_cm_id.ps(pointer));
        this.multicast = new CmMulticast(pointer);
    }

    @Override
    public CmEventChannel channel() {
        return channel;
    }

    @Override
    public PortSpace portSpace() {
        return space;
    }

    @Override
    public synchronized void migrate(final CmEventChannel to) {
        requireOpen("rdma_migrate_id");
        if (!(to instanceof IbvCmEventChannel next)) {
            throw new VerbsException("rdma_migrate_id", Errno.EINVAL, to.describe() + " was made through another provider");
        }
        if (next == channel) {
            return;
        }
        final IbvCmEventChannel before = channel;
        moveTo(before, next, () -> migrateDevice(next)); // librdmacm uses both channels until the call returns
        channel = next;
        before.remove(pointer.address(), this);
    }

    private void migrateDevice(final IbvCmEventChannel next) {
        next.add(pointer.address(), this); // an event may be read there before the call returns
        try (Frame frame = new Frame()) {
            frame.checkErrno("rdma_migrate_id", LibCm.migrateId(frame, pointer, next.pointer()), describe() + " to "
                + next.describe());
        } catch (final RuntimeException e) {
            next.remove(pointer.address(), this);
            throw e;
        }
    }

    @Override
    public synchronized void set(final CmOption option, final int value) {
        requireOpen("rdma_set_option");
        option.check(value);
        if (option == CmOption.ACK_TIMEOUT && space.isDatagram()) { // the kernel would log a warning with a stack trace
            throw new VerbsException("rdma_set_option", Errno.EINVAL, CmDiagnosis.option(this, option, value));
        }
        try (Frame frame = new Frame()) {
            final MemorySegment bytes = frame.arena.allocate(JAVA_INT);
            bytes.set(JAVA_INT, 0, option.bytes() == 1 && ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value << 24 : value);
            frame.checkErrno("rdma_set_option", LibCm.setOption(frame, pointer, types_h.RDMA_OPTION_ID(), option.code(), bytes,
                option.bytes()), CmDiagnosis.option(this, option, value));
        }
        ackTimeoutSet |= option == CmOption.ACK_TIMEOUT;
    }

    @Override
    public synchronized void bind(final InetSocketAddress address) {
        requireOpen("rdma_bind_addr");
        try (Frame frame = new Frame()) {
            frame.checkErrno("rdma_bind_addr",
                LibCm.bindAddr(frame, pointer, SocketAddresses.write(address, frame.arena)),
                CmDiagnosis.bind(address, space, frame.errno()));
        }
    }

    @Override
    public synchronized void resolveAddress(final InetSocketAddress source, final InetSocketAddress destination,
        final Duration timeout) {
        requireOpen("rdma_resolve_addr");
        try (Frame frame = new Frame()) {
            final MemorySegment from = source == null ? MemorySegment.NULL : SocketAddresses.write(source, frame.arena);
            frame.checkErrno("rdma_resolve_addr",
                LibCm.resolveAddr(frame, pointer, from, SocketAddresses.write(destination, frame.arena), millis(timeout)),
                CmDiagnosis.resolve(source, destination, frame.errno(), describe()));
        }
    }

    /** librdmacm follows null pointers where an id is on no device yet. */
    private void requireDevice(final String verb) {
        requireOpen(verb);
        if (Frame.isNull(rdma_cm_id.verbs(pointer))) {
            throw new VerbsException(verb, Errno.EINVAL, CmDiagnosis.order(this, verb, Errno.EINVAL) + "; the id is on no device: "
                + "resolve an address first");
        }
    }

    @Override
    public synchronized void resolveRoute(final Duration timeout) {
        requireDevice("rdma_resolve_route");
        try (Frame frame = new Frame()) {
            frame.checkErrno("rdma_resolve_route", LibCm.resolveRoute(frame, pointer, millis(timeout)),
                CmDiagnosis.order(this, "rdma_resolve_route", frame.errno()));
        }
    }

    private static int millis(final Duration timeout) {
        return Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE);
    }

    @Override
    public synchronized void listen(final int backlog) {
        requireOpen("rdma_listen");
        try (Frame frame = new Frame()) {
            frame.checkErrno("rdma_listen", LibCm.listen(frame, pointer, backlog),
                CmDiagnosis.listen(this, frame.errno()));
        }
    }

    @Override
    public synchronized void connect(final QueuePair queuePair, final ConnectionParameters wanted) {
        requireDevice("rdma_connect");
        use(queuePair, wanted, "rdma_connect");
        try (Frame frame = new Frame()) {
            modify(frame, QpState.INIT);
        }
        connectAs(queuePair.number(), parameters);
    }

    @Override
    public synchronized void connect(final int qpNumber, final ConnectionParameters wanted) {
        requireDevice("rdma_connect");
        connectAs(qpNumber, wanted);
    }

    private void connectAs(final int qpNumber, final ConnectionParameters what) {
        try (Frame frame = new Frame()) {
            frame.checkErrno("rdma_connect", LibCm.connect(frame, pointer,
                CmStructs.parameters(frame.arena, what, PrivateData.mostInRequest(space), qpNumber)),
                CmDiagnosis.order(this, "rdma_connect", frame.errno()));
        }
    }

    @Override
    public synchronized void establish() {
        requireDevice("rdma_establish");
        try (Frame frame = new Frame()) {
            if (qp != null) {
                modify(frame, QpState.RTR);
                modify(frame, QpState.RTS);
            }
            frame.checkErrno("rdma_establish", LibCm.establish(frame, pointer),
                CmDiagnosis.order(this, "rdma_establish", frame.errno()));
        }
    }

    @Override
    public synchronized void accept(final QueuePair queuePair, final ConnectionParameters wanted) {
        requireDevice("rdma_accept");
        use(queuePair, wanted, "rdma_accept");
        try (Frame frame = new Frame()) {
            modify(frame, QpState.INIT);
            modify(frame, QpState.RTR);
            modify(frame, QpState.RTS);
        }
        acceptAs(queuePair.number(), parameters);
    }

    @Override
    public synchronized void accept(final int qpNumber, final ConnectionParameters wanted) {
        requireDevice("rdma_accept");
        acceptAs(qpNumber, wanted);
    }

    private void acceptAs(final int qpNumber, final ConnectionParameters what) {
        try (Frame frame = new Frame()) {
            frame.checkErrno("rdma_accept", LibCm.accept(frame, pointer,
                CmStructs.parameters(frame.arena, what, PrivateData.mostInAnswer(space), qpNumber)),
                CmDiagnosis.order(this, "rdma_accept", frame.errno()));
        }
    }

    @Override
    public synchronized QpAttributes initQpAttributes(final QpState state) {
        requireDevice("rdma_init_qp_attr");
        if (space.isDatagram() && state != QpState.INIT) {
            return CmStructs.datagramAttributes(state);
        }
        try (Frame frame = new Frame()) {
            final MemorySegment attributes = ibv_qp_attr.allocate(frame.arena);
            final int mask = initQpAttributes(frame, attributes, state);
            return QpAttributesCodec.read(attributes, mask);
        }
    }

    private int initQpAttributes(final Frame frame, final MemorySegment attributes, final QpState state) {
        final MemorySegment mask = frame.arena.allocate(JAVA_INT);
        ibv_qp_attr.qp_state(attributes, state.code());
        frame.checkErrno("rdma_init_qp_attr", LibCm.initQpAttr(frame, pointer, attributes, mask),
            describe() + " to " + state + ": INIT needs a resolved address or a request; RTR and RTS the peer's answer, or a request");
        return mask.get(JAVA_INT, 0);
    }

    @Override
    public synchronized void notifyEstablished() {
        requireDevice("rdma_notify");
        try (Frame frame = new Frame()) {
            frame.checkErrno("rdma_notify", LibCm.notify(frame, pointer, types_h.IBV_EVENT_COMM_EST()),
                CmDiagnosis.order(this, "rdma_notify", frame.errno()));
        }
    }

    private void use(final QueuePair queuePair, final ConnectionParameters wanted, final String verb) {
        if (space.isDatagram()) {
            throw new VerbsException(verb, Errno.EINVAL, describe() + " is of " + space + ": nothing is connected there; prepare "
                + "the queue pair (prepareDatagrams) and give its number");
        }
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
        final int mask = initQpAttributes(frame, attributes, state);
        final RcTuning tuning = parameters.tuning();
        if (state == QpState.INIT) {
            ibv_qp_attr.qp_access_flags(attributes, parameters.access());
        } else if (state == QpState.RTR) {
            ibv_qp_attr.min_rnr_timer(attributes, (byte)tuning.minRnrTimer()); // the manager leaves 0, which is 655 ms
        } else if (!ackTimeoutSet) {
            ibv_qp_attr.timeout(attributes, (byte)tuning.timeout());
        }
        qp.modify(frame, attributes, mask);
    }

    @Override
    public synchronized void reject(final byte[] privateData) {
        requireDevice("rdma_reject");
        try (Frame frame = new Frame()) {
            final MemorySegment data = CmStructs.rejection(frame.arena, privateData, space);
            frame.checkErrno("rdma_reject", LibCm.reject(frame, pointer, data, (byte)data.byteSize()),
                CmDiagnosis.order(this, "rdma_reject", frame.errno()));
        }
    }

    @Override
    public synchronized void rejectEce(final byte[] privateData) {
        requireDevice("rdma_reject_ece");
        try (Frame frame = new Frame()) {
            final MemorySegment data = CmStructs.rejection(frame.arena, privateData, space);
            frame.checkErrno("rdma_reject_ece", LibCmSetup.rejectEce(frame, pointer, data, (byte)data.byteSize()),
                CmDiagnosis.order(this, "rdma_reject_ece", frame.errno()));
        }
    }

    @Override
    public synchronized void setLocalEce(final Ece ece) {
        requireOpen("rdma_set_local_ece");
        try (Frame frame = new Frame()) {
            final MemorySegment struct = ibv_ece.allocate(frame.arena);
            ibv_ece.vendor_id(struct, ece.vendorId());
            ibv_ece.options(struct, ece.options());
            frame.checkErrno("rdma_set_local_ece", LibCmSetup.setLocalEce(frame, pointer, struct), describe() + ": " + ece
                + "; the vendor id must not be 0");
        }
    }

    @Override
    public synchronized Ece remoteEce() {
        requireOpen("rdma_get_remote_ece");
        try (Frame frame = new Frame()) {
            final MemorySegment struct = ibv_ece.allocate(frame.arena);
            frame.checkErrno("rdma_get_remote_ece", LibCmSetup.getRemoteEce(frame, pointer, struct), describe());
            return new Ece(ibv_ece.vendor_id(struct), ibv_ece.options(struct));
        }
    }

    @Override
    public synchronized void joinMulticast(final InetAddress group) {
        requireOpen("rdma_join_multicast");
        multicast.join(this, group);
    }

    @Override
    public synchronized void joinMulticast(final InetAddress group, final MulticastMembership membership) {
        requireOpen("rdma_join_multicast_ex");
        multicast.join(this, group, membership);
    }

    @Override
    public synchronized void leaveMulticast(final InetAddress group) {
        requireOpen("rdma_leave_multicast");
        multicast.leave(this, group);
    }

    @Override
    public synchronized void disconnect() {
        requireOpen("rdma_disconnect");
        if (Frame.isNull(rdma_cm_id.verbs(pointer))) {
            return; // never connected
        }
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
        final IbvQueuePair connected = qp;
        if (type == CmEventType.ESTABLISHED && connected != null) {
            connected.established();
        } else if (type == CmEventType.DISCONNECTED || type == CmEventType.DEVICE_REMOVAL) {
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
        return SocketAddresses.read(rdma_addr.src_storage(rdma_route.addr(rdma_cm_id.route(pointer))));
    }

    @Override
    public synchronized InetSocketAddress peerAddress() {
        requireOpen("rdma_get_peer_addr");
        return SocketAddresses.read(rdma_addr.dst_storage(rdma_route.addr(rdma_cm_id.route(pointer))));
    }

    @Override
    public synchronized int localPort() {
        requireOpen("rdma_get_src_port");
        try (Frame frame = new Frame()) {
            return SocketAddresses.port(LibCm.getSrcPort(frame, pointer));
        }
    }

    @Override
    public synchronized int peerPort() {
        requireOpen("rdma_get_dst_port");
        try (Frame frame = new Frame()) {
            return SocketAddresses.port(LibCm.getDstPort(frame, pointer));
        }
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
        return pointer == null ? "a CM id that is being made" : "CM id 0x" + Long.toHexString(pointer.address());
    }

    @Override
    protected String closeVerb() {
        return "rdma_destroy_id";
    }

    @Override
    protected void release() {
        multicast.leaveAll(this);
        try (Frame frame = new Frame()) {
            frame.checkErrno(closeVerb(), LibCm.destroyId(frame, pointer), describe());
        }
        channel.remove(pointer.address(), this); // not before: if it was refused, its events go on
    }
}
