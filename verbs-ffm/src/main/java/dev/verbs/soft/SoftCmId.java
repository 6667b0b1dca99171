package dev.verbs.soft;

import dev.verbs.Errno;
import dev.verbs.QueuePair;
import dev.verbs.VerbsException;
import dev.verbs.cm.CmEventChannel;
import dev.verbs.cm.CmEventType;
import dev.verbs.cm.CmId;
import dev.verbs.cm.ConnectionParameters;
import dev.verbs.cm.PrivateData;
import dev.verbs.spi.AbstractResource;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

/** A listener, or one side of a connection; the two sides know each other. Guarded by the fabric's {@link CmAddressSpace}. */
final class SoftCmId extends AbstractResource implements CmId {
    /** Reason codes of rejections (InfiniBand specification, "REJ reason"). */
    private static final int TIMED_OUT = 4;
    private static final int NOBODY_LISTENS = 8;
    private static final int BY_PROGRAM = 28;
    private static final byte[] NO_DATA = {};

    private enum State {
        IDLE, BOUND, ADDRESS_RESOLVED, ROUTE_RESOLVED, LISTENING, CONNECTING, ANSWERED, REQUESTED, ACCEPTED, CONNECTED, ENDED
    }

    private final SoftCmChannel channel;
    private final CmAddressSpace space;
    private State state = State.IDLE;
    private InetSocketAddress local;
    /** Whether the port was taken by this id: not so for one that a request made. */
    private boolean ownsPort;
    private InetSocketAddress destination;
    private int backlog;
    private SoftCmId peer;
    private CmEndpoint end;

    SoftCmId(final SoftCmChannel channel) {
        super(channel);
        this.channel = channel;
        this.space = channel.fabric().connections();
    }

    @Override
    public CmEventChannel channel() {
        return channel;
    }

    private void require(final String verb, final State first, final State... more) {
        requireOpen(verb);
        if (!EnumSet.of(first, more).contains(state)) {
            throw new VerbsException(verb, Errno.EINVAL, describe() + " is " + state + ": " + verb + " needs it to be "
                + EnumSet.of(first, more));
        }
    }

    private void tell(final CmEventType type, final int status, final byte[] privateData) {
        channel.add(type, status, this, null, privateData);
    }

    @Override
    public void bind(final InetSocketAddress address) {
        synchronized (space) {
            require("rdma_bind_addr", State.IDLE);
            take(address);
            state = State.BOUND;
        }
    }

    private void take(final InetSocketAddress address) {
        local = space.bind(this, address);
        ownsPort = true;
    }

    @Override
    public void resolveAddress(final InetSocketAddress source, final InetSocketAddress target, final Duration timeout) {
        synchronized (space) {
            require("rdma_resolve_addr", State.IDLE, State.BOUND);
            if (target.getAddress() == null || !space.isReachable(target.getAddress())) {
                throw new VerbsException("rdma_resolve_addr", Errno.ENETUNREACH, "no RDMA device leads to " + target
                    + ": " + SoftDevice.NAME + " is in the network of " + space.primary().getHostAddress());
            }
            if (local == null) {
                take(source != null ? source : new InetSocketAddress(target.getAddress().getAddress().length
                    == SoftDevice.ADDRESS.length ? space.primary() : target.getAddress(), 0));
            }
            if (local.getAddress().isAnyLocalAddress()) {
                local = new InetSocketAddress(space.primary(), local.getPort());
            }
            destination = target;
            state = State.ADDRESS_RESOLVED;
            tell(CmEventType.ADDR_RESOLVED, 0, NO_DATA);
        }
    }

    @Override
    public void resolveRoute(final Duration timeout) {
        synchronized (space) {
            require("rdma_resolve_route", State.ADDRESS_RESOLVED);
            state = State.ROUTE_RESOLVED;
            tell(CmEventType.ROUTE_RESOLVED, 0, NO_DATA);
        }
    }

    @Override
    public void listen(final int most) {
        if (most < 1) {
            throw new IllegalArgumentException("backlog " + most + " is less than 1");
        }
        synchronized (space) {
            require("rdma_listen", State.BOUND);
            backlog = most;
            state = State.LISTENING;
        }
    }

