package dev.verbs.ibv;

import dev.verbs.AtomicCapability;
import dev.verbs.Context;
import dev.verbs.Device;
import dev.verbs.Errno;
import dev.verbs.Guarantees;
import dev.verbs.NodeType;
import dev.verbs.TransportType;
import dev.verbs.UnsupportedVerbException;
import dev.verbs.VerbsException;
import dev.verbs.headers.ibv_device;
import dev.verbs.headers.types_h;
import dev.verbs.spi.ResourceRoot;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A device as it was listed; opening lists again, so that no pointer into a freed list is kept.
 *
 * @param atomics how far atomicity reaches, null before the device was opened
 */
record IbvDevice(ResourceRoot root, String name, long guid, NodeType nodeType, TransportType transport, int index,
    AtomicCapability atomics) implements Device {

    static List<Device> list(final ResourceRoot root) {
        try (Frame frame = new Frame()) {
            return withList(frame, list -> {
                final List<Device> devices = new ArrayList<>();
                for (int i = 0; !Frame.isNull(at(list, i)); i++) {
                    final MemorySegment device = at(list, i);
                    devices.add(new IbvDevice(root, name(frame, device),
                        Long.reverseBytes(LibDevices.getDeviceGuid(frame, device)), NodeType.of(ibv_device.node_type(device)),
                        TransportType.of(ibv_device.transport_type(device)), index(frame, device), null));
                }
                return devices;
            });
        }
    }

    private static <T> T withList(final Frame frame, final Function<MemorySegment, T> action) {
        final MemorySegment count = frame.arena.allocate(ValueLayout.JAVA_INT);
        final MemorySegment list = LibDevices.getDeviceList(frame, count);
        if (Frame.isNull(list)) {
            throw frame.failed("ibv_get_device_list", "the kernel has no RDMA support, or /dev/infiniband is not readable");
        }
        try {
            return action.apply(list);
        } finally {
            LibDevices.freeDeviceList(frame, list);
        }
    }

    private static MemorySegment at(final MemorySegment list, final int index) {
        return list.getAtIndex(types_h.C_POINTER, index);
    }

    private static String name(final Frame frame, final MemorySegment device) {
        return LibDevices.getDeviceName(frame, device).getString(0);
    }

    /** The kernel's index; a library older than the verb tells none. */
    private static int index(final Frame frame, final MemorySegment device) {
        try {
            return LibDevices.getDeviceIndex(frame, device);
        } catch (final UnsupportedVerbException e) {
            return -1;
        }
    }

    /** The same device, opened. */
    IbvDevice knowing(final AtomicCapability found) {
        return new IbvDevice(root, name, guid, nodeType, transport, index, found);
    }

    @Override
    public Guarantees guarantees() {
        if (atomics == null) {
            try (Context context = open()) {
                return context.device().guarantees();
            }
        }
        final boolean hasAtomics = atomics == AtomicCapability.HCA || atomics == AtomicCapability.GLOB;
        final boolean iwarp = transport == TransportType.IWARP;
        // a kind of device that this library does not know: nothing beyond what every device does
        return iwarp ? iwarp(hasAtomics) : new Guarantees(true, nodeType == NodeType.CA, true, hasAtomics, true, true, true, true, true);
    }

    /**
     * RFC 5040 promises none of the first two, and has no immediates and no RNR; the rest as siw of Linux 6.1 does it:
     * siw_qp_sq_process() completes what was handed to TCP, siw_post_send() flushes nothing of a mapped queue in ERROR,
     * siw_qp_nextstate_from_idle() wants a socket, siw_query_qp() leaves out the state.
     */
    private static Guarantees iwarp(final boolean hasAtomics) {
        return new Guarantees(false, false, false, hasAtomics, false, false, false, false, false);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof IbvDevice that && name.equals(that.name) && guid == that.guid && root == that.root;
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public Context open() {
        try (Frame frame = new Frame()) {
            return withList(frame, list -> {
                for (int i = 0; !Frame.isNull(at(list, i)); i++) {
                    if (name(frame, at(list, i)).equals(name)) {
                        return open(frame, at(list, i));
                    }
                }
                throw new VerbsException("ibv_open_device", Errno.ENODEV, "device " + name + " is gone");
            });
        }
    }

    private Context open(final Frame frame, final MemorySegment device) {
        final MemorySegment context = LibDevices.openDevice(frame, device);
        if (Frame.isNull(context)) {
            throw frame.failed("ibv_open_device", "device " + name + ": "
                + (frame.errno() == Errno.EACCES ? "no permission for /dev/infiniband/uverbs*: add yourself to its group"
                : "is its driver loaded, and does /dev/infiniband/uverbs* exist?"));
        }
        return IbvContext.of(root, this, frame, context);
    }

    @Override
    public String toString() {
        return name;
    }
}
