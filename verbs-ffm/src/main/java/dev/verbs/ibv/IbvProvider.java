package dev.verbs.ibv;

import dev.verbs.Device;
import dev.verbs.Errno;
import dev.verbs.ForkStatus;
import dev.verbs.VerbsException;
import dev.verbs.cm.AddressHints;
import dev.verbs.cm.AddressInfo;
import dev.verbs.cm.CmEventChannel;
import dev.verbs.spi.Availability;
import dev.verbs.spi.ResourceRoot;
import dev.verbs.spi.VerbsProvider;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * RDMA devices of the kernel, through the system's libibverbs.so.1 and librdmacm.so.1. Any thread.
 */
public final class IbvProvider implements VerbsProvider {
    private final ResourceRoot root = new ResourceRoot("ibv");

    /** A provider that has loaded nothing yet. */
    public IbvProvider() {
    }

    @Override
    public String name() {
        return "ibv";
    }

    @Override
    public boolean isEmulated() {
        return false;
    }

    @Override
    public Availability availability() {
        final Availability libraries = Libraries.probe();
        if (!libraries.usable()) {
            return libraries;
        }
        try {
            final List<Device> devices = IbvDevice.list(root);
            if (devices.isEmpty()) {
                return Availability.no("no RDMA device", "plug one in, or: rdma link add rxe0 type rxe netdev eth0");
            }
            return Availability.yes(devices.stream().map(Device::name).collect(Collectors.joining(", ", "RDMA device ", "")));
        } catch (final VerbsException e) {
            return Availability.no(e.getMessage(), "load the kernel's RDMA modules: modprobe ib_uverbs rdma_ucm");
        }
    }

    @Override
    public List<Device> devices() {
        requireLibraries();
        return IbvDevice.list(root);
    }

    @Override
    public CmEventChannel createEventChannel() {
        requireLibraries();
        return IbvCmEventChannel.create(root);
    }

    @Override
    public void forkInit() {
        requireLibraries();
        try (Frame frame = new Frame()) {
            final int result = LibDevices.forkInit(frame);
            frame.check("ibv_fork_init", result, result == Errno.EINVAL
                ? "memory was registered in this process before: call it before the first region is registered"
                : "the kernel cannot keep pages out of children");
        }
    }

    @Override
    public ForkStatus forkStatus() {
        requireLibraries();
        try (Frame frame = new Frame()) {
            return ForkStatus.of(LibDevices.isForkInitialized(frame));
        }
    }

    @Override
    public List<Device> managedDevices() {
        requireLibraries();
        final List<String> names = IbvAddressInfo.managedDevices();
        return IbvDevice.list(root).stream().filter(device -> names.contains(device.name())).toList();
    }

    @Override
    public List<AddressInfo> addressInfo(final String node, final String service, final AddressHints hints) {
        requireLibraries();
        return IbvAddressInfo.get(node, service, hints);
    }

    @Override
    public List<String> missingVerbs() {
        requireLibraries();
        return Stream.of(LibDevices.class, LibMemory.class, LibQueues.class, LibCm.class, LibCmSetup.class).flatMap(Verb::allOf)
            .filter(verb -> verb.linked() == null).map(verb -> verb.name() + " (rdma-core " + verb.since() + ")").sorted().toList();
    }

    private static void requireLibraries() {
        final Availability libraries = Libraries.probe();
        if (!libraries.usable()) {
            final int errno = libraries.reason().equals(Libraries.DENIED) ? 0 : Errno.ENODEV; // a constant of the headers
            throw new VerbsException("provider ibv", errno, libraries.toString());
        }
    }

    @Override
    public List<String> live() {
        return root.live();
    }

    @Override
    public long registeredBytes() {
        return root.registeredBytes();
    }

    @Override
    public void close() {
        // nothing runs here: resources are the caller's
    }
}
