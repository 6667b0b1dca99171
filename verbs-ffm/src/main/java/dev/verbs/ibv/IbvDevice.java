package dev.verbs.ibv;

import dev.verbs.Context;
import dev.verbs.Device;
import dev.verbs.Errno;
import dev.verbs.Guarantees;
import dev.verbs.NodeType;
import dev.verbs.VerbsException;
import dev.verbs.headers.ibv_device;
import dev.verbs.headers.types_h;
import dev.verbs.spi.ResourceRoot;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A device as it was listed; opening lists again, so that no pointer into a freed list is kept. */
record IbvDevice(ResourceRoot root, String name, long guid, NodeType nodeType, boolean iwarp) implements Device {
    private static final Guarantees INFINIBAND = new Guarantees(true, true, true, true, true, true, true, true);
    /** A kind of device that this library does not know: nothing beyond what every device does. */
    private static final Guarantees OTHER = new Guarantees(true, false, true, false, true, true, true, true);
    private static final Guarantees IWARP = new Guarantees(false, false, false, false, false, false, false, false);

    static List<Device> list(final ResourceRoot root) {
        try (Frame frame = new Frame()) {
            return withList(frame, list -> {
                final List<Device> devices = new ArrayList<>();
                for (int i = 0; !Frame.isNull(at(list, i)); i++) {
                    final MemorySegment device = at(list, i);
                    devices.add(new IbvDevice(root, name(frame, device),
                        Long.reverseBytes(LibDevices.getDeviceGuid(frame, device)),
                        NodeType.of(ibv_device.node_type(device)),
                        ibv_device.transport_type(device) == types_h.IBV_TRANSPORT_IWARP()));
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

    @Override
    public Guarantees guarantees() {
        return iwarp ? IWARP : nodeType == NodeType.CA ? INFINIBAND : OTHER;
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
