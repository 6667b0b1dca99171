package dev.verbs.examples;

import dev.verbs.PortOptions;
import dev.verbs.Verbs;
import picocli.CommandLine.Option;

/** Which device a command uses, and which path: what is left out is chosen, and the choice is printed. */
public final class DeviceOptions {
    @Option(names = "--provider", paramLabel = "auto|soft|ibv", defaultValue = Verbs.AUTO,
        description = "Where devices come from: ibv (libibverbs), soft (in this process), or auto, the first that can be used "
            + "(default: ${DEFAULT-VALUE}).")
    private String provider = Verbs.AUTO;

    @Option(names = "--device", paramLabel = "NAME", description = "Name of the RDMA device (default: the first usable one).")
    private String device;

    @Option(names = "--port", paramLabel = "N", defaultValue = "0",
        description = "Port of the RDMA device, from 1 (default: the first active one).")
    private int port;

    @Option(names = "--gid-index", paramLabel = "N", defaultValue = "-1",
        description = "Index in the port's GID table (default: the best one, RoCE v2 of an IPv4 address first).")
    private int gidIndex = -1;

    @Option(names = "--mtu", paramLabel = "BYTES", defaultValue = "0",
        description = "Path MTU: 256, 512, 1024, 2048 or 4096 (default: the port's active MTU).")
    private int mtu;

    /**
     * Where devices come from.
     *
     * @return name of the provider, or {@link Verbs#AUTO}
     */
    public String provider() {
        return provider;
    }

    /**
     * What was said about device and path.
     *
     * @return the options
     * @throws IllegalArgumentException if no device accepts them
     */
    public PortOptions toPortOptions() {
        return new PortOptions(device, port, gidIndex, mtu);
    }
}
