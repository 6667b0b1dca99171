package dev.verbs.benchmarks.hotpath;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The command {@code ./verbs hotpath}: nanoseconds per request of lists and of ibv_wr_*, in C and in Java, median (least - most).
 */
public final class HotPath {
    private static final List<String> WAYS = List.of("list", "patch", "refill", "wr", "poll", "pollex");
    private static final Map<String, String> NAMES = Map.of("list", "list, prepared once", "patch", "list, patched",
        "refill", "list, built each time", "wr", "ibv_wr_*", "poll", "poll_cq into an array", "pollex", "start_poll .. end_poll");

    private final String device;
    private final int forks;
    private final long requests;
    private final int warmups;
    private final int rounds;
    /** Samples in nanoseconds by {@code way linkage batch}. */
    private final Map<String, List<Double>> samples = new TreeMap<>();

    private HotPath(final String device, final int forks, final long requests, final int warmups, final int rounds) {
        this.device = device;
        this.forks = forks;
        this.requests = requests;
        this.warmups = warmups;
        this.rounds = rounds;
    }

    /**
     * Runs.
     *
     * @param args a device, {@code noop} if there is none; then JVMs per linkage, requests per round, rounds of warm-up and rounds
     */
    public static void main(final String[] args) throws IOException, InterruptedException {
        if (args.length > 5 || Arrays.stream(args).anyMatch(arg -> arg.startsWith("-"))) {
            System.err.println("usage: verbs hotpath [DEVICE [JVMS [REQUESTS [WARMUPS [ROUNDS]]]]]; DEVICE is noop or one of ibv_devices");
            System.exit(2);
        }
        final String device = args.length > 0 ? args[0] : Target.NOOP;
        final boolean noop = device.equals(Target.NOOP);
        final HotPath run = new HotPath(device, number(args, 1, noop ? 3 : 2), number(args, 2, noop ? 1_000_000 : 2048),
            number(args, 3, 10), number(args, 4, 11));
        CLibrary.compile();
        for (final String linkage : noop ? List.of(Calls.DEFAULT, Calls.CRITICAL) : List.of(Calls.DEFAULT, Calls.SPLIT)) {
            for (int fork = 0; fork < run.forks; fork++) {
                run.collect(linkage);
            }
        }
        run.print();
    }

    private static int number(final String[] args, final int index, final int otherwise) {
        return args.length > index ? Integer.parseInt(args[index]) : otherwise;
    }

    private void collect(final String linkage) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-Dhotpath.linkage=" + linkage, "-cp", System.getProperty("java.class.path"),
            HotPathRun.class.getName(), device, Long.toString(requests), Integer.toString(warmups), Integer.toString(rounds)));
        final Process child = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader lines = child.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                final String[] words = line.split(" ");
                final String[] way = words[0].split(":");
                final String column = way[0].equals("c") ? "C" : linkage;
                samples.computeIfAbsent(way[1] + " " + words[1] + " " + column, key -> new ArrayList<>())
                    .add(Double.parseDouble(words[2]));
            }
        }
        if (child.waitFor() != 0) {
            throw new IllegalStateException("a measuring JVM failed");
        }
    }

    private void print() {
        final boolean noop = device.equals(Target.NOOP);
        final String second = noop ? Calls.CRITICAL : Calls.SPLIT;
        System.out.println("ns per request on " + device + ": median (least - most) of " + rounds + " rounds in each of " + forks
            + " JVMs per linkage, after " + warmups + " rounds of warm-up; " + requests + " requests per round"
            + (noop ? "" : ", each posted and polled"));
        System.out.println(System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version") + " "
            + ManagementFactory.getRuntimeMXBean().getInputArguments() + ", " + System.getProperty("os.name") + " "
            + System.getProperty("os.version") + ", " + Runtime.getRuntime().availableProcessors() + " CPUs");
        System.out.println();
        System.out.println("| way | batch | C | Java, default | Java, " + second + " |");
        System.out.println("|---|--:|--:|--:|--:|");
        for (final String way : WAYS) {
            for (final int batch : new int[] {1, 4, 16, 64}) {
                final String key = way + " " + batch + " ";
                if (samples.containsKey(key + "C")) {
                    System.out.println("| " + NAMES.get(way) + " | " + batch + " | " + cell(key + "C") + " | " + cell(key + Calls.DEFAULT)
                        + " | " + cell(key + second) + " |");
                }
            }
        }
    }

    private String cell(final String key) {
        final List<Double> sorted = samples.get(key);
        Collections.sort(sorted);
        final String format = sorted.getLast() < 1000 ? "%.1f (%.1f - %.1f)" : "%.0f (%.0f - %.0f)";
        return String.format(Locale.ROOT, format, sorted.get(sorted.size() / 2), sorted.getFirst(), sorted.getLast());
    }
}
