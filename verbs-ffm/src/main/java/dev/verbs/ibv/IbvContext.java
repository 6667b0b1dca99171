package dev.verbs.ibv;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.verbs.AddressVector;
import dev.verbs.AsyncEvent;
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
import dev.verbs.ProtectionDomain;
import dev.verbs.VerbsException;
import dev.verbs.WorkCompletions;
import dev.verbs.headers.ibv_context;
import dev.verbs.headers.ibv_device_attr;
import dev.verbs.headers.ibv_device_attr_ex;
import dev.verbs.headers.ibv_gid;
import dev.verbs.headers.ibv_gid_entry;
import dev.verbs.headers.ibv_port_attr;
import dev.verbs.spi.AbstractResource;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** An opened device: {@code struct ibv_context}. */
final class IbvContext extends AbstractResource implements Context {
    /** What is being opened, bound where {@link ContextOps} is made of it: for {@link FirstDriver}, which is initialised with the first. */
    static final ScopedValue<MemorySegment> OPENING = ScopedValue.newInstance();

    private static final int PKEY_MASK = 0xFFFF;
    private static final ValueLayout.OfShort BIG_ENDIAN_SHORT = ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

    final MemorySegment pointer;
    final ContextOps ops;
    /** For extended queues. */
    final ContextOps waitingOps;
    /** What was made on it, by C pointer: asynchronous events name it so. */
    final IbvElements elements;
    private final IbvDevice device;
    private final IbvAsyncEvents events;

    private IbvContext(final AbstractResource root, final IbvDevice device, final MemorySegment pointer, final IbvElements elements,
        final IbvAsyncEvents events) {
        super(root);
        this.device = device;
        this.pointer = pointer;
        this.ops = ScopedValue.where(OPENING, pointer).call(() -> new ContextOps(pointer));
        this.waitingOps = ContextOps.waiting(pointer);
        this.elements = elements;
        this.events = events;
    }

    /** Takes over an opened context; if that fails, closes it. */
    static IbvContext of(final AbstractResource root, final IbvDevice device, final Frame frame, final MemorySegment pointer) {
        return Frame.orElse(() -> {
            final MemorySegment a = ibv_device_attr.allocate(frame.arena);
            frame.check("ibv_query_device", LibDevices.queryDevice(frame, pointer, a), device.name());
            final IbvElements elements = new IbvElements();
            return new IbvContext(root, device.knowing(DeviceQueries.device(a).atomicCapability()), pointer, elements,
                new IbvAsyncEvents(pointer, elements));
        }, () -> LibDevices.closeDevice(frame, pointer));
    }

    @Override
    public Device device() {
        return device;
    }

    @Override
    public synchronized DeviceAttributes queryDevice() {
        requireOpen("ibv_query_device");
        try (Frame frame = new Frame()) {
            final MemorySegment a = ibv_device_attr.allocate(frame.arena);
            frame.check("ibv_query_device", LibDevices.queryDevice(frame, pointer, a), describe());
            return DeviceQueries.device(a);
        }
    }

    @Override
    public synchronized DeviceAttributesEx queryDeviceEx() {
        requireOpen("ibv_query_device_ex");
        try (Frame frame = new Frame()) {
            final MemorySegment a = ibv_device_attr_ex.allocate(frame.arena);
            frame.check("ibv_query_device_ex", VerbsContextOps.queryDeviceEx(frame, pointer, MemorySegment.NULL, a), describe());
            return DeviceQueries.deviceEx(a);
        }
    }

    @Override
    public synchronized int completionVectors() {
        requireOpen("ibv_open_device");
        return ibv_context.num_comp_vectors(pointer);
    }

    @Override
    public synchronized PortAttributes queryPort(final int port) {
        requireOpen("ibv_query_port");
        try (Frame frame = new Frame()) {
            final MemorySegment a = ibv_port_attr.allocate(frame.arena);
            final int result = port < 1 || port > 255 ? Errno.EINVAL
                : VerbsContextOps.queryPort(frame, pointer, (byte)port, a);
            frame.check("ibv_query_port", result, "port " + port + " of " + device.name() + ": it has "
                + queryDevice().ports() + " port(s), numbered from 1");
            return DeviceQueries.port(a);
        }
    }

    @Override
    public synchronized List<GidEntry> gids(final int port) {
        final int ports = queryDevice().ports();
        long most = queryPort(port).gidTableLength();
        for (int other = 1; other <= ports; other++) {
            most += other == port ? 0 : queryPort(other).gidTableLength();
        }
        try (Frame frame = new Frame()) {
            final MemorySegment table = ibv_gid_entry.allocateArray(most, frame.arena);
            final long count = LibDevices.queryGidTable(frame, pointer, table, most, 0, ibv_gid_entry.sizeof());
            if (count < 0) {
                throw new VerbsException("ibv_query_gid_table", (int)-count, "port " + port + " of " + device.name());
            }
            final List<GidEntry> gids = new ArrayList<>();
            for (long i = 0; i < count; i++) {
                final GidEntry entry = DeviceQueries.gid(ibv_gid_entry.asSlice(table, i));
                if (entry.port() == port) {
                    gids.add(entry);
                }
            }
            gids.sort(Comparator.comparingInt(GidEntry::index));
            return gids;
        }
    }

