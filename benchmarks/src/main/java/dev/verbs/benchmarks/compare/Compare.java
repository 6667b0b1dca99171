package dev.verbs.benchmarks.compare;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code ./verbs compare}: C's perftest and {@code ./verbs perf} side by side, and whether Java keeps its limits. */
@Command(name = "verbs compare", sortOptions = false, mixinStandardHelpOptions = true, usageHelpWidth = 110,
    description = {"Measures C's perftest and verbs perf side by side: C against C and Java against Java in turn, on this machine's RDMA"
        + " device, or else on rdma_rxe in a virtual machine (see: verbs vm --help).",
        "Prints median, least and most of both sides and of the ratio Java/C of each round. Limits: median latency at most 1.10, average"
        + " bandwidth at least 0.95 of C's."},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:every ratio is within its limit (with --quick: everything was measured)", "1:a ratio is not, or something failed",
        "2:bad options"})
public final class Compare implements Callable<Integer> {
    private static final int NO_DEVICE = 125;
    /** Enough for C2 with the thresholds of {@link #jvmOptions()}. */
    private static final int WARM_UP = 200_000;
    private static final int JVMS = 3;
    private static final int QUICK_WARM_UP = 10_000;
    private static final List<Integer> QUICK_SIZES = List.of(8, 65536);
    /** The packages whose code is measured. */
    private static final List<String> MEASURED = List.of("dev.verbs", "java.lang.invoke", "jdk.internal.foreign", "jdk.internal.misc");

    @Spec
    private CommandSpec spec;

    @Option(names = "--tests", split = ",", paramLabel = "TEST", description = "send_lat, write_lat, read_lat, send_bw, write_bw, read_bw"
        + " (default: all)")
    private List<String> tests = Stream.of(PerfTest.values()).map(PerfTest::tool).toList();

    @Option(names = "--sizes", split = ",", paramLabel = "BYTES", description = "of messages (default: powers of 4 from 8 on, and 65536)")
    private List<Integer> sizes;

    @Option(names = "--rounds", paramLabel = "N", description = "per size and side, after one of warm-up (default: 10)")
    private Integer rounds;

    @Option(names = "--iterations", paramLabel = "N", description = "messages per measurement (default: depends on test and size)")
    private int iterations;

    @Option(names = "--quick", description = "shows that everything works: 8 and 65536 bytes, 2 rounds. That says"
        + " little about speed, so a ratio beyond its limit is no failure")
    private boolean quick;

    @Option(names = "--device", paramLabel = "NAME", description = "(default: the first)")
    private String device;

    @Option(names = "--gid-index", paramLabel = "N", description = "(default: the first RoCE v2 GID of an IPv4 address)")
    private Integer gidIndex;

    @Option(names = "--cpus", split = ",", arity = "1", paramLabel = "CPU", description = "of all clients and of all servers, or 'any' to"
        + " leave them free (default: 0,1)")
    private List<String> cpus = List.of("0", "1");

    @Option(names = "--warm-up", paramLabel = "N", description = "messages that the JVMs exchange before the first"
        + " measurement of each test (default: 200000)")
    private Integer warmUp;

    @Option(names = "--jvms", paramLabel = "N", description = "pairs of JVMs per test, one after the other, that share its rounds"
        + " (default: 3)")
    private Integer jvms;

    @Option(names = "--repeat-disturbed", paramLabel = "N", description = "for machines that others use, too: a measurement that is 1.25"
        + " times worse than the best one of its side, test and size so far is repeated, up to N times, and the best attempt counts"
        + " (default: 0)")
    private int repeats;

    @Option(names = "--turns", paramLabel = "MS", description = "for machines that others use, too: both sides measure at the same time,"
        + " in turns of so many milliseconds, four times as many messages (default: 0, one side after the other)")
    private int turns;

    @Option(names = "--perf-options", split = " ", paramLabel = "OPTIONS", description = "further options for verbs perf, separated by"
        + " spaces")
    private List<String> perfOptions = List.of();

    @Option(names = "--c-tools", paramLabel = "DIR", description = "where ib_send_lat and the others are (default: on the search path)")
    private Path tools;

