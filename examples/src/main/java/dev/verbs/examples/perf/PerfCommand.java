package dev.verbs.examples.perf;

import dev.verbs.examples.CommandFailure;
import dev.verbs.examples.Session;
import dev.verbs.examples.VerbsCommand;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code verbs perf TOOL}: the tools of perftest, a subcommand each, with the options that C's have. */
public final class PerfCommand {
    private static final String PROVIDER = "--provider";
    private static final String WARM_UP = "--warm-up";
    private static final String DEADLINE = "--deadline";
    private static final String LIMIT = "--limit";
    private static final String ALLOCATIONS = "--allocations";
    private static final String NO_HINTS = "--no-spin-hints";
    private static final String HOST = "HOST";

    private PerfCommand() {
    }

    /**
     * The command with all tools.
     *
     * @return a new command line
     */
    public static CommandLine create() {
        final Which which = new Which();
        final CommandSpec perf = CommandSpec.wrapWithoutInspection(which).name("perf").versionProvider(new VerbsCommand.Version());
        which.spec = perf;
        perf.usageMessage().description("The tools of perftest 4.5 in Java; either end may be C's ib_send_lat, ib_write_bw and so on.",
            "On the software device both ends run in this process.").footer("", "Each tool has --help.");
        perf.addOption(OptionSpec.builder("-h", "--help").usageHelp(true).description("Shows this help.").build());
        final CommandLine line = new CommandLine(perf);
        for (final PerfTool tool : PerfTool.values()) {
            line.addSubcommand(tool.toolName(), new CommandLine(spec(tool)));
        }
        return line;
    }

    private static CommandSpec spec(final PerfTool tool) {
        final ToolCommand command = new ToolCommand(tool);
        final CommandSpec spec = CommandSpec.wrapWithoutInspection(command).name(tool.toolName())
            .versionProvider(new VerbsCommand.Version());
        command.spec = spec;
        spec.usageMessage().description("Measures like ib_" + tool.toolName() + " of perftest 4.5, and talks to it.",
            "Without HOST it is the server, with HOST the client. On the software device both ends run in this process.")
            .sortOptions(false).abbreviateSynopsis(true);
        spec.addPositional(PositionalParamSpec.builder().index("0").arity("0..1").paramLabel(HOST).type(String.class)
            .description("Where the server is.").build());
        for (final PerfFlag flag : PerfFlag.values()) {
            if (flag.isOf(tool) && !flag.isRefused()) {
                spec.addOption(option(flag));
            }
        }
        own().forEach(spec::addOption);
        final ArgGroupSpec.Builder refused = ArgGroupSpec.builder().heading("%nOptions of ib_" + tool.toolName()
            + " that are not supported:%n").validate(false).order(Integer.MAX_VALUE);
        for (final PerfFlag flag : PerfFlag.values()) {
            if (flag.isOf(tool) && flag.isRefused()) {
                refused.addArg(option(flag));
            }
        }
        spec.addArgGroup(refused.build());
        return spec;
    }

    private static OptionSpec option(final PerfFlag flag) {
        final OptionSpec.Builder option = OptionSpec.builder(flag.names().toArray(String[]::new)).description(flag.text())
            .usageHelp(flag == PerfFlag.HELP).versionHelp(flag == PerfFlag.VERSION);
        return (flag.label() == null ? option.arity("0").type(boolean.class)
            : option.arity("1").type(String.class).paramLabel(flag.label())).build();
    }

