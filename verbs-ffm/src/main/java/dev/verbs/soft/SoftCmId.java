package dev.verbs.soft;

import dev.verbs.AddressVector;
import dev.verbs.Errno;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QueuePair;
import dev.verbs.VerbsException;
import dev.verbs.cm.CmEvent;
import dev.verbs.cm.CmEventType;
import dev.verbs.cm.CmId;
import dev.verbs.cm.ConnectionParameters;
import dev.verbs.cm.DatagramDestination;
import dev.verbs.cm.Ece;
import dev.verbs.cm.MulticastMembership;
import dev.verbs.cm.PortSpace;
import dev.verbs.cm.PrivateData;
import dev.verbs.cm.RejectReason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/**
 * What an identifier asks and answers: a listener, one side of a connection, or a user of datagrams. The two sides of a
 * connection know each other. Guarded by the fabric's {@link CmAddressSpace}. What is allowed when, and which event answers, is
 * the kernel's.
 */
final class SoftCmId extends CmBinding {
    /** How long a request or an answer waits: rdma_cm's 4.096 us * 2^24. */
    private static final long PATIENCE_NS = 4096L << 24;
    private static final int SIDR_NOBODY_LISTENS = 1;
    private static final int SIDR_REJECTED = 2;

    private final CmGroups groups = new CmGroups();
    /** First packet number of the queue pair, -1 before it is needed. */
    private int psn = -1;
    private int backlog;
    private SoftCmId peer;
    private CmEndpoint end;
    private CmEndpoint peerEnd;
    private Ece localEce = Ece.NONE;
    private Ece remoteEce = Ece.NONE;

    SoftCmId(final SoftCmChannel channel, final PortSpace portSpace) {
        super(channel, portSpace);
    }

    private int psn() {
        psn = psn < 0 ? space.randomPsn() : psn;
        return psn;
    }

    @Override
    public void listen(final int most) {
        if (most < 1) {
            throw new IllegalArgumentException("backlog " + most + " is less than 1");
        }
        synchronized (space) {
            require("rdma_listen", CmIdState.State.IDLE, CmIdState.State.BOUND);
            if (local == null) { // as the kernel: any address, any port
                take(new InetSocketAddress(0));
            }
            ports.check("rdma_listen", this, local, false);
            options.listens();
            backlog = most;
            is.now(CmIdState.State.LISTENING);
        }
    }

    /** Whether a request for an address is this id's to answer. */
    boolean answers(final InetAddress address) {
        final InetAddress own = local.getAddress();
        return is.in(CmIdState.State.LISTENING) && (own.equals(address)
            || own.isAnyLocalAddress() && (!isFamilyOnly() || own.getClass() == address.getClass()));
    }

    @Override
    public void connect(final QueuePair qp, final ConnectionParameters parameters) {
        synchronized (space) {
            require("rdma_connect", CmIdState.State.ROUTE_RESOLVED);
            is.requireConnections(this, "rdma_connect");
            final byte[] data = request(parameters);
            end = CmEndpoint.of("rdma_connect", channel.host(), psn(), qp, parameters);
            end.init(this);
            ask(data);
        }
    }

    @Override
    public void connect(final int qpNumber, final ConnectionParameters parameters) {
        synchronized (space) {
            require("rdma_connect", CmIdState.State.ROUTE_RESOLVED);
            final byte[] data = request(parameters);
            end = CmEndpoint.of(channel.host(), psn(), qpNumber, parameters);
            ask(data);
        }
    }

    private byte[] request(final ConnectionParameters parameters) {
        final int most = PrivateData.mostInRequest(portSpace);
        return padded(parameters.wireData(most), most);
    }

    private static byte[] padded(final byte[] data, final int mostPayload) {
        return Arrays.copyOf(data, mostPayload + PrivateData.HEADER);
    }

    private byte[] rejection(final byte[] payload) {
        final int most = PrivateData.mostInRejection(portSpace);
        return padded(PrivateData.frame(payload, most), most);
    }

    private void ask(final byte[] data) {
        say("REQUEST from=" + text(local) + " to=" + text(destination));
        is.now(CmIdState.State.CONNECTING);
        after(PATIENCE_NS, this::giveUp);
        final SoftHost host = space.hostOf(destination.getAddress());
        if (host == null) {
            refused(RejectReason.NOBODY_LISTENS, rejection(NO_DATA));
        } else {
            post.send(host, () -> asked(host, data));
        }
    }

