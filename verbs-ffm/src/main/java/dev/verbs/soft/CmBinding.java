package dev.verbs.soft;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import dev.verbs.cm.CmEvent;
import dev.verbs.cm.CmEventChannel;
import dev.verbs.cm.CmEventType;
import dev.verbs.cm.CmId;
import dev.verbs.cm.CmOption;
import dev.verbs.cm.ConnectionOffer;
import dev.verbs.cm.DatagramDestination;
import dev.verbs.cm.PortSpace;
import dev.verbs.spi.AbstractResource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Where an identifier is: its channel, addresses, options and state. Guarded by the fabric's {@link CmAddressSpace}; locks are
 * taken in the order identifier, address space, channel.
 */
abstract class CmBinding extends AbstractResource implements CmId {
    static final byte[] NO_DATA = {};

    final CmAddressSpace space;
    /** Of the host that this identifier lives on. */
    final CmPorts ports;
    /** Its way to others. */
    final CmPost post;
    final PortSpace portSpace;
    final CmIdState is;
    /** Null if there is none. */
    private final Trace trace;
    private final int number;
    final CmIdOptions options = new CmIdOptions();
    /** Replaced by {@link #migrate}. */
    SoftCmChannel channel;
    InetSocketAddress local;
    /** Whether the port was taken by this id: not so for one that a request made. */
    boolean ownsPort;
    InetSocketAddress destination;

    CmBinding(final SoftCmChannel channel, final PortSpace portSpace) {
        super(channel);
        this.channel = channel;
        this.space = channel.fabric().connections();
        this.ports = channel.host().ports();
        this.post = CmPost.from(channel.host());
        this.portSpace = portSpace;
        this.is = new CmIdState();
        this.number = channel.fabric().journal().nextIdentifier();
        this.trace = channel.fabric().journal().trace();
    }

    @Override
    public final CmEventChannel channel() {
        synchronized (space) {
            return channel;
        }
    }

    @Override
    public final PortSpace portSpace() {
        return portSpace;
    }

    final SoftHost host() {
        return channel.host();
    }

    final boolean isIwarp() {
        return host().behaviour().iwarp();
    }

    final boolean reuses() {
        return options.reuses();
    }

    final boolean isFamilyOnly() {
        return options.isFamilyOnly(local);
    }

    final void require(final String verb, final CmIdState.State first, final CmIdState.State... more) {
        requireOpen(verb);
        is.require(this, verb, first, more);
    }

    /** What the trace calls it. */
    final String label() {
        return "id#" + number;
    }

    /** A message leaves, for the trace. */
    final void say(final String message) {
        if (trace != null) {
            trace.add(channel.host().name(), label(), "cm", "sends " + message);
        }
    }

    /** An event that the program will see, for the trace. */
    final void sayTold(final CmEventType type, final int status, final byte[] data) {
        if (trace != null) {
            trace.add(channel.host().name(), label(), "cm", "told " + type + " status=" + status + " data=" + data.length);
        }
    }

