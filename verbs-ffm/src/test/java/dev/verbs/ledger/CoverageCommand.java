package dev.verbs.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes COVERAGE.md from what runs saw, or checks a run against what is committed.
 *
 * <p>{@code CoverageCommand write DIRECTORY…} takes {@code calls-DEVICE.tsv} from the directories; devices without such a file keep
 * what is committed. {@code CoverageCommand check DIRECTORY…} fails if a run there did not see what the committed ledger says it sees.
 */
final class CoverageCommand {
    private static final String PREFIX = "calls-";

    private CoverageCommand() {
    }

    /** The module's root. */
    static Path module() {
        return InlineVerbs.sources().getParent().getParent().getParent();
    }

    /** Where the committed inputs are. */
    static Path inputs() {
        return module().resolve("src/test/ledger");
    }

    static Path page() {
        return module().resolve("COVERAGE.md");
    }

    public static void main(final String[] args) throws Exception {
        if (args.length < 1 || !List.of("write", "check").contains(args[0])) {
            System.err.println("usage: CoverageCommand write|check DIRECTORY...");
            System.exit(2);
        }
        final Map<String, Seen> runs = new TreeMap<>();
        final RawBindings bindings = RawBindings.read();
        final InlineVerbs inline = InlineVerbs.read();
        for (int i = 1; i < args.length; i++) {
            for (final String device : Ledger.DEVICES) {
                final Path file = Path.of(args[i]).resolve(PREFIX + device + ".tsv");
                if (Files.exists(file)) {
                    runs.put(device, Seen.ofRun(file, bindings, inline));
                }
            }
        }
        if (runs.isEmpty()) {
            System.err.println("coverage: no " + PREFIX + "DEVICE.tsv in " + String.join(", ", args) + ": run ./verbs test first");
            System.exit(2);
        }
        System.exit(args[0].equals("write") ? write(runs) : check(runs));
    }

    private static int write(final Map<String, Seen> runs) throws IOException, InterruptedException {
        for (final Map.Entry<String, Seen> run : runs.entrySet()) {
            Files.write(inputs().resolve("seen-" + run.getKey() + ".tsv"), run.getValue().committed(Claims.read()));
        }
        final Ledger ledger = Ledger.of(inputs(), runs);
        Files.writeString(page(), ledger.render());
        ledger.problems().forEach(System.out::println);
        System.out.println("coverage: " + page() + " written from runs on " + String.join(", ", runs.keySet()) + "; "
            + ledger.problems().size() + " problems");
        return ledger.problems().isEmpty() ? 0 : 1;
    }

    private static int check(final Map<String, Seen> runs) {
        int lost = 0;
        for (final Map.Entry<String, Seen> run : runs.entrySet()) {
            final List<String> missing = new ArrayList<>(committed(run.getKey()));
            missing.removeAll(run.getValue().committed(Claims.read()));
            missing.forEach(line -> System.out.println("coverage: on " + run.getKey() + " this run did not see: "
                + line.replace('\t', ' ')));
            lost += missing.size();
            System.out.println("suite: coverage=" + run.getKey() + " run=" + committed(run.getKey()).size() + " failed=" + missing.size()
                + " skipped=0");
        }
        return lost == 0 ? 0 : 1;
    }

    private static List<String> committed(final String device) {
        try {
            final Path file = inputs().resolve("seen-" + device + ".tsv");
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