    /** The request arrives. */
    private void asked(final SoftHost host, final byte[] data) {
        if (!isOpen() || !is.in(CmIdState.State.CONNECTING)) {
            return; // it has given up meanwhile
        }
        final SoftCmId listener = host.ports().listener(portSpace, destination);
        if (listener == null || listener.channel.waitingRequests(listener) >= listener.backlog) {
            CmPost.from(host).send(host(), () -> {
                if (isOpen() && is.in(CmIdState.State.CONNECTING)) {
                    refused(listener == null ? RejectReason.NOBODY_LISTENS : RejectReason.BY_PROGRAM, rejection(NO_DATA));
                }
            });
        } else {
            listener.requested(this, data);
        }
    }

    private void requested(final SoftCmId active, final byte[] data) {
        final SoftCmId request = new SoftCmId(channel, portSpace);
        request.is.now(CmIdState.State.REQUESTED);
        request.local = new InetSocketAddress(active.destination.getAddress(), local.getPort());
        request.destination = active.local;
        request.peer = active;
        request.peerEnd = active.end;
        request.remoteEce = active.localEce;
        request.options.inherit(options);
        active.peer = request;
        request.sayTold(CmEventType.CONNECT_REQUEST, 0, data);
        channel.add(new CmEvent(CmEventType.CONNECT_REQUEST, 0, request, this, data,
            portSpace.isDatagram() ? null : active.end.offer(), null));
    }

    /** Nobody has answered in time; the peer, if it is still there, is told. */
    private void giveUp() {
        tell(CmEventType.UNREACHABLE, -Errno.ETIMEDOUT, NO_DATA);
        if (portSpace.isDatagram()) {
            is.now(CmIdState.State.ENDED);
            peer = null;
        } else {
            refuse(RejectReason.TIMEOUT, rejection(NO_DATA));
        }
    }

    /** The attempt has failed. */
    private void fail(final CmEventType type, final int status, final byte[] data) {
        is.now(CmIdState.State.ENDED);
        peer = null;
        tell(type, status, data);
    }

    private void refused(final RejectReason reason, final byte[] data) {
        if (portSpace.isDatagram()) {
            fail(CmEventType.UNREACHABLE, reason == RejectReason.NOBODY_LISTENS ? SIDR_NOBODY_LISTENS : SIDR_REJECTED, data);
        } else {
            fail(CmEventType.REJECTED, !isIwarp() ? reason.code()
                : reason == RejectReason.NOBODY_LISTENS ? -Errno.ECONNREFUSED : -Errno.ECONNRESET, data);
        }
    }

    @Override
    public void accept(final QueuePair qp, final ConnectionParameters parameters) {
        synchronized (space) {
            require("rdma_accept", CmIdState.State.REQUESTED);
            is.requireConnections(this, "rdma_accept");
            final byte[] data = answer(parameters);
            end = CmEndpoint.of("rdma_accept", channel.host(), psn(), qp, parameters);
            end.init(this);
            end.connect(this, peerEnd, false, path(), options.ackTimeout());
            answer(data);
        }
    }

    @Override
    public void accept(final int qpNumber, final ConnectionParameters parameters) {
        synchronized (space) {
            require("rdma_accept", CmIdState.State.REQUESTED);
            final byte[] data = answer(parameters);
            end = CmEndpoint.of(channel.host(), psn(), qpNumber, parameters);
            if (portSpace.isDatagram()) {
                answerService(data);
            } else {
                answer(data);
            }
        }
    }

    private byte[] answer(final ConnectionParameters parameters) {
        final int most = PrivateData.mostInAnswer(portSpace);
        return padded(parameters.wireData(most), most);
    }

    private void answer(final byte[] data) {
        say("ANSWER to=" + peer.label());
        is.now(CmIdState.State.ACCEPTED);
        after(PATIENCE_NS, this::giveUp);
        final SoftCmId other = peer;
        post.send(other.host(), () -> {
            if (other.isOpen() && other.peer == this && other.is.in(CmIdState.State.CONNECTING)) {
                other.answered(this, data);
            }
        });
    }