    @Option(names = "--control", description = "C on both sides, to see how much the ratios scatter by themselves")
    private boolean control;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "60", description = "for one measurement (default: 60)")
    private int timeout;

    @Option(names = "--json", paramLabel = "FILE", description = "also writes every figure there")
    private Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "also writes a page with plots there")
    private Path html;

    @Option(names = "--from", paramLabel = "FILE", description = "measures nothing, but reports what --json once wrote")
    private Path from;

    /** Given by {@link Guest}: this is the inside, and the result goes to this file. */
    @Option(names = "--inside", hidden = true)
    private Path inside;

    /** What was measured up to now. */
    private Supplier<Result> soFar;

    private Compare() {
    }

    /**
     * Runs.
     *
     * @param args see {@code --help}
     */
    public static void main(final String[] args) {
        System.exit(new CommandLine(new Compare()).setExecutionExceptionHandler((e, command, parsed) -> {
            if (e instanceof MeasurementException || e instanceof IOException || e instanceof IllegalArgumentException
                || e instanceof IllegalStateException) {
                System.err.println("verbs compare: " + (e instanceof IOException ? e.toString() : e.getMessage()));
                return CommandLine.ExitCode.SOFTWARE;
            }
            throw e;
        }).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, MeasurementException {
        if (from != null) {
            return report(Result.read(from), true);
        }
        if (quick) {
            sizes = sizes == null ? QUICK_SIZES : sizes;
            rounds = rounds == null ? Integer.valueOf(2) : rounds;
            warmUp = warmUp == null ? Integer.valueOf(QUICK_WARM_UP) : warmUp;
            jvms = jvms == null ? Integer.valueOf(1) : jvms;
        }
        jvms = jvms == null ? Integer.valueOf(JVMS) : jvms;
        if (jvms < 1) {
            throw new ParameterException(spec.commandLine(), "--jvms takes 1 or more, not " + jvms);
        }
        if (repeats < 0) {
            throw new ParameterException(spec.commandLine(), "--repeat-disturbed takes 0 or more, not " + repeats);
        }
        if (turns < 0 || turns > 0 && repeats > 0) {
            throw new ParameterException(spec.commandLine(), "--turns takes 0 or more, not " + turns
                + ", and goes without --repeat-disturbed: what disturbs meets both sides");
        }
        warmUp = warmUp == null ? Integer.valueOf(WARM_UP) : warmUp;
        plan(); // says what is wrong before a machine is started
        pinning();
        final List<String> devices = Devices.names();
        if (!devices.isEmpty() || inside != null) {
            if (!devices.contains(device == null && !devices.isEmpty() ? devices.getFirst() : device)) {
                throw new ParameterException(spec.commandLine(), "no device " + device + "; there are: " + devices);
            }
            device = device == null ? devices.getFirst() : device;
            gidIndex = gidIndex == null ? Integer.valueOf(Devices.gidIndex(device)) : gidIndex;
            return report(measure(), true);
        }
        return inGuest();
    }

    private Plan plan() {
        try {
            return new Plan(tests.stream().map(PerfTest::of).distinct().sorted().toList(),
                (sizes == null ? Plan.SIZES : sizes).stream().distinct().sorted().toList(), rounds == null ? 10 : rounds, iterations,
                device == null ? "" : device, gidIndex == null ? 0 : gidIndex);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private Pinning pinning() {
        if (cpus.equals(List.of("any"))) {
            return Pinning.NONE;
        }
        if (cpus.size() != 2 || !cpus.stream().allMatch(cpu -> cpu.matches("\\d{1,5}"))) {
            throw new ParameterException(spec.commandLine(), "--cpus takes two numbers, 0,1 for example, or 'any', not "
                + String.join(",", cpus));
        }
        return new Pinning(Integer.parseInt(cpus.get(0)), Integer.parseInt(cpus.get(1)));
    }

    private Result measure() throws InterruptedException, MeasurementException {
        final Plan plan = plan();
        final Map<String, String> environment = environment(plan);
        environment.forEach((name, value) -> System.err.println(name + ": " + value));
        final Duration limit = Duration.ofSeconds(timeout);
        final List<String> options = new ArrayList<>(List.of("--provider", "ibv"));
        options.addAll(perfOptions);
        final CPair c = new CPair(tools, pinning(), Listening.KERNEL, limit);
        final PerfPair java = control ? new CPair(tools, pinning(), Listening.KERNEL, limit)
            : new JavaPair(Guest.java(PerfHost.class, jvmOptions()), options, pinning(), Listening.KERNEL, limit, warmUp,
                plan.sizes());
        final Thread stop = new Thread(() -> {
            c.close();
            java.close();
        });
        Runtime.getRuntime().addShutdownHook(stop);
        try (c; java) {
            final Rounds measuring = new Rounds(plan, jvms, new Repeats(repeats), turns > 0 ? new Slices(Duration.ofMillis(turns)) : null,
                new EnumMap<>(Map.of(Side.C, c, Side.JAVA, java)), this::progress);
            final long start = System.nanoTime();
            soFar = () -> {
                environment.put("took", (System.nanoTime() - start) / 1_000_000_000 + " s");
                return new Result(environment, plan, measuring.samples(), measuring.failures());
            };
            measuring.run();
            return soFar.get();
        } finally {
            Runtime.getRuntime().removeShutdownHook(stop);
        }
    }

    /** Long runs are cut now and then: what was measured until then stands in the file, and {@code --from} reports it. */
    private void progress(final String line) {
        System.err.println(line);
        final Path file = data();
        if (file != null) {
            try {
                soFar.get().write(file);
            } catch (final IOException e) {
                System.err.println("verbs compare: " + file + " cannot be written yet: " + e);
            }
        }
    }

    private Path data() {
        return inside == null ? json : inside;
    }

    /**
     * Emulated, C2 takes minutes for what a JVM does at its start: there it shall only compile what is called very often; but what is
     * measured as early as elsewhere. That includes what a downcall consists of: while its counters say that it is hardly ever called,
     * C2 does not inline it. What samples counters every 50 ms is off.
     */
    private static String[] jvmOptions() {
        return System.getenv("VERBS_VM") == null ? new String[0] : Stream.concat(
            Stream.of("-XX:Tier4InvocationThreshold=40000", "-XX:Tier4MinInvocationThreshold=20000", "-XX:Tier4CompileThreshold=60000",
                "-XX:Tier4BackEdgeThreshold=1000000", "-XX:-UsePerfData", "-XX:CompileCommand=quiet"),
            MEASURED.stream().map(name -> "-XX:CompileCommand=CompileThresholdScaling," + name + ".*::*,0.05")).toArray(String[]::new);
    }

    private Map<String, String> environment(final Plan plan) throws InterruptedException {
        final Map<String, String> environment = Environment.read();
        environment.put("device", plan.device() + ", GID " + plan.gidIndex());
        environment.put("pinning", pinning().toString());
        if (control) {
            environment.put("control", "C stands on both sides: what is called Java is C, too");
        }
        environment.put("processes", "C: one per end and measurement; Java: a JVM per end, " + jvms + " pairs per test at most");
        environment.put("warm-up", (warmUp == 0 ? "" : JavaPair.OF_EACH + " messages of each size, then " + warmUp + " of 64 bytes between"
            + " the JVMs before each test and in each new pair; ") + "per test a round that does not count, for both sides");
        if (turns > 0) {
            environment.put("turns", "both sides at the same time, in turns of " + turns + " ms");
        }
        if (repeats > 0) {
            environment.put("disturbed measurements", "repeated up to " + repeats + " times; the best attempt counts, on both sides");
        }
        if (!perfOptions.isEmpty()) {
            environment.put("options of verbs perf", String.join(" ", perfOptions));
        }
        environment.put("JVM options", Stream.concat(Stream.of(jvmOptions()), ManagementFactory.getRuntimeMXBean().getInputArguments()
            .stream()).filter(option -> !option.startsWith("-Dverbs.")).collect(Collectors.joining(" ")));
        environment.put("command", "verbs compare " + String.join(" ", spec.commandLine().getParseResult().originalArgs().stream()
            .filter(word -> inside == null || !word.equals("--inside") && !word.equals(inside.toString())).toList()));
        return environment;
    }

    private int inGuest() throws IOException, InterruptedException, MeasurementException {
        final Path root = Path.of(System.getProperty("verbs.root", "."));
        final Path out = Files.createDirectories(root.resolve("target/compare")).toRealPath();
        final Path file = out.resolve("compare.json");
        Files.deleteIfExists(file);
        final Plan plan = plan();
        final int seconds = 600 + plan.cells() * (plan.rounds() + 1) * 10 * (turns > 0 ? Slices.LONGER : 1 + repeats);
        final List<String> args = new ArrayList<>(spec.commandLine().getParseResult().originalArgs());
        args.addAll(List.of("--inside", file.toString()));
        final int status = new Guest(root.resolve("examples/src/main/vm/vm.sh"), out, seconds).run(args);
        if (!Files.exists(file)) {
            throw new MeasurementException(status == NO_DEVICE ? "there is no RDMA device, and no virtual machine can run here"
                : "nothing was measured in the virtual machine (exit status " + status + ")");
        }
        return report(Result.read(file), false); // the inside has printed the tables
    }

    private int report(final Result result, final boolean print) throws IOException {
        if (print) {
            TextReport.lines(result).forEach(System.out::println);
        }
        if (data() != null) {
            result.write(data());
        }
        if (html != null && inside == null) {
            Page.write(result, html);
        }
        if (!result.isComplete()) {
            System.err.println("verbs compare: not every cell has all its rounds");
            return CommandLine.ExitCode.SOFTWARE;
        }
        return quick || result.shortOnes().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
