package dev.verbs.ibv;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.verbs.AsyncEvent;
import dev.verbs.CompletionChannel;
import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.Device;
import dev.verbs.DeviceAttributes;
import dev.verbs.Errno;
import dev.verbs.Gid;
import dev.verbs.GidEntry;
import dev.verbs.GidType;
import dev.verbs.LinkLayer;
import dev.verbs.Mtu;
import dev.verbs.PortAttributes;
import dev.verbs.PortState;
import dev.verbs.ProtectionDomain;
import dev.verbs.VerbsException;
import dev.verbs.headers.ibv_device_attr;
import dev.verbs.headers.ibv_gid_entry;
import dev.verbs.headers.ibv_port_attr;
import dev.verbs.spi.AbstractResource;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** An opened device: {@code struct ibv_context}. */
final class IbvContext extends AbstractResource implements Context {
    final MemorySegment pointer;
    final ContextOps ops;
    /** What was made on it, by C pointer: asynchronous events name it so. */
    final IbvElements elements = new IbvElements();
    private final IbvDevice device;
    private final IbvAsyncEvents events;

    private IbvContext(final AbstractResource root, final IbvDevice device, final MemorySegment pointer) {
        super(root);
        this.device = device;
        this.pointer = pointer;
        this.ops = new ContextOps(pointer);
        this.events = new IbvAsyncEvents(pointer, elements);
    }

    /** Takes over an opened context; if that fails, closes it. */
    static IbvContext of(final AbstractResource root, final IbvDevice device, final Frame frame, final MemorySegment pointer) {
        return Frame.orElse(() -> new IbvContext(root, device, pointer), () -> LibDevices.closeDevice(frame, pointer));
    }

    @Override
    public Device device() {
        return device;
    }

    @Override
    public DeviceAttributes queryDevice() {
        requireOpen("ibv_query_device");
        try (Frame frame = new Frame()) {
            final MemorySegment a = ibv_device_attr.allocate(frame.arena);
            frame.check("ibv_query_device", LibDevices.queryDevice(frame, pointer, a), describe());
            return new DeviceAttributes(ibv_device_attr.fw_ver(a).getString(0),
                Long.reverseBytes(ibv_device_attr.node_guid(a)), unsigned(ibv_device_attr.max_mr_size(a)),
                ibv_device_attr.vendor_id(a), ibv_device_attr.vendor_part_id(a), ibv_device_attr.max_qp(a),
                ibv_device_attr.max_qp_wr(a), ibv_device_attr.max_sge(a), ibv_device_attr.max_sge_rd(a),
                ibv_device_attr.max_cq(a), ibv_device_attr.max_cqe(a), ibv_device_attr.max_mr(a), ibv_device_attr.max_pd(a),
                ibv_device_attr.max_qp_rd_atom(a), ibv_device_attr.max_qp_init_rd_atom(a),
                Byte.toUnsignedInt(ibv_device_attr.phys_port_cnt(a)));
        }
    }

    /** Drivers say "no limit" with all ones. */
    private static long unsigned(final long value) {
        return value < 0 ? Long.MAX_VALUE : value;
    }

    @Override
    public PortAttributes queryPort(final int port) {
        requireOpen("ibv_query_port");
        try (Frame frame = new Frame()) {
            final MemorySegment a = ibv_port_attr.allocate(frame.arena);
            final int result = port < 1 || port > 255 ? Errno.EINVAL
                : VerbsContextOps.queryPort(frame, pointer, (byte)port, a);
            frame.check("ibv_query_port", result, "port " + port + " of " + device.name() + ": it has "
                + queryDevice().ports() + " port(s), numbered from 1");
            return new PortAttributes(PortState.of(ibv_port_attr.state(a)), Mtu.of(ibv_port_attr.max_mtu(a)),
                Mtu.of(ibv_port_attr.active_mtu(a)), ibv_port_attr.gid_tbl_len(a),
                Integer.toUnsignedLong(ibv_port_attr.max_msg_sz(a)), Short.toUnsignedInt(ibv_port_attr.pkey_tbl_len(a)),
                Short.toUnsignedInt(ibv_port_attr.lid(a)), LinkLayer.of(ibv_port_attr.link_layer(a)),
                Byte.toUnsignedInt(ibv_port_attr.active_speed(a)), Byte.toUnsignedInt(ibv_port_attr.active_width(a)));
        }
    }

    @Override
    public List<GidEntry> gids(final int port) {
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
                final MemorySegment entry = ibv_gid_entry.asSlice(table, i);
                if (ibv_gid_entry.port_num(entry) == port) {
                    gids.add(new GidEntry(port, ibv_gid_entry.gid_index(entry),
                        Gid.of(ibv_gid_entry.gid(entry).toArray(JAVA_BYTE)), GidType.of(ibv_gid_entry.gid_type(entry))));
                }
            }
            gids.sort(Comparator.comparingInt(GidEntry::index));
            return gids;
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
    public ProtectionDomain allocateProtectionDomain() {
        return create("ibv_alloc_pd", () -> IbvProtectionDomain.create(this));
    }

    @Override
    public CompletionChannel createCompletionChannel() {
        return create("ibv_create_comp_channel", () -> IbvCompletionChannel.create(this));
    }

    @Override
    public CompletionQueue createCompletionQueue(final int entries, final CompletionChannel channel) {
        if (channel != null && channel.context() != this) {
            throw new VerbsException("ibv_create_cq", Errno.EINVAL, "the completion channel was made on another context");
        }
        return create("ibv_create_cq", () -> IbvCompletionQueue.create(this, entries, (IbvCompletionChannel)channel));
    }

    @Override
    public String describe() {
        return "context of " + device.name();
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
}