    private void answered(final SoftCmId passive, final byte[] data) {
        peerEnd = passive.end;
        remoteEce = passive.localEce == Ece.NONE ? Ece.NONE // as librdmacm
            : new Ece(passive.remoteEce.vendorId(), passive.localEce.options());
        if (isIwarp()) { // no confirmation is needed: the connection manager connects by itself
            end.connect(this, peerEnd, true, path(), options.ackTimeout());
            is.now(CmIdState.State.CONNECTED);
            tell(CmEventType.ESTABLISHED, 0, data, passive.end.offer(), null);
            post.send(passive.host(), passive::established);
            return;
        }
        is.now(CmIdState.State.ANSWERED);
        tell(CmEventType.CONNECT_RESPONSE, 0, data, passive.end.offer(), null);
    }

    private void answerService(final byte[] data) {
        final SoftCmId other = peer;
        is.now(CmIdState.State.ENDED);
        peer = null;
        if (other != null) {
            say("ANSWER to=" + other.label());
            post.send(other.host(), () -> {
                if (other.peer == this && other.isOpen()) { // it may have gone: nobody is told of that
                    other.is.now(CmIdState.State.ENDED);
                    other.peer = null;
                    other.tell(CmEventType.ESTABLISHED, 0, data, null,
                        new DatagramDestination(other.path(), end.qpNumber(), DatagramDestination.DEFAULT_QKEY));
                }
            });
        }
    }

    private AddressVector path() {
        return CmEndpoint.path(ports.indexOf(local.getAddress()), destination.getAddress(), options.trafficClass());
    }

    @Override
    public void establish() {
        synchronized (space) {
            require("rdma_establish", CmIdState.State.ANSWERED);
            end.connect(this, peerEnd, true, path(), options.ackTimeout());
            say("READY to=" + peer.label());
            is.now(CmIdState.State.CONNECTED);
            final SoftCmId other = peer;
            post.send(other.host(), other::established);
        }
    }

    private void established() {
        if (isOpen() && is.in(CmIdState.State.ACCEPTED)) {
            is.now(CmIdState.State.CONNECTED);
            tell(CmEventType.ESTABLISHED, 0, NO_DATA);
        }
    }

    @Override
    public void notifyEstablished() {
        synchronized (space) {
            requireOpen("rdma_notify");
            if (is.in(CmIdState.State.CONNECTED)) {
                throw new VerbsException("rdma_notify", Errno.EISCONN, describe() + " is established already");
            }
            require("rdma_notify", CmIdState.State.ACCEPTED);
            established();
        }
    }

    @Override
    public QpAttributes initQpAttributes(final QpState state) {
        synchronized (space) {
            requireOpen("rdma_init_qp_attr");
            if (!isOnDevice()) {
                throw new VerbsException("rdma_init_qp_attr", Errno.EINVAL, describe() + " is on no device: resolve an address first");
            }
            if (portSpace.isDatagram()) {
                return CmGroups.attributes(state);
            }
            if (state == QpState.INIT && !is.in(CmIdState.State.ENDED)) {
                return CmEndpoint.initial(peerEnd == null ? end : peerEnd);
            }
            if (peerEnd == null || is.in(CmIdState.State.ENDED) || state != QpState.RTR && state != QpState.RTS) {
                throw new VerbsException("rdma_init_qp_attr", Errno.EINVAL, describe() + " is " + is + ": " + state
                    + " needs the peer's answer, or a request; and there are INIT, RTR and RTS only");
            }
            return state == QpState.RTR ? CmEndpoint.readyToReceive(peerEnd, path())
                : CmEndpoint.readyToSend(psn(), ownsPort ? end : null, peerEnd, options.ackTimeout());
        }
    }

    @Override
    public void reject(final byte[] privateData) {
        reject("rdma_reject", RejectReason.BY_PROGRAM, privateData);
    }

    @Override
    public void rejectEce(final byte[] privateData) {
        reject("rdma_reject_ece", RejectReason.VENDOR_OPTION, privateData);
    }

    private void reject(final String verb, final RejectReason reason, final byte[] privateData) {
        synchronized (space) {
            require(verb, CmIdState.State.REQUESTED, CmIdState.State.ANSWERED);
            refuse(reason, rejection(privateData));
        }
    }

    private void refuse(final RejectReason reason, final byte[] data) {
        final SoftCmId other = peer;
        is.now(CmIdState.State.ENDED);
        peer = null;
        if (other != null) {
            say("REJECT to=" + other.label() + " reason=" + reason);
            post.send(other.host(), () -> other.toldOfRefusal(this, reason, data));
        }
    }

