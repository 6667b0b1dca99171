package dev.verbs.soft;

import dev.verbs.AsyncEvent;
import dev.verbs.CompletionChannel;
import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.Device;
import dev.verbs.DeviceAttributes;
import dev.verbs.Errno;
import dev.verbs.GidEntry;
import dev.verbs.PortAttributes;
import dev.verbs.ProtectionDomain;
import dev.verbs.VerbsException;
import dev.verbs.spi.AbstractResource;
import java.time.Duration;
import java.util.List;

/** The opened device. */
final class SoftContext extends AbstractResource implements Context {
    private final SoftDevice device;
    private final SoftFabric fabric;
    private final AsyncEvents events;

    SoftContext(final SoftDevice device, final SoftFabric fabric) {
        super(fabric.root());
        this.device = device;
        this.fabric = fabric;
        this.events = new AsyncEvents(fabric);
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
        return SoftDevice.ATTRIBUTES;
    }

    @Override
    public PortAttributes queryPort(final int port) {
        requireOpen("ibv_query_port");
        checkPort("ibv_query_port", port);
        return SoftDevice.PORT;
    }

    @Override
    public List<GidEntry> gids(final int port) {
        requireOpen("ibv_query_gid_table");
        checkPort("ibv_query_gid", port);
        return fabric.gids();
    }

    private static void checkPort(final String verb, final int port) {
        if (port < 1 || port > SoftDevice.PORTS) {
            throw new VerbsException(verb, Errno.EINVAL, "port " + port + " of " + SoftDevice.NAME + " does not exist: it has "
                + SoftDevice.PORTS + " port");
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
    public ProtectionDomain allocateProtectionDomain() {
        return create("ibv_alloc_pd", () -> new SoftProtectionDomain(this));
    }

    @Override
    public CompletionChannel createCompletionChannel() {
        return create("ibv_create_comp_channel", () -> new SoftCompletionChannel(this));
    }

    @Override
    public CompletionQueue createCompletionQueue(final int entries, final CompletionChannel channel) {
        if (entries < 1 || entries > SoftDevice.MAX_CQE) {
            throw new VerbsException("ibv_create_cq", Errno.EINVAL, entries + " entries are not in 1 .. max_cqe "
                + SoftDevice.MAX_CQE);
        }
        if (channel != null && channel.context() != this) {
            throw new VerbsException("ibv_create_cq", Errno.EINVAL, "the completion channel was made on another context");
        }
        return create("ibv_create_cq", () -> new SoftCompletionQueue(this, (SoftCompletionChannel)channel, entries));
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