    @Override
    public void connect(final QueuePair qp, final ConnectionParameters parameters) {
        synchronized (space) {
            require("rdma_connect", State.ROUTE_RESOLVED);
            final byte[] data = padded(parameters.wireData(PrivateData.MAX_REQUEST), PrivateData.MAX_REQUEST);
            end = new CmEndpoint("rdma_connect", channel.fabric(), qp, parameters);
            end.init();
            state = State.CONNECTING;
            if (!space.isLocal(destination.getAddress())) {
                end(CmEventType.UNREACHABLE, -Errno.ETIMEDOUT, NO_DATA);
                return;
            }
            final SoftCmId listener = space.at(destination);
            if (listener == null || listener.state != State.LISTENING) {
                end(CmEventType.REJECTED, NOBODY_LISTENS, padded(NO_DATA, PrivateData.MAX_REJECT));
            } else if (listener.channel.waitingRequests(listener) >= listener.backlog) {
                end(CmEventType.REJECTED, BY_PROGRAM, padded(NO_DATA, PrivateData.MAX_REJECT));
            } else {
                listener.requested(this, data);
            }
        }
    }

    private void requested(final SoftCmId active, final byte[] data) {
        final SoftCmId request = new SoftCmId(channel);
        request.state = State.REQUESTED;
        request.local = new InetSocketAddress(active.destination.getAddress(), local.getPort());
        request.destination = active.local;
        request.peer = active;
        active.peer = request;
        channel.add(CmEventType.CONNECT_REQUEST, 0, request, this, data);
    }

    private static byte[] padded(final byte[] data, final int mostPayload) {
        return Arrays.copyOf(data, mostPayload + PrivateData.HEADER);
    }

    /** The attempt has failed. */
    private void end(final CmEventType type, final int status, final byte[] privateData) {
        state = State.ENDED;
        peer = null;
        tell(type, status, privateData);
    }

    @Override
    public void accept(final QueuePair qp, final ConnectionParameters parameters) {
        synchronized (space) {
            require("rdma_accept", State.REQUESTED);
            final byte[] data = padded(parameters.wireData(PrivateData.MAX_ACCEPT), PrivateData.MAX_ACCEPT);
            end = new CmEndpoint("rdma_accept", channel.fabric(), qp, parameters);
            end.init();
            end.connectPassive(peer.end);
            state = State.ACCEPTED;
            peer.state = State.ANSWERED;
            peer.tell(CmEventType.CONNECT_RESPONSE, 0, data);
        }
    }

    @Override
    public void establish() {
        synchronized (space) {
            require("rdma_establish", State.ANSWERED);
            end.connectActive(peer.end);
            state = State.CONNECTED;
            peer.state = State.CONNECTED;
            peer.tell(CmEventType.ESTABLISHED, 0, NO_DATA);
        }
    }

    @Override
    public void reject(final byte[] privateData) {
        synchronized (space) {
            require("rdma_reject", State.REQUESTED);
            final byte[] data = padded(PrivateData.frame(privateData, PrivateData.MAX_REJECT), PrivateData.MAX_REJECT);
            refuse(BY_PROGRAM, data);
        }
    }

    private void refuse(final int reason, final byte[] data) {
        final SoftCmId other = peer;
        state = State.ENDED;
        peer = null;
        other.end(CmEventType.REJECTED, reason, data);
    }

    @Override
    public void disconnect() {
        synchronized (space) {
            requireOpen("rdma_disconnect");
            if (isConnected()) {
                final SoftCmId other = peer;
                disconnected();
                other.disconnected();
            }
        }
    }

    private boolean isConnected() {
        return state == State.CONNECTED || state == State.ACCEPTED || state == State.ANSWERED;
    }

    private void disconnected() {
        state = State.ENDED;
        peer = null;
        end.fail();
        tell(CmEventType.DISCONNECTED, 0, NO_DATA);
    }

    @Override
    public InetSocketAddress localAddress() {
        synchronized (space) {
            return local;
        }
    }

    @Override
    public String deviceName() {
        synchronized (space) {
            return isOnDevice() ? SoftDevice.NAME : null;
        }
    }

    @Override
    public int port() {
        synchronized (space) {
            return isOnDevice() ? SoftDevice.PORTS : 0;
        }
    }

    private boolean isOnDevice() {
        return local != null && !local.getAddress().isAnyLocalAddress();
    }

    @Override
    public String describe() {
        return "CM id" + (local == null ? "" : " at " + local.getAddress().getHostAddress() + ":" + local.getPort());
    }

    @Override
    protected String closeVerb() {
        return "rdma_destroy_id";
    }

    @Override
    protected void release() {
        final List<CmId> requests;
        synchronized (space) {
            if (isConnected()) {
                disconnect();
            } else if (state == State.REQUESTED) {
                refuse(BY_PROGRAM, padded(NO_DATA, PrivateData.MAX_REJECT));
            } else if (state == State.CONNECTING) {
                refuse(TIMED_OUT, NO_DATA);
            }
            state = State.ENDED;
            if (ownsPort) {
                space.unbind(local);
            }
            requests = channel.forget(this);
        }
        requests.forEach(CmId::close);
    }
}