    private static List<OptionSpec> own() {
        return List.of(
            text(PROVIDER, "auto|soft|ibv", "auto", "Where devices come from: ibv (libibverbs), soft (in this process), or auto, the first "
                + "that can be used (default: auto)."),
            text(WARM_UP, "N", "20000", "Small messages that this process exchanges with itself before the test, through the same code, so "
                + "that it is compiled (default: 20000)."),
            text(DEADLINE, "SECONDS", "60", "Longest time without progress (default: 60)."),
            text(LIMIT, "SECONDS", "3600", "Longest time that the other end may take to come, and to measure alone (default: 3600)."),
            OptionSpec.builder(NO_HINTS).arity("0").type(boolean.class).description("Polls like C, without telling the processor every 64 "
                + "empty polls that it waits. In an emulated machine that keeps the other end from running.").build(),
            OptionSpec.builder(ALLOCATIONS).arity("0").type(boolean.class).description("Prints what the measuring thread allocated per "
                + "message, by its own counter, and how long the JVM compiled beside it.").build());
    }

    private static OptionSpec text(final String name, final String label, final String value, final String description) {
        return OptionSpec.builder(name).arity("1").type(String.class).paramLabel(label).defaultValue(value).description(description)
            .build();
    }

    /** Without a tool there is nothing to run. */
    private static final class Which implements Runnable {
        private CommandSpec spec;

        @Override
        public void run() {
            throw new ParameterException(spec.commandLine(), "which tool?");
        }
    }

    /** One tool. */
    private static final class ToolCommand implements Callable<Integer> {
        private final PerfTool tool;
        private CommandSpec spec;

        ToolCommand(final PerfTool tool) {
            this.tool = tool;
        }

        @Override
        public Integer call() throws Exception {
            final ParseResult parsed = spec.commandLine().getParseResult();
            final String host = parsed.matchedPositionalValue(0, null);
            try (Session session = Session.open(parsed.<String>matchedOptionValue(PROVIDER, "auto"))) {
                final PerfConfig config;
                try {
                    config = config(parsed, host, session.isEmulated());
                } catch (final IllegalArgumentException e) {
                    throw new ParameterException(spec.commandLine(), e.getMessage(), e);
                }
                final PerfSession runs = new PerfSession(session, config, spec.commandLine().getOut());
                if (session.isEmulated()) {
                    if (host != null) {
                        throw new CommandFailure("there is no " + host + " on the software device: both ends run in this process");
                    }
                    runs.bothEnds();
                } else {
                    runs.oneEnd();
                }
                return CommandLine.ExitCode.OK;
            }
        }

        private PerfConfig config(final ParseResult parsed, final String host, final boolean oneProcess) {
            final Map<PerfFlag, String> given = new EnumMap<>(PerfFlag.class);
            for (final PerfFlag flag : PerfFlag.values()) {
                final String name = flag.names().getFirst();
                if (flag.isOf(tool) && parsed.hasMatchedOption(name)) {
                    if (flag.isRefused()) {
                        throw new IllegalArgumentException(String.join(", ", flag.names()) + " is not supported: " + flag.text());
                    }
                    given.put(flag, flag.label() == null ? "" : parsed.matchedOptionValue(name, ""));
                }
            }
            final PerfConfig.Waits waits = new PerfConfig.Waits(number(parsed, WARM_UP, 0), seconds(parsed, DEADLINE),
                seconds(parsed, LIMIT), Duration.ZERO, !parsed.hasMatchedOption(NO_HINTS));
            final PerfConfig config = new PerfConfigReader(tool, given).read(host, oneProcess, waits);
            return parsed.hasMatchedOption(ALLOCATIONS) ? config.with(config.report().withAllocations()) : config;
        }

        private static Duration seconds(final ParseResult parsed, final String name) {
            return Duration.ofSeconds(number(parsed, name, 1));
        }

        private static long number(final ParseResult parsed, final String name, final long least) {
            final String text = parsed.commandSpec().findOption(name).getValue();
            try {
                final long value = Long.parseLong(text);
                if (value >= least && value <= Integer.MAX_VALUE) {
                    return value;
                }
            } catch (final NumberFormatException e) {
                throw new IllegalArgumentException(name + " '" + text + "' is not a number", e);
            }
            throw new IllegalArgumentException(name + " " + text + " is not in " + least + " .. " + Integer.MAX_VALUE);
        }
    }
}
