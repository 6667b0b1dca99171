package dev.verbs.soft;

import dev.verbs.AsyncEvent;
import dev.verbs.AddressVector;
import dev.verbs.CompletionChannel;
import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.Device;
import dev.verbs.DeviceAttributes;
import dev.verbs.DeviceAttributesEx;
import dev.verbs.Errno;
import dev.verbs.ExtendedCompletionQueue;
import dev.verbs.ExtendedCqConfig;
import dev.verbs.Gid;
import dev.verbs.GidEntry;
import dev.verbs.PortAttributes;
import dev.verbs.PortState;
import dev.verbs.ProtectionDomain;
import dev.verbs.VerbsException;
import dev.verbs.WorkCompletions;
import dev.verbs.spi.AbstractResource;
import dev.verbs.spi.PathBack;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;

/** The opened device. */
final class SoftContext extends AbstractResource implements Context {
    /** Physical state of a port without a link (InfiniBand specification, PortInfo: PortPhysicalState). */
    private static final int DISABLED = 3;

    private final SoftDevice device;
    private final SoftHost host;
    private final SoftFabric fabric;
    private final AsyncEvents events;

    SoftContext(final SoftDevice device, final SoftHost host) {
        super(host.root());
        this.device = device;
        this.host = host;
        this.fabric = host.fabric();
        this.events = new AsyncEvents(host);
    }

    SoftHost host() {
        return host;
    }

    SoftFabric fabric() {
        return fabric;
    }

    /** Where everything made on this context raises its asynchronous events. */
    AsyncEvents events() {
        return events;
    }

    @Override
    public Device device() {
        return device;
    }

    @Override
    public DeviceAttributes queryDevice() {
        requireOpen("ibv_query_device");
        return device.attributes();
    }

    @Override
    public PortAttributes queryPort(final int port) {
        requireOpen("ibv_query_port");
        checkPort("ibv_query_port", port);
        return host.hasLink() ? device.port() : device.port().withState(PortState.DOWN, DISABLED);
    }

    @Override
    public List<GidEntry> gids(final int port) {
        requireOpen("ibv_query_gid_table");
        checkPort("ibv_query_gid", port);
        return host.gids();
    }

    @Override
    public DeviceAttributesEx queryDeviceEx() {
        requireOpen("ibv_query_device_ex");
        return DeviceAttributesEx.of(device.attributes());
    }

    @Override
    public int completionVectors() {
        requireOpen("ibv_open_device");
        return SoftDevice.COMPLETION_VECTORS;
    }

    @Override
    public GidEntry gid(final int port, final int index) {
        requireOpen("ibv_query_gid_ex");
        checkPort("ibv_query_gid_ex", port);
        checkIndex("ibv_query_gid_ex", "gid index", index, device.port().gidTableLength());
        if (index >= host.gids().size()) {
            throw new VerbsException("ibv_query_gid_ex", Errno.ENODATA, "gid index " + index + " of port " + port + " of "
                + SoftDevice.NAME + " is not in use; there are " + host.gids());
        }
        return host.gids().get(index);
    }

    @Override
    public Gid queryGid(final int port, final int index) {
        requireOpen("ibv_query_gid");
        checkPort("ibv_query_gid", port);
        checkIndex("ibv_query_gid", "gid index", index, device.port().gidTableLength());
        return index < host.gids().size() ? host.gids().get(index).gid() : Gid.of(new byte[Gid.LENGTH]);
    }

    @Override
    public int pkey(final int port, final int index) {
        requireOpen("ibv_query_pkey");
        checkPort("ibv_query_pkey", port);
        checkIndex("ibv_query_pkey", "pkey index", index, device.port().pkeyTableLength());
        return SoftDevice.PKEY;
    }

    @Override
    public int pkeyIndex(final int port, final int pkey) {
        requireOpen("ibv_get_pkey_index");
        checkPort("ibv_get_pkey_index", port);
        if (pkey != SoftDevice.PKEY) {
            throw new VerbsException("ibv_get_pkey_index", Errno.ENOENT, "pkey 0x" + Integer.toHexString(pkey)
                + " is not in the table of " + device.port().pkeyTableLength() + " of port " + port + " of " + SoftDevice.NAME);
        }
        return 0;
    }

