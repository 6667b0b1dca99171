package dev.verbs.examples.tools;

import dev.verbs.Context;
import dev.verbs.Device;
import dev.verbs.GidEntry;
import dev.verbs.LinkLayer;
import dev.verbs.PortAttributes;
import dev.verbs.PortOptions;
import dev.verbs.PortSelection;
import dev.verbs.PortState;
import dev.verbs.VerbsException;
import dev.verbs.spi.Availability;
import dev.verbs.spi.VerbsProvider;
import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the doctor finds out about one provider by using it. */
final class ProviderChecks {
    /** IPv6, UDP, base and extended transport headers, checksum: what a RoCE packet has beside its payload. */
    private static final int ROCE_HEADERS = 40 + 8 + 12 + 28 + 4;

    private final VerbsProvider provider;
    private final PortOptions options;
    private final boolean required;
    private final List<Finding> findings = new ArrayList<>();

    private ProviderChecks(final VerbsProvider provider, final PortOptions options, final boolean required) {
        this.provider = provider;
        this.options = options;
        this.required = required;
    }

    static List<Finding> run(final VerbsProvider provider, final PortOptions options, final boolean required) {
        final ProviderChecks checks = new ProviderChecks(provider, options, required);
        checks.provider();
        return checks.findings;
    }

    private void provider() {
        final Availability availability = provider.availability();
        final String subject = "provider " + provider.name();
        if (!provider.isEmulated()) {
            libraries();
        }
        if (!availability.usable()) {
            findings.add(required ? Finding.fail(subject, availability.reason(), availability.fix())
                : Finding.warn(subject, availability.reason(), availability.fix()));
            return;
        }
        findings.add(Finding.ok(subject, availability.reason()));
        for (final Device device : ToolOptions.devices(provider, options)) {
            device(device);
        }
    }

    /** The libraries are loaded by now if they are there; the kernel knows from where. */
    private void libraries() {
        try {
            final List<String> missing = provider.missingVerbs();
            final String files = Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .filter(file -> file.contains("/libibverbs.so") || file.contains("/librdmacm.so")).distinct().sorted()
                .collect(Collectors.joining(", "));
            findings.add(missing.isEmpty() ? Finding.ok("libraries", files + "; every verb is there")
                : Finding.warn("libraries", files + " lack " + String.join(", ", missing), "install a newer rdma-core if you need them"));
        } catch (final VerbsException | IOException e) {
            findings.add(required ? Finding.fail("libraries", e.getMessage(), "apt install libibverbs1 librdmacm1 ibverbs-providers")
                : Finding.warn("libraries", e.getMessage(), "apt install libibverbs1 librdmacm1 ibverbs-providers"));
        }
    }

    private void device(final Device device) {
        final String subject = "device " + device.name();
        try (Context context = device.open()) {
            findings.add(Finding.ok(subject, device.nodeType().text() + ", " + context.queryDevice().ports() + " port(s), firmware "
                + context.queryDevice().firmwareVersion()));
            boolean isActive = false;
            for (int port = 1; port <= context.queryDevice().ports(); port++) {
                isActive |= port(context, port);
            }
            if (isActive) {
                path(context);
                loopback(context);
            }
        } catch (final VerbsException e) {
            findings.add(Finding.fail(subject, e.getMessage(), "see the findings above"));
        }
    }

    private boolean port(final Context context, final int port) {
        final PortAttributes attributes = context.queryPort(port);
        final List<GidEntry> gids = context.gids(port);
        final String subject = context.device().name() + " port " + port;
        final String found = attributes.state().text() + ", " + attributes.linkLayer() + ", MTU " + attributes.activeMtu().bytes()
            + " of " + attributes.maxMtu().bytes() + ", " + gids.size() + " GIDs";
        if (attributes.state() != PortState.ACTIVE) {
            findings.add(Finding.warn(subject, found, attributes.linkLayer() == LinkLayer.ETHERNET
                ? "ip link set dev " + netdev(gids) + " up, and a cable or peer" : "start a subnet manager (opensm)"));
            return false;
        }
        findings.add(Finding.ok(subject, found));
        for (final GidEntry entry : gids) {
            final NetworkInterface netInterface = GidText.networkInterface(entry);
            if (netInterface != null) {
                mtu(subject, attributes, netInterface);
                break;
            }
        }
        return true;
    }

    private static String netdev(final List<GidEntry> gids) {
        return gids.stream().map(GidText::networkInterface).filter(found -> found != null).map(NetworkInterface::getName)
            .findFirst().orElse("NETDEV");
    }

    private void mtu(final String subject, final PortAttributes attributes, final NetworkInterface netInterface) {
        try {
            final int frame = netInterface.getMTU();
            final String found = "MTU " + attributes.activeMtu().bytes() + " in frames of " + frame + " bytes on " + netInterface.getName();
            final int wanted = attributes.maxMtu().bytes() + ROCE_HEADERS;
            if (frame < attributes.activeMtu().bytes() + ROCE_HEADERS - 28) { // the least that a packet needs: no extended header
                findings.add(Finding.fail(subject + " MTU", found + ": packets do not fit",
                    "ip link set dev " + netInterface.getName() + " mtu " + wanted));
            } else if (attributes.activeMtu().bytes() < attributes.maxMtu().bytes()) {
                findings.add(Finding.warn(subject + " MTU", found, "for MTU " + attributes.maxMtu().bytes() + ", on every host and switch: "
                    + "ip link set dev " + netInterface.getName() + " mtu " + wanted));
            } else {
                findings.add(Finding.ok(subject + " MTU", found));
            }
        } catch (final java.net.SocketException e) {
            findings.add(Finding.warn(subject + " MTU", e.getMessage(), "ip link show"));
        }
    }

    private void path(final Context context) {
        try {
            findings.add(Finding.ok(context.device().name() + " path", PortSelection.choose(context, options).explanation()));
        } catch (final VerbsException e) {
            findings.add(Finding.fail(context.device().name() + " path", e.diagnosis(), "see verbs gids"));
        }
    }

    private void loopback(final Context context) {
        final String subject = context.device().name() + " loopback";
        try {
            findings.add(Finding.ok(subject, LoopbackTest.run(provider, context, options)));
        } catch (final VerbsException | IllegalStateException e) {
            findings.add(Finding.fail(subject, e.getMessage(), "run it with VERBS_DEBUG=1, and look at dmesg"));
        }
    }
}