    private void toldOfRefusal(final SoftCmId by, final RejectReason reason, final byte[] data) {
        if (peer == by && isOpen()) {
            if (is.in(CmIdState.State.REQUESTED)) { // before it has answered librdmacm does not tell it
                is.now(CmIdState.State.ENDED);
                peer = null;
            } else {
                refused(reason, data);
            }
        }
    }

    @Override
    public void setLocalEce(final Ece ece) {
        synchronized (space) {
            requireOpen("rdma_set_local_ece");
            if (ece.vendorId() == 0) {
                throw new VerbsException("rdma_set_local_ece", Errno.EINVAL, describe() + ": " + ece + "; the vendor id must not be 0");
            }
            localEce = ece;
        }
    }

    @Override
    public Ece remoteEce() {
        synchronized (space) {
            requireOpen("rdma_get_remote_ece");
            return remoteEce;
        }
    }

    @Override
    public void joinMulticast(final InetAddress group) {
        join("rdma_join_multicast", group);
    }

    @Override
    public void joinMulticast(final InetAddress group, final MulticastMembership membership) {
        join("rdma_join_multicast_ex", group); // who sends only does not attach: the manager has nothing more to do
    }

    private void join(final String verb, final InetAddress group) {
        synchronized (space) {
            requireOpen(verb);
            groups.check(verb, group);
            is.requireDatagrams(this, verb);
            require(verb, CmIdState.State.BOUND, CmIdState.State.ADDRESS_RESOLVED);
            if (!isOnDevice()) {
                throw new VerbsException(verb, Errno.EINVAL, describe() + " is on no device: bind it to a device's address");
            }
            groups.add(group);
            tell(CmEventType.MULTICAST_JOIN, 0, NO_DATA, null,
                CmGroups.destination(group, ports.indexOf(local.getAddress()), options.trafficClass()));
        }
    }

    @Override
    public void leaveMulticast(final InetAddress group) {
        synchronized (space) {
            requireOpen("rdma_leave_multicast");
            groups.remove(describe(), group);
        }
    }

    @Override
    public void disconnect() {
        synchronized (space) {
            requireOpen("rdma_disconnect");
            if (is.connected()) {
                final SoftCmId other = peer;
                say("DISCONNECT to=" + other.label());
                disconnected(true);
                post.send(other.host(), () -> {
                    if (other.peer == this && other.is.connected() && other.isOpen()) {
                        other.disconnected(false);
                    }
                });
            } else if (isIwarp() && end != null) {
                end.fail(true); // what waits behind a request that failed on this side
            }
        }
    }

    /** iWARP: the queue pair is not connected any more, and what waits in it is not this side's to flush. */
    void ended() {
        synchronized (space) {
            if (isOpen() && is.connected()) {
                final SoftCmId other = peer;
                say("DISCONNECT to=" + other.label());
                disconnected(false);
                post.send(other.host(), () -> {
                    if (other.peer == this && other.is.connected() && other.isOpen()) {
                        other.disconnected(false);
                    }
                });
            }
        }
    }

    /** Its host is dead. */
    void removed() {
        synchronized (space) {
            if (isOpen()) {
                tell(CmEventType.DEVICE_REMOVAL, 0, NO_DATA);
            }
        }
    }

    private void disconnected(final boolean told) {
        is.now(CmIdState.State.ENDED);
        peer = null;
        if (end != null) {
            end.fail(told);
        }
        tell(CmEventType.DISCONNECTED, 0, NO_DATA);
    }

    @Override
    protected String closeVerb() {
        return "rdma_destroy_id";
    }

    @Override
    protected void release() {
        final List<CmId> requests;
        synchronized (space) {
            if (is.connected()) {
                disconnect();
            } else if (is.in(CmIdState.State.REQUESTED)) {
                refuse(RejectReason.BY_PROGRAM, rejection(NO_DATA));
            } else if (is.in(CmIdState.State.CONNECTING) && !portSpace.isDatagram()) {
                refuse(RejectReason.TIMEOUT, NO_DATA);
            }
            is.now(CmIdState.State.ENDED);
            if (ownsPort) {
                ports.unbind(this, local.getPort());
            }
            requests = channel.forget(this);
        }
        requests.forEach(CmId::close);
    }

}
