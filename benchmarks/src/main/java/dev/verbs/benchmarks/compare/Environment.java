package dev.verbs.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Where a comparison is made, in words: figures are worth nothing without. */
final class Environment {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String UNKNOWN = "unknown";

    private Environment() {
    }

    static Map<String, String> read() throws InterruptedException {
        final Map<String, String> facts = new LinkedHashMap<>();
        facts.put("begun", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("machine", (System.getenv("VERBS_VM") == null ? "this machine" : "virtual machine (QEMU, software emulation)")
            + ", " + first(Path.of("/proc/cpuinfo"), "model name", System.getProperty("os.arch")));
        facts.put("CPUs", first(Path.of("/sys/devices/system/cpu/online"), "", UNKNOWN));
        facts.put("clock", first(Path.of("/sys/devices/system/clocksource/clocksource0/current_clocksource"), "", UNKNOWN));
        facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("rdma-core", library());
        facts.put("perftest", printed(List.of("ib_write_lat", "-V")).replaceFirst("(?s).*?Version:?\\s*", ""));
        facts.put("Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        return facts;
    }

    private static String first(final Path file, final String key, final String otherwise) {
        if (Files.isReadable(file)) {
            try (Stream<String> lines = Files.lines(file)) {
                return lines.filter(line -> line.startsWith(key)).findFirst().orElse(otherwise).replaceFirst("^[^:]*:\\s*", "");
            } catch (final IOException e) {
                return otherwise;
            }
        }
        return otherwise;
    }

    /** The version is in the name of the library's file. */
    private static String library() {
        for (final String directory : List.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib")) {
            final Path library = Path.of(directory, "libibverbs.so.1");
            try {
                if (Files.exists(library)) {
                    return library.toRealPath().getFileName().toString();
                }
            } catch (final IOException e) {
                return UNKNOWN;
            }
        }
        return UNKNOWN;
    }

    private static String printed(final List<String> command) throws InterruptedException {
        try (Child child = Child.start(command.getFirst(), command)) {
            return child.text(Deadline.in(LIMIT)).strip();
        } catch (final MeasurementException e) {
            return UNKNOWN;
        }
    }
}
