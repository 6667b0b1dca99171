package dev.verbs.examples.tools;

import dev.verbs.Device;
import dev.verbs.Errno;
import dev.verbs.PortOptions;
import dev.verbs.VerbsException;
import dev.verbs.examples.DeviceOptions;
import dev.verbs.spi.VerbsProvider;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What the tools take from the options that all commands share. */
final class ToolOptions {
    private ToolOptions() {
    }

    static PortOptions of(final DeviceOptions device, final CommandSpec spec) {
        try {
            return device.toPortOptions();
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** Every device, or the one that was named. */
    static List<Device> devices(final VerbsProvider provider, final PortOptions options) {
        final List<Device> all = provider.devices();
        final List<Device> wanted = all.stream()
            .filter(device -> options.device() == null || device.name().equals(options.device())).toList();
        if (wanted.isEmpty() && options.device() != null) {
            throw new VerbsException("ibv_open_device", Errno.ENODEV, "no device is called '" + options.device() + "': there are "
                + all.stream().map(Device::name).collect(Collectors.joining(", ")));
        }
        return wanted;
    }
}