    static String text(final InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    final void tell(final CmEventType type, final int status, final byte[] data) {
        tell(type, status, data, null, null);
    }

    final void tell(final CmEventType type, final int status, final byte[] data, final ConnectionOffer offer,
        final DatagramDestination datagram) {
        sayTold(type, status, data);
        channel.add(new CmEvent(type, status, this, null, data, offer, datagram));
    }

    @Override
    public final synchronized void migrate(final CmEventChannel to) { // locks as close does: this, then the space
        synchronized (space) {
            requireOpen("rdma_migrate_id");
            if (!(to instanceof SoftCmChannel next) || next.host() != channel.host()) {
                throw new VerbsException("rdma_migrate_id", Errno.EINVAL, to.describe() + " was made through another provider");
            }
            if (next != channel) {
                moveTo(channel, next, () -> takeEventsTo(next));
            }
        }
    }

    private void takeEventsTo(final SoftCmChannel next) {
        final List<CmEvent> unread = channel.take(this);
        channel = next;
        for (final CmEvent event : unread) {
            if (event.listener() == this && event.id() instanceof CmBinding request) {
                request.migrate(next);
            }
            next.add(event);
        }
    }

    @Override
    public final void set(final CmOption option, final int value) {
        option.check(value);
        synchronized (space) {
            requireOpen("rdma_set_option");
            options.set(this, is, option, value);
        }
    }

    @Override
    public final void bind(final InetSocketAddress address) {
        synchronized (space) {
            require("rdma_bind_addr", CmIdState.State.IDLE);
            take(address);
            is.now(CmIdState.State.BOUND);
        }
    }

    final void take(final InetSocketAddress address) {
        options.boundTo(address);
        local = ports.bind(this, address);
        ownsPort = true;
    }

    @Override
    public final void resolveAddress(final InetSocketAddress source, final InetSocketAddress target, final Duration timeout) {
        synchronized (space) {
            require("rdma_resolve_addr", CmIdState.State.IDLE, CmIdState.State.BOUND);
            final InetAddress to = target.getAddress();
            final InetSocketAddress from = local != null ? local : source;
            if (to != null && from != null && from.getAddress().getClass() != to.getClass()) {
                throw new VerbsException("rdma_resolve_addr", Errno.EINVAL, from + " and " + target
                    + " are of different families: give a source of the destination's family");
            }
            if (to == null || !to.isAnyLocalAddress() && !ports.isReachable(to)) {
                throw new VerbsException("rdma_resolve_addr", Errno.ENETUNREACH, "no RDMA device leads to " + target + ": "
                    + ports.describe());
            }
            if (local == null) {
                take(source != null ? source : new InetSocketAddress(ports.isLocal(to) ? to : ports.primary(to), 0));
            }
            destination = to.isAnyLocalAddress() ? new InetSocketAddress(ports.primary(to), target.getPort()) : target;
            is.now(CmIdState.State.RESOLVING);
            if (space.hostOf(destination.getAddress()) != null || to.isMulticastAddress()) {
                resolved();
            } else {
                after(Math.max(1, timeout.toNanos()), () -> {
                    is.now(CmIdState.State.BOUND);
                    tell(CmEventType.ADDR_ERROR, -Errno.ETIMEDOUT, NO_DATA);
                });
            }
        }
    }

    private void resolved() {
        if (local.getAddress().isAnyLocalAddress()) {
            local = new InetSocketAddress(ports.primary(destination.getAddress().isMulticastAddress() ? local.getAddress()
                : destination.getAddress()), local.getPort());
        }
        is.now(CmIdState.State.ADDRESS_RESOLVED);
        tell(CmEventType.ADDR_RESOLVED, 0, NO_DATA);
    }

    /** Later, unless the state has changed by then. */
    final void after(final long nanos, final Runnable action) {
        final long change = is.changes();
        space.timers().schedule(channel.fabric().nanoTime() + nanos, () -> {
            if (isOpen() && is.changes() == change) {
                action.run();
            }
        });
    }

    @Override
    public final void resolveRoute(final Duration timeout) {
        synchronized (space) {
            require("rdma_resolve_route", CmIdState.State.ADDRESS_RESOLVED);
            is.now(CmIdState.State.ROUTE_RESOLVED);
            tell(CmEventType.ROUTE_RESOLVED, 0, NO_DATA);
        }
    }

    @Override
    public final InetSocketAddress localAddress() {
        synchronized (space) {
            return local;
        }
    }

    @Override
    public final InetSocketAddress peerAddress() {
        synchronized (space) {
            return destination;
        }
    }

    @Override
    public final int localPort() {
        synchronized (space) {
            return local == null ? 0 : local.getPort();
        }
    }

    @Override
    public final int peerPort() {
        synchronized (space) {
            return destination == null ? 0 : destination.getPort();
        }
    }

    @Override
    public final String deviceName() {
        synchronized (space) {
            return isOnDevice() ? SoftDevice.NAME : null;
        }
    }

    @Override
    public final int port() {
        synchronized (space) {
            return isOnDevice() ? SoftDevice.PORTS : 0;
        }
    }

    final boolean isOnDevice() {
        return local != null && !local.getAddress().isAnyLocalAddress();
    }

    @Override
    public final String describe() {
        return "CM id" + (local == null ? "" : " at " + local.getAddress().getHostAddress() + ":" + local.getPort());
    }
}
