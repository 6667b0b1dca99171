package dev.verbs.examples.tools;

import dev.verbs.Context;
import dev.verbs.Device;
import dev.verbs.PortOptions;
import dev.verbs.examples.CommonOptions;
import dev.verbs.examples.DeviceOptions;
import dev.verbs.examples.Session;
import dev.verbs.examples.VerbsCommand;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code verbs devices}: what {@code ibv_devinfo} tells, of any provider. */
@Command(name = "devices", versionProvider = VerbsCommand.Version.class, sortOptions = false,
    description = "Lists devices and their ports, in the words and order of rdma-core's ibv_devinfo.")
public final class DevicesCommand implements Callable<Integer> {
    @Option(names = {"-v", "--verbose"}, description = "Tells every attribute.")
    private boolean verbose;

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
            final List<Map<String, Object>> all = new ArrayList<>();
            for (final Device each : ToolOptions.devices(session.provider(), options)) {
                try (Context context = each.open()) {
                    all.add(describe(context, options.port(), json ? null : out));
                }
            }
            if (json) {
                out.println(Output.json(Map.of("provider", session.provider().name(), "devices", all)));
            }
            return 0;
        }
    }

    private Map<String, Object> describe(final Context context, final int wanted, final PrintWriter out) {
        final InfoPage page = DeviceInfo.of(context, verbose);
        final List<InfoPage> ports = new ArrayList<>();
        final int first = wanted == 0 ? 1 : wanted;
        final int last = wanted == 0 ? context.queryDevice().ports() : wanted;
        for (int port = first; port <= last; port++) {
            ports.add(PortInfo.of(context, port, verbose));
        }
        if (out != null) {
            page.lines().forEach(out::println);
            for (final InfoPage port : ports) {
                port.lines().forEach(out::println);
                out.println();
            }
        }
        page.tree().put("ports", ports.stream().map(InfoPage::tree).toList());
        return page.tree();
    }
}
