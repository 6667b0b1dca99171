package dev.verbs.cm;

import dev.verbs.Context;
import dev.verbs.Device;
import dev.verbs.PortState;
import dev.verbs.VerbsException;
import dev.verbs.spi.VerbsProvider;
import java.util.ArrayList;
import java.util.List;

/** Which devices and addresses there are, for messages about addresses that lead nowhere. */
final class Surroundings {
    private Surroundings() {
    }

    /** One clause; never throws. */
    static String of(final VerbsProvider provider) {
        final List<String> ports = new ArrayList<>();
        try {
            for (final Device device : provider.devices()) {
                describe(device, ports);
            }
        } catch (final VerbsException e) {
            return "the devices cannot be listed: " + e.getMessage();
        }
        return ports.isEmpty() ? "there is no RDMA device: rdma link add rxe0 type rxe netdev eth0" : "there are "
            + String.join("; ", ports);
    }

    private static void describe(final Device device, final List<String> ports) {
        try (Context context = device.open()) {
            final int count = context.queryDevice().ports();
            for (int port = 1; port <= count; port++) {
                final PortState state = context.queryPort(port).state();
                ports.add(device.name() + " port " + port + " " + state + " with GIDs "
                    + context.gids(port).stream().map(entry -> entry.gid().toString()).toList());
            }
        } catch (final VerbsException e) {
            ports.add(device.name() + " (" + e.getMessage() + ")");
        }
    }
}