    @Override
    public synchronized GidEntry gid(final int port, final int index) {
        checkIndex("ibv_query_gid_ex", port, "gid index", index, queryPort(port).gidTableLength());
        try (Frame frame = new Frame()) {
            final MemorySegment entry = ibv_gid_entry.allocate(frame.arena);
            final int result = LibDevices.queryGidEx(frame, pointer, port, index, entry, 0, ibv_gid_entry.sizeof());
            if (result != 0) {
                throw new VerbsException("ibv_query_gid_ex", frame.reason(result), "gid index " + index + " of port " + port
                    + " of " + device.name() + " is not in use; there are " + gids(port));
            }
            return DeviceQueries.gid(entry);
        }
    }

    @Override
    public synchronized Gid queryGid(final int port, final int index) {
        checkIndex("ibv_query_gid", port, "gid index", index, queryPort(port).gidTableLength());
        try (Frame frame = new Frame()) {
            final MemorySegment gid = ibv_gid.allocate(frame.arena);
            frame.checkErrno("ibv_query_gid", LibDevices.queryGid(frame, pointer, (byte)port, index, gid),
                "gid index " + index + " of port " + port + " of " + device.name());
            return Gid.of(gid.toArray(JAVA_BYTE));
        }
    }

    @Override
    public synchronized int pkey(final int port, final int index) {
        checkIndex("ibv_query_pkey", port, "pkey index", index, queryPort(port).pkeyTableLength());
        try (Frame frame = new Frame()) {
            final MemorySegment key = frame.arena.allocate(BIG_ENDIAN_SHORT);
            frame.checkErrno("ibv_query_pkey", LibDevices.queryPkey(frame, pointer, (byte)port, index, key),
                "pkey index " + index + " of port " + port + " of " + device.name());
            return Short.toUnsignedInt(key.get(BIG_ENDIAN_SHORT, 0));
        }
    }

    @Override
    public synchronized int pkeyIndex(final int port, final int pkey) {
        final int length = queryPort(port).pkeyTableLength();
        final int index;
        try (Frame frame = new Frame()) {
            index = pkey < 0 || pkey > PKEY_MASK ? -1
                : LibDevices.getPkeyIndex(frame, pointer, (byte)port, Short.reverseBytes((short)pkey));
        }
        if (index < 0) {
            throw new VerbsException("ibv_get_pkey_index", Errno.ENOENT, "pkey 0x" + Integer.toHexString(pkey)
                + " is not in the table of " + length + " of port " + port + " of " + device.name());
        }
        return index;
    }

    private void checkIndex(final String verb, final int port, final String what, final int index, final int length) {
        if (index < 0 || index >= length) {
            throw new VerbsException(verb, Errno.EINVAL, what + " " + index + " of port " + port + " of " + device.name()
                + (length == 0 ? ": it has none" : " is not in 0 .. " + (length - 1)));
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
        return events.fd();
    }

    @Override
    public AddressVector pathBack(final WorkCompletions completions, final int index, final MemorySegment grh, final int port) {
        return whileOpen("ibv_init_ah_from_wc", () -> IbvAddressHandle.path(this, completions, index, grh, port));
    }

    @Override
    public ProtectionDomain allocateProtectionDomain() {
        return create("ibv_alloc_pd", () -> IbvProtectionDomain.create(this));
    }

    @Override
    public CompletionChannel createCompletionChannel() {
        return create("ibv_create_comp_channel", () -> IbvCompletionChannel.create(this));
    }

    @Override
    public CompletionQueue createCompletionQueue(final int entries, final CompletionChannel channel, final int vector) {
        final IbvCompletionChannel ours = ours("ibv_create_cq", channel);
        return whileOpen("ibv_create_cq", listOf(ours), () -> create("ibv_create_cq",
            () -> IbvCompletionQueue.create(this, entries, ours, vector)));
    }

    private static List<IbvCompletionChannel> listOf(final IbvCompletionChannel channel) {
        return channel == null ? List.of() : List.of(channel);
    }

    private IbvCompletionChannel ours(final String verb, final CompletionChannel channel) {
        if (channel != null && channel.context() != this) {
            throw new VerbsException(verb, Errno.EINVAL, "the completion channel was made on another context");
        }
        return (IbvCompletionChannel)channel;
    }

    @Override
    public ExtendedCompletionQueue createExtendedCompletionQueue(final ExtendedCqConfig config) {
        final IbvCompletionChannel ours = ours("ibv_create_cq_ex", config.channel());
        return whileOpen("ibv_create_cq_ex", listOf(ours), () -> create("ibv_create_cq_ex",
            () -> IbvExtendedCompletionQueue.create(this, config, ours)));
    }

    @Override
    public String describe() {
        return device == null ? "a context that is being made" : "context of " + device.name();
    }

    @Override
    protected String closeVerb() {
        return "ibv_close_device";
    }

    @Override
    protected void release() {
        events.close(() -> {
            try (Frame frame = new Frame()) {
                frame.checkErrno(closeVerb(), LibDevices.closeDevice(frame, pointer), describe());
            }
        });
    }

    /** What the provider of this device has registered, over all its contexts. */
    long registeredBytes() {
        return device.root().registeredBytes();
    }
}
