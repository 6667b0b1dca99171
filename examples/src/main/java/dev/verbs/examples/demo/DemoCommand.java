package dev.verbs.examples.demo;

import dev.verbs.PortOptions;
import dev.verbs.PortSelection;
import dev.verbs.examples.CommonOptions;
import dev.verbs.examples.DeviceOptions;
import dev.verbs.examples.Session;
import dev.verbs.examples.VerbsCommand;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code verbs demo}: everything once, checked and timed. */
@Command(name = "demo", versionProvider = VerbsCommand.Version.class, sortOptions = false,
    description = "Runs a ping-pong, a stream query (Yahoo streaming benchmark) and a cyclo-join (TPC-H) on one device, checks every "
        + "result, and says how fast they were: the median of 5 passes after a warm-up.")
public final class DemoCommand implements Callable<Integer>, VerbsCommand.Tracing {
    private static final double NS_PER_S = 1e9;

    /** What can be falsified before it is checked, to see that checking works. */
    enum Corruption { ping, ysb, join }

    @Option(names = "--records", paramLabel = "N", defaultValue = "10000000",
        description = "Records of the stream query, over all nodes (default: ${DEFAULT-VALUE}).")
    private long records;

    @Option(names = "--scale", paramLabel = "F", defaultValue = "0.1",
        description = "TPC-H scale of the join (default: ${DEFAULT-VALUE}).")
    private double scale;

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "4",
        description = "Nodes, all in this process (default: ${DEFAULT-VALUE}).")
    private int nodes;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the result there, too.")
    private Path json;

    @Option(names = "--corrupt", hidden = true, description = "Falsifies a result before it is checked: ${COMPLETION-CANDIDATES}.")
    private Corruption corrupt;

    @Option(names = {"-v", "--verbose"}, description = "Shows where a failure comes from.")
    private boolean verbose;

    @Mixin
    private DeviceOptions device;

    @Mixin
    private CommonOptions common;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public boolean showsTraces() {
        return verbose;
    }

    @Override
    public Integer call() {
        final PortOptions options;
        final DemoConfig config;
        try {
            options = device.toPortOptions();
            config = new DemoConfig(records, scale, nodes, corrupt);
            if (json != null) {
                DemoReport.checkWritable(json);
            }
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        final PrintWriter out = spec.commandLine().getOut();
        final DemoReport report;
        try (Session session = Session.open(device)) {
            out.println("provider: " + session.explanation());
            final PortSelection port = session.choose(options);
            out.println("path: " + port.explanation());
            report = run(session, options, port, config);
        }
        DemoTable.lines(report.rows()).forEach(out::println);
        if (json != null) {
            report.write(json);
        }
        return report.verified() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private DemoReport run(final Session session, final PortOptions options, final PortSelection port, final DemoConfig config) {
        final long start = System.nanoTime();
        final Progress progress = new Progress(spec.commandLine().getOut(), Progress.onTerminal());
        final String where = session.provider().name();
        final List<DemoRow> rows = new ArrayList<>();
        new DemoStages(session, options, port, config).all().forEach((name, stage) -> {
            progress.stage(name);
            rows.add(row(name, where, stage, progress));
        });
        progress.done();
        final boolean verified = rows.stream().allMatch(DemoRow::verified);
        return new DemoReport(where, session.isEmulated(), session.explanation(), port.explanation(), Runtime.version().toString(),
            Runtime.getRuntime().availableProcessors(), (System.nanoTime() - start) / NS_PER_S, verified, rows);
    }

    /** A program that fails is a row that says so; the others run all the same. */
    private DemoRow row(final String name, final String where, final DemoStage stage, final Progress progress) {
        try {
            return stage.run(progress);
        } catch (final Exception e) {
            if (verbose) {
                e.printStackTrace(spec.commandLine().getErr());
            }
            return DemoRow.failed(name, where, String.format(Locale.ROOT, "failed: %s", e.getMessage() == null ? e : e.getMessage()));
        }
    }
}
