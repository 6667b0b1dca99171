package dev.verbs.benchmarks.paths;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code ./verbs bench}. */
@Command(name = "verbs bench", sortOptions = false, mixinStandardHelpOptions = true,
    description = "Measures the verbs' paths with JMH, in JVMs of its own: this library beside the same loop in C and beside a loop "
        + "written by hand on the Foreign Function API.")
public final class Bench implements Callable<Integer> {
    private static final String PACKAGE = Bench.class.getPackageName().replace(".", "\\.") + "\\.";
    private static final List<String> LINKAGES = List.of(BareCalls.DEFAULT, BareCalls.CRITICAL, BareCalls.SPLIT);
    private static final int LEAST_JVMS = 3;
    private static final int LEAST_ROUNDS = 10;
    private static final int TIMEOUT_SECONDS = 120;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", defaultValue = "", paramLabel = "REGEX",
        description = "paths whose name contains it: post, inline, wr, postReceive, poll, "
            + "spin, pollExtended, roundTrip, registerMemory, createQueuePair, modifyQueuePair, connect; default: all")
    private String regex;

    @Option(names = "--target", split = ",", description = "c: a provider in C that does nothing; soft: the software device; "
        + "anything else: the first device whose name begins so, as rxe (default: c, soft and the first device, if there is one)")
    private List<String> targets;

    @Option(names = {"-p", "--param"}, description = "values of a parameter, as batch=1,16 or way=PATCHED")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--check", description = "measures what must hold on the C provider, and exits with 1 where it does not: one post + "
        + "one poll, 16 posted as a list + polled as a batch, and what they allocate")
    private boolean check;

    @Option(names = "--linkage", defaultValue = BareCalls.DEFAULT, description = "how the bare loop's calls are linked: default, critical, "
        + "or split: critical for those that only write or read memory (default: ${DEFAULT-VALUE}). The library's own stay as they are")
    private String linkage;

    @Option(names = "--jvms", defaultValue = "3", description = "JVMs per benchmark (default: ${DEFAULT-VALUE})")
    private int jvms;

    @Option(names = "--warmups", defaultValue = "5", description = "rounds of warm-up in each JVM (default: ${DEFAULT-VALUE})")
    private int warmups;

    @Option(names = "--rounds", defaultValue = "10", description = "rounds in each JVM (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--round-ms", defaultValue = "300", description = "length of a round (default: ${DEFAULT-VALUE})")
    private int roundMs;

    @Option(names = "--foreground", description = "code is compiled in the measuring thread (-Xbatch), which waits for it: a short warm-up "
        + "is enough then, also on a machine that is busy or emulated")
    private boolean foreground;

    @Option(names = "--quick", description = "one JVM, few short rounds, --foreground: shows that it works, and about how fast it is")
    private boolean quick;

    @Option(names = "--json", paramLabel = "FILE", description = "also writes every round of every figure there")
    private Path json;

    private Bench() {
    }

    /**
     * Runs.
     *
     * @param args see {@code --help}
     */
    public static void main(final String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }

    @Override
    public Integer call() throws RunnerException, IOException {
        settle();
        NativeLibraries.compile();
        final List<Figure> figures = new ArrayList<>();
        final Progress progress = new Progress(System.err);
        try {
            new Runner(options(), progress).run().stream().map(Figure::of).forEach(figures::add);
        } catch (final NoBenchmarksException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), "no path's name contains " + regex, e);
        }
        final int failed = progress.started() - figures.size();
        if (check && failed > 0) {
            return 1;
        }
        final List<Limits.Verdict> verdicts = check ? Limits.judge(figures) : List.of();
        final Report report = new Report("verbs bench " + String.join(" ", spec.commandLine().getParseResult().originalArgs()),
            conditions(), figures);
        report.print(System.out);
        verdicts.forEach(verdict -> System.out.println(verdict.line()));
        if (json != null) {
            report.write(json, verdicts);
        }
        if (failed > 0) {
            System.err.println(failed + " of " + progress.started() + " benchmarks failed: see above");
        }
        return failed == 0 && verdicts.stream().allMatch(Limits.Verdict::holds) ? 0 : 1;
    }

    private void settle() {
        if (quick) {
            jvms = 1;
            warmups = 2;
            rounds = 3;
            roundMs = 50;
            foreground = true;
        }
        if (!LINKAGES.contains(linkage)) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--linkage is one of " + LINKAGES + ", not " + linkage);
        }
        if (check && !linkage.equals(BareCalls.DEFAULT)) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--check compares with the default linkage");
        }
        final List<String> real = Device.real();
        if (targets == null) {
            targets = new ArrayList<>(List.of(Device.C, Device.SOFT));
            real.stream().limit(1).forEach(targets::add);
        }
        targets = targets.stream().map(target -> named(target, real)).toList();
        if (check) {
            regex = "roundTrip";
            targets = List.of(Device.C);
            parameters = Map.of("batch", "1,16");
            jvms = Math.max(jvms, LEAST_JVMS);
            warmups = Math.max(warmups, LEAST_ROUNDS); // code that is compiled anew allocates once: not in a round that counts
            rounds = Math.max(rounds, LEAST_ROUNDS);
        }
    }

    private String named(final String target, final List<String> real) {
        return target.equals(Device.C) || target.equals(Device.SOFT) ? target
            : real.stream().filter(name -> name.startsWith(target)).findFirst().orElseThrow(() -> new CommandLine.ParameterException(
                spec.commandLine(), "no device whose name begins with " + target + ": there is "
                + (real.isEmpty() ? "none" : String.join(", ", real))));
    }

    private Map<String, Object> conditions() {
        final Map<String, Object> conditions = new LinkedHashMap<>();
        conditions.put("jvms", jvms);
        conditions.put("warmupsPerJvm", warmups);
        conditions.put("roundsPerJvm", rounds);
        conditions.put("roundMs", roundMs);
        conditions.put("bareLinkage", linkage);
        conditions.put("jvmArgs", String.join(" ", jvmArgs()));
        return conditions;
    }

    private org.openjdk.jmh.runner.options.Options options() {
        final ChainedOptionsBuilder options = new OptionsBuilder()
            .include(PACKAGE + "\\w+\\.\\w*" + regex).forks(jvms)
            .warmupIterations(warmups).warmupTime(TimeValue.milliseconds(roundMs))
            .measurementIterations(rounds).measurementTime(TimeValue.milliseconds(roundMs))
            .jvmArgs(jvmArgs()).param("target", targets.toArray(String[]::new))
            .addProfiler(GCProfiler.class).verbosity(VerboseMode.SILENT).shouldFailOnError(false)
            .timeout(TimeValue.seconds(TIMEOUT_SECONDS));
        parameters.forEach((name, values) -> options.param(name, values.split(",")));
        return options.build();
    }

    /** Not the parent's: the emulated guest runs programs with the first compiler only. */
    private String[] jvmArgs() {
        final List<String> all = new ArrayList<>(List.of("--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow", // JMH's own need
            "-D" + BareCalls.PROPERTY + "=" + linkage));
        if (foreground) {
            all.add("-Xbatch");
        }
        Arrays.stream(System.getenv().getOrDefault("VERBS_JAVA_OPTS", "").split(" ")).filter(option -> !option.isBlank())
            .forEach(all::add);
        return all.toArray(String[]::new);
    }
}
