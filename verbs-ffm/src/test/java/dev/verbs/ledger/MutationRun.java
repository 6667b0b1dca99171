package dev.verbs.ledger;

import dev.verbs.ledger.Mutants.Mutant;
import dev.verbs.ledger.RawBindings.Binding;
import dev.verbs.testkit.ChildJvm;
import dev.verbs.testkit.TestProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Runs the contract tests with mistakes in the bindings, on a device: each mistake must make a test fail that calls the binding. A
 * crash counts as a failure. Opt-in: {@code ./verbs vm -- ./verbs mutants DIRECTORY}.
 *
 * <p>Arguments: the {@code calls-DEVICE.tsv} of a run of the suite there, a directory for logs, then {@code swaps}, {@code skips} or
 * both.
 */
final class MutationRun {
    private static final int MOST_TESTS = 25;
    private static final int STUCK_MINUTES = 4;

    private final Path directory;
    private final Map<String, Set<String>> tests = new TreeMap<>();
    private final List<String> plan = new ArrayList<>();
    private final List<String> outcome = new ArrayList<>();

    private MutationRun(final Path directory) {
        this.directory = directory;
    }

    public static void main(final String[] args) throws Exception {
        final MutationRun run = new MutationRun(Path.of(args[1]));
        final RawBindings bindings = RawBindings.read();
        run.readTests(Path.of(args[0]), bindings, InlineVerbs.read(), Claims.read());
        final List<Mutant> mutants = new ArrayList<>();
        for (int i = 2; i < args.length; i++) {
            mutants.addAll(args[i].equals("swaps") ? Mutants.of(bindings.all()) : Mutants.skips(bindings.all()));
        }
        System.exit(run.run(mutants));
    }

    /** Per binding, the tests that called it, those first that claim to see its effect. */
    private void readTests(final Path calls, final RawBindings bindings, final InlineVerbs inline, final Map<String, Set<String>> claims)
        throws IOException {
        final Map<String, Set<String>> called = new TreeMap<>();
        for (final String line : Files.readAllLines(calls)) {
            final String[] parts = line.split("\t", -1);
            if (!parts[1].isEmpty()) {
                called.computeIfAbsent(parts[1], key -> new LinkedHashSet<>()).add(parts[0]);
            }
        }
        for (final Binding binding : bindings.all()) {
            final String verb = binding.exported() != null ? binding.exported() : String.valueOf(inline.of(binding));
            final Set<String> ordered = new LinkedHashSet<>(claims.getOrDefault(verb, Set.of()));
            ordered.retainAll(called.getOrDefault(binding.toString(), Set.of()));
            called.getOrDefault(binding.toString(), Set.of()).stream().filter(test -> ordered.size() < MOST_TESTS).forEach(ordered::add);
            tests.put(binding.toString(), ordered);
        }
    }

    private int run(final List<Mutant> mutants) throws IOException, InterruptedException {
        final Set<String> all = new LinkedHashSet<>();
        mutants.forEach(mutant -> all.addAll(tests.get(mutant.binding().toString())));
        plan.add("none\t" + String.join(" ", all));
        final Set<String> broken = execute();
        System.out.println("mutants: without a mistake " + broken.size() + " of " + all.size() + " tests fail here: " + broken);
        plan.clear();
        final List<Mutant> planned = new ArrayList<>();
        int without = 0;
        for (final Mutant mutant : mutants) {
            final List<String> usable = tests.get(mutant.binding().toString()).stream().filter(test -> !broken.contains(test)).toList();
            if (usable.isEmpty()) {
                System.out.println("uncalled " + mutant + ": no test calls it on this device");
                without++;
            } else {
                planned.add(mutant);
                plan.add(mutant + "\t" + String.join(" ", usable));
            }
        }
        execute();
        final long survived = outcome.stream().filter("passed"::equals).count();
        System.out.println("mutants: " + mutants.size() + ", " + (planned.size() - survived) + " killed, " + survived + " survived, "
            + without + " not called on this device");
        return survived == 0 ? 0 : 1;
    }

    /** Runs the plan, with as many children as it takes; the tests that failed. */
    private Set<String> execute() throws IOException, InterruptedException {
        final Path file = directory.resolve("plan");
        Files.write(file, plan);
        outcome.clear();
        final Set<String> failed = new HashSet<>();
        while (outcome.size() < plan.size()) {
            final int before = outcome.size();
            final int status = child(file, before, failed);
            if (outcome.size() == before) { // it died in the middle of this line
                record("crashed with status " + status);
            }
        }
        return failed;
    }

    private int child(final Path file, final int from, final Set<String> failed) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1", "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=" + directory.resolve("crash-" + from + ".log"),
            "-D" + TestProvider.PROVIDER_PROPERTY + "=ibv", "-D" + TestProvider.SLOW_PROPERTY + "=3"));
        if (TestProvider.deviceName() != null) {
            command.add("-D" + TestProvider.DEVICE_PROPERTY + "=" + TestProvider.deviceName());
        }
        command.addAll(ChildJvm.FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MutantChild.class.getName(), file.toString(),
            Integer.toString(from)));
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        final Thread watchdog = Thread.ofPlatform().daemon().unstarted(() -> watch(process));
        lastLine = System.nanoTime();
        watchdog.start();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lastLine = System.nanoTime();
                follow(line, failed);
            }
        }
        return process.waitFor();
    }

    private volatile long lastLine; // written by the reading thread, read by the watchdog

    private void watch(final Process process) {
        try {
            while (!process.waitFor(1, TimeUnit.SECONDS)) {
                if (System.nanoTime() - lastLine > TimeUnit.MINUTES.toNanos(STUCK_MINUTES)) {
                    process.destroyForcibly();
                }
            }
        } catch (final InterruptedException e) {
            process.destroyForcibly();
        }
    }

    private void follow(final String line, final Set<String> failed) {
        final String[] words = line.split(" ", 4);
        if (line.startsWith("failed ") && words.length == 4) {
            failed.add(words[2]);
            if (!plan.get(outcome.size()).startsWith("none\t")) {
                record("by " + words[2] + " in " + words[3]);
            }
        } else if (line.startsWith("passed ")) {
            record("passed");
        }
    }

    /** The outcome of the next line of the plan, printed at once: a run takes long. */
    private void record(final String what) {
        final String mistake = plan.get(outcome.size()).split("\t")[0];
        outcome.add(what);
        if (!mistake.equals("none")) {
            System.out.println((what.equals("passed") ? "survived " : "killed ") + mistake + " (" + outcome.size() + " of " + plan.size()
                + "): " + what);
        }
    }
}