    private static void checkIndex(final String verb, final String what, final int index, final int length) {
        if (index < 0 || index >= length) {
            throw new VerbsException(verb, Errno.EINVAL, what + " " + index + " of " + SoftDevice.NAME
                + (length == 0 ? " does not exist: it has none" : " is not in 0 .. " + (length - 1)));
        }
    }

    private static void checkPort(final String verb, final int port) {
        if (port < 1 || port > SoftDevice.PORTS) {
            throw new VerbsException(verb, Errno.EINVAL, "port " + port + " of " + SoftDevice.NAME + " does not exist: it has "
                + SoftDevice.PORTS + " port(s), numbered from 1");
        }
    }

    @Override
    public AsyncEvent awaitAsyncEvent(final Duration timeout) {
        requireOpen("ibv_get_async_event");
        return events.await(timeout);
    }

    @Override
    public int asyncFd() {
        requireOpen("ibv_get_async_event");
        throw new VerbsException("ibv_get_async_event", Errno.EOPNOTSUPP, "the software device lives in this JVM and has no file "
            + "descriptor: wait with awaitAsyncEvent");
    }

    @Override
    public AddressVector pathBack(final WorkCompletions completions, final int index, final MemorySegment grh, final int port) {
        return pathBack("ibv_init_ah_from_wc", completions, index, grh, port);
    }

    AddressVector pathBack(final String verb, final WorkCompletions completions, final int index, final MemorySegment grh,
        final int port) {
        requireOpen(verb);
        PathBack.check(verb, completions, index, grh, port, device.attributes());
        final AddressVector path = PathBack.of(completions, index, grh, port, host.gids());
        if (path == null) {
            throw new VerbsException(verb, Errno.EINVAL, PathBack.explain(grh, host.gids()));
        }
        return path;
    }

    @Override
    public ProtectionDomain allocateProtectionDomain() {
        return create("ibv_alloc_pd", () -> new SoftProtectionDomain(this));
    }

    @Override
    public CompletionChannel createCompletionChannel() {
        return create("ibv_create_comp_channel", () -> new SoftCompletionChannel(this));
    }

    @Override
    public CompletionQueue createCompletionQueue(final int entries, final CompletionChannel channel, final int vector) {
        check("ibv_create_cq", entries, channel, vector);
        return create("ibv_create_cq", () -> new SoftCompletionQueue(this, (SoftCompletionChannel)channel, entries, null, false,
            false));
    }

    @Override
    public ExtendedCompletionQueue createExtendedCompletionQueue(final ExtendedCqConfig config) {
        check("ibv_create_cq_ex", config.entries(), config.channel(), config.vector());
        host.requireInfiniBand("ibv_create_cq_ex", "extended completion queues");
        SoftExtendedCompletionQueue.check(config);
        return create("ibv_create_cq_ex", () -> new SoftExtendedCompletionQueue(this, config));
    }

    private void check(final String verb, final int entries, final CompletionChannel channel, final int vector) {
        if (vector < 0 || vector >= SoftDevice.COMPLETION_VECTORS) {
            throw new VerbsException(verb, Errno.EINVAL, "completion vector " + vector + " is not in 0 .. "
                + (SoftDevice.COMPLETION_VECTORS - 1) + " (num_comp_vectors is " + SoftDevice.COMPLETION_VECTORS + ")");
        }
        if (entries < 1 || entries > device.attributes().maxCqe()) {
            throw new VerbsException(verb, Errno.EINVAL, entries + " entries are not in 1 .. max_cqe "
                + device.attributes().maxCqe());
        }
        if (channel != null && channel.context() != this) {
            throw new VerbsException(verb, Errno.EINVAL, "the completion channel was made on another context");
        }
    }

    @Override
    public String describe() {
        return "context of " + SoftDevice.NAME;
    }

    @Override
    protected String closeVerb() {
        return "ibv_close_device";
    }

    @Override
    protected void release() {
        events.close();
    }
}
