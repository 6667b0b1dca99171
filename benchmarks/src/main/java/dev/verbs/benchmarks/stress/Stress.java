package dev.verbs.benchmarks.stress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;

/**
 * The command {@code ./verbs jcstress}: runs the stress tests in JVMs of their own, counts their samples, and fails if one saw what
 * is forbidden, broke, or saw no message arrive at all.
 */
public final class Stress {
    /** States that are alive at a time, at most twice. */
    static final int STRIDE = 128;

    private static final String FORK_FLAGS = "--sun-misc-unsafe-memory-access=allow";
    private static final String ARRIVED = "true, true";
    private static final List<String> QUICK = List.of("-jvmArgs", FORK_FLAGS, "-f", "1", "-iters", "2", "-time", "800");
    private static final List<String> LONG = List.of("-jvmArgsPrepend", FORK_FLAGS, "-m", "quick");
    /** No forks by compiler and affinity: with two actors they multiply the time and not the interleavings. */
    private static final List<String> ALWAYS = List.of("-sc", "false", "-af", "NONE", "-strideSize", Integer.toString(STRIDE),
        "-strideCount", "1", "-r", "report");

    private final Map<String, Count> counts = new TreeMap<>();

    /** Of one test, over all its JVMs. */
    private static final class Count {
        private int jvms;
        private long samples;
        private long arrived;
        private long forbidden;
        private final List<String> complaints = new ArrayList<>();

        private boolean isGood() {
            return forbidden == 0 && arrived > 0 && complaints.isEmpty();
        }
    }

    private Stress() {
    }

    /**
     * Runs.
     *
     * @param args {@code --quick} for one JVM per test, {@code --dir DIR} for its files; then a regular expression of the tests'
     *     names, all of them if there is none
     */
    public static void main(final String[] args) throws IOException, InterruptedException, ClassNotFoundException {
        final List<String> words = new ArrayList<>(Arrays.asList(args));
        final boolean quick = words.remove("--quick");
        final int at = words.indexOf("--dir");
        final Path directory = Path.of(at < 0 ? "jcstress" : words.remove(at + 1)).toAbsolutePath();
        if (at >= 0) {
            words.remove(at);
        }
        if (words.size() > 1 || words.stream().anyMatch(word -> word.startsWith("-"))) {
            System.err.println("usage: verbs jcstress [--quick] [REGEX]");
            System.exit(2);
        }
        final Stress stress = new Stress();
        final long start = System.nanoTime();
        final int status = run(directory, quick, words.isEmpty() ? "dev.verbs" : words.getFirst());
        stress.read(directory);
        System.exit(stress.print(status, (System.nanoTime() - start) / 1_000_000_000) ? 0 : 1);
    }

    private static int run(final Path directory, final boolean quick, final String tests) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        for (final Path old : blobs(directory)) {
            Files.delete(old);
        }
        final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            FORK_FLAGS, "-cp", System.getProperty("java.class.path"), "org.openjdk.jcstress.Main", "-t", tests));
        command.addAll(quick ? QUICK : LONG);
        command.addAll(ALWAYS);
        final Path log = directory.resolve("log");
        final ProcessBuilder child = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        final Process process = (quick ? child.redirectOutput(log.toFile()) : child.inheritIO()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> { // an interrupted run leaves no JVMs behind
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }));
        return process.waitFor();
    }

    private static List<Path> blobs(final Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches("jcstress-results-.*\\.bin\\.gz"))
                .sorted(Comparator.naturalOrder()).toList();
        }
    }

    private void read(final Path directory) throws IOException, ClassNotFoundException {
        for (final Path blob : blobs(directory)) {
            final DiskReadCollector reader = new DiskReadCollector(blob.toString(), this::add);
            reader.dump();
            reader.close();
        }
    }

    private void add(final TestResult result) {
        final Count count = counts.computeIfAbsent(result.getName().replaceFirst("^.*\\.", ""), name -> new Count());
        count.jvms++;
        count.samples += result.getTotalCount();
        count.arrived += result.getCount(ARRIVED);
        result.grading().gradingResults.values().stream()
            .filter(grade -> grade.expect == Expect.FORBIDDEN).forEach(grade -> count.forbidden += grade.count);
        if (result.status() != Status.NORMAL) {
            count.complaints.add(result.status() + " " + result.getMessages());
        } else {
            count.complaints.addAll(result.grading().failureMessages);
        }
    }

    private boolean print(final int status, final long seconds) {
        final String format = "%-50s %5s %12s %12s %10s  %s%n";
        System.out.printf(Locale.ROOT, format, "jcstress", "JVMs", "samples", "arrived", "forbidden", "");
        counts.forEach((name, count) -> {
            System.out.printf(Locale.ROOT, format, name, count.jvms, count.samples, count.arrived, count.forbidden,
                count.isGood() ? "ok" : count.arrived == 0 ? "FAILED: no message was seen to arrive" : "FAILED");
            count.complaints.stream().distinct().limit(5).forEach(complaint -> System.out.println("    " + complaint));
        });
        final long failed = counts.values().stream().filter(count -> !count.isGood()).count();
        final long samples = counts.values().stream().mapToLong(count -> count.samples).sum();
        System.out.println("jcstress: tests=" + counts.size() + " failed=" + failed + " samples=" + samples + " seconds=" + seconds
            + (status == 0 ? "" : " status=" + status));
        return status == 0 && failed == 0 && samples > 0;
    }
}
