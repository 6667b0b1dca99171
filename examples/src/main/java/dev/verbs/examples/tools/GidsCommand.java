package dev.verbs.examples.tools;

import dev.verbs.Context;
import dev.verbs.Device;
import dev.verbs.GidEntry;
import dev.verbs.GidType;
import dev.verbs.PortOptions;
import dev.verbs.PortSelection;
import dev.verbs.VerbsException;
import dev.verbs.examples.CommonOptions;
import dev.verbs.examples.DeviceOptions;
import dev.verbs.examples.Session;
import dev.verbs.examples.VerbsCommand;
import java.io.PrintWriter;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code verbs gids}: the GID tables, and which entry a program would use. */
@Command(name = "gids", versionProvider = VerbsCommand.Version.class, sortOptions = false,
    description = "Lists the GIDs of all ports, and which one a program would use and why.")
public final class GidsCommand implements Callable<Integer> {
    private static final List<String> HEAD = List.of("", "device", "port", "index", "gid", "type", "netdev", "address");

    /**
     * An entry.
     *
     * @param device    name of the device
     * @param port      its port
     * @param index     index in the table
     * @param gid       the GID, 8 groups of 4 digits
     * @param type      what it stands for
     * @param netdev    network interface, {@code -} if there is none
     * @param address   the IP address that it stands for, {@code -} if it stands for none
     * @param chosen    whether a program would use it
     */
    public record Row(String device, int port, int index, String gid, String type, String netdev, String address, boolean chosen) {
    }

    @Option(names = "--json", description = "Writes JSON.")
    private boolean json;

    @Mixin
    private DeviceOptions device;

    @Mixin
    private CommonOptions common;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        final PortOptions options = ToolOptions.of(device, spec);
        final PrintWriter out = spec.commandLine().getOut();
        try (Session session = Session.open(device)) {
            final List<Row> rows = new ArrayList<>();
            final List<String> choices = new ArrayList<>();
            for (final Device each : ToolOptions.devices(session.provider(), options)) {
                try (Context context = each.open()) {
                    choices.add(collect(context, options, rows));
                }
            }
            if (json) {
                out.println(Output.json(Map.of("provider", session.provider().name(), "gids", rows, "choices", choices)));
            } else {
                print(rows, choices, out);
            }
            return 0;
        }
    }

    /** Adds the rows of a device; returns what a program would use and why. */
    private static String collect(final Context context, final PortOptions options, final List<Row> rows) {
        GidEntry chosen = null;
        String choice;
        try {
            final PortSelection selection = PortSelection.choose(context, options);
            chosen = selection.gid();
            choice = selection.explanation();
        } catch (final VerbsException e) {
            choice = context.device().name() + ": none: " + e.getMessage();
        }
        final int first = options.port() == 0 ? 1 : options.port();
        final int last = options.port() == 0 ? context.queryDevice().ports() : options.port();
        for (int port = first; port <= last; port++) {
            for (final GidEntry entry : context.gids(port)) {
                rows.add(row(context, entry, entry.equals(chosen)));
            }
        }
        return choice;
    }

    private static Row row(final Context context, final GidEntry entry, final boolean chosen) {
        final NetworkInterface netInterface = GidText.networkInterface(entry);
        final boolean stands = entry.type() == GidType.ROCE_V2 || entry.type() == GidType.ROCE_V1;
        final String address = !stands ? "-" : entry.gid().isIpv4Mapped() ? entry.gid().address().getHostAddress()
            : GidText.compressed(entry.gid());
        return new Row(context.device().name(), entry.port(), entry.index(), GidText.full(entry.gid()), entry.type().name(),
            netInterface == null ? "-" : netInterface.getName(), address, chosen);
    }

    private static void print(final List<Row> rows, final List<String> choices, final PrintWriter out) {
        final List<List<String>> cells = new ArrayList<>();
        cells.add(HEAD);
        for (final Row row : rows) {
            cells.add(List.of(row.chosen ? "*" : "", row.device, Integer.toString(row.port), Integer.toString(row.index), row.gid,
                row.type, row.netdev, row.address));
        }
        Output.table(cells).forEach(out::println);
        choices.forEach(choice -> out.println("* " + choice));
    }
}
