package dev.verbs.examples.tools;

import dev.verbs.Verbs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the doctor sees of the JVM and the kernel, without opening a device. */
final class SystemChecks {
    private static final int LEAST_JAVA = 25;
    private static final long MEMLOCK_ENOUGH = 64L << 20;
    private static final List<String> CORE_MODULES = List.of("ib_core", "ib_uverbs", "rdma_cm", "rdma_ucm");
    private static final Path PROC = Path.of("/proc/self");
    private static final Path NODES = Path.of("/dev/infiniband");

    /** Whether a real device was asked for: what it needs and lacks is a failure then, else a warning. */
    private final boolean required;
    private final List<Finding> findings = new ArrayList<>();

    private SystemChecks(final boolean required) {
        this.required = required;
    }

    static List<Finding> run(final boolean required) {
        final SystemChecks checks = new SystemChecks(required);
        checks.java();
        checks.modules();
        checks.nodes();
        checks.memlock();
        checks.hugepages();
        checks.cgroup();
        return checks.findings;
    }

    private void lacks(final String subject, final String found, final String fix) {
        findings.add(required ? Finding.fail(subject, found, fix) : Finding.warn(subject, found, fix));
    }

    private void java() {
        final int feature = Runtime.version().feature();
        findings.add(feature >= LEAST_JAVA ? Finding.ok("java", "Java " + Runtime.version())
            : Finding.fail("java", "Java " + Runtime.version(), "use JDK " + LEAST_JAVA + " or newer"));
        findings.add(Verbs.class.getModule().isNativeAccessEnabled() ? Finding.ok("native access", "enabled")
            : Finding.fail("native access", "denied, or allowed with a warning only",
            "add --enable-native-access=dev.verbs,dev.verbs.headers (module path) or ALL-UNNAMED (class path)"));
    }

    private void modules() {
        final List<String> missing = CORE_MODULES.stream().filter(name -> !Files.isDirectory(Path.of("/sys/module", name))).toList();
        final String drivers = lines(Path.of("/proc/modules")).stream().map(line -> line.split(" "))
            .filter(fields -> fields.length > 3 && fields[3].equals("-") && isDriver(fields[0])).map(fields -> fields[0])
            .sorted().collect(Collectors.joining(", "));
        if (missing.isEmpty()) {
            findings.add(Finding.ok("kernel modules", String.join(", ", CORE_MODULES)
                + (drivers.isEmpty() ? "; no driver as a module" : "; drivers " + drivers)));
        } else {
            lacks("kernel modules", "not loaded: " + String.join(", ", missing), "modprobe -a " + String.join(" ", missing)
                + ", then the driver of the device, or rdma_rxe");
        }
    }

    private static boolean isDriver(final String module) {
        return module.equals("rdma_rxe") || module.equals("siw") || module.equals("irdma") || module.endsWith("_ib")
            || module.equals("bnxt_re") || module.equals("qedr") || module.equals("hns_roce") || module.equals("efa")
            || module.equals("mana_ib") || module.equals("erdma") || module.equals("iw_cxgb4");
    }

    private void nodes() {
        final List<Path> uverbs = list(NODES).stream().filter(path -> path.getFileName().toString().startsWith("uverbs")).toList();
        if (uverbs.isEmpty()) {
            lacks("device nodes", "no " + NODES + "/uverbs*", "load the device's driver; in a container: --device=" + NODES);
            return;
        }
        final List<Path> all = Stream.concat(uverbs.stream(), Stream.of(NODES.resolve("rdma_cm"))).toList();
        final String closed = all.stream().filter(path -> !Files.isReadable(path) || !Files.isWritable(path)).map(Path::toString)
            .collect(Collectors.joining(", "));
        if (closed.isEmpty()) {
            findings.add(Finding.ok("device nodes", all.stream().map(Path::toString).collect(Collectors.joining(", "))));
        } else {
            lacks("device nodes", "missing or no permission: " + closed, "as root: modprobe rdma_ucm; chmod 0666 " + NODES
                + "/*, or a udev rule that gives them to your group");
        }
    }

    private void memlock() {
        final String limit = lines(PROC.resolve("limits")).stream().filter(line -> line.startsWith("Max locked memory"))
            .map(line -> line.substring("Max locked memory".length()).strip().split("\\s+")[0]).findFirst().orElse("");
        if (limit.isEmpty()) {
            findings.add(Finding.warn("locked memory", "unknown: /proc is not readable", "ulimit -l"));
        } else if (limit.equals("unlimited") || Long.parseLong(limit) >= MEMLOCK_ENOUGH) {
            findings.add(Finding.ok("locked memory", limit.equals("unlimited") ? limit : limit + " bytes"));
        } else {
            findings.add(Finding.warn("locked memory", limit + " bytes may be registered (RLIMIT_MEMLOCK)",
                "ulimit -l unlimited, or 'memlock unlimited' in /etc/security/limits.d; LimitMEMLOCK=infinity in a service"));
        }
    }

    private void hugepages() {
        final List<String> sizes = list(Path.of("/sys/kernel/mm/hugepages")).stream().map(path -> {
            final String total = lines(path.resolve("nr_hugepages")).stream().findFirst().orElse("?");
            final String free = lines(path.resolve("free_hugepages")).stream().findFirst().orElse("?");
            return path.getFileName().toString().replace("hugepages-", "") + ": " + free + " free of " + total;
        }).sorted().toList();
        findings.add(Finding.ok("huge pages", sizes.isEmpty() ? "none in this kernel" : String.join(", ", sizes)
            + (sizes.stream().allMatch(size -> size.endsWith("of 0")) ? "; large regions register faster with them" : "")));
    }

    private void cgroup() {
        final List<Path> files = new ArrayList<>();
        for (final String line : lines(PROC.resolve("cgroup"))) {
            final String[] fields = line.split(":", 3);
            if (fields.length == 3 && (fields[1].isEmpty() || fields[1].equals("rdma"))) {
                for (Path at = Path.of(fields[2]); at != null; at = at.getParent()) { // every level limits
                    final Path below = Path.of("/").relativize(at);
                    files.add(Path.of("/sys/fs/cgroup", fields[1]).resolve(below).resolve("rdma.max"));
                }
            }
        }
        final List<String> limits = files.stream().flatMap(file -> lines(file).stream()
            .filter(line -> line.matches(".*=\\d.*")).map(line -> line + " in " + file)).toList();
        findings.add(limits.isEmpty() ? Finding.ok("cgroup", "no RDMA limits")
            : Finding.warn("cgroup", String.join("; ", limits), "ENOMEM at these numbers of handles or objects: raise rdma.max"));
    }

    private static List<Path> list(final Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        } catch (final IOException e) {
            return List.of();
        }
    }

    private static List<String> lines(final Path file) {
        try {
            return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
        } catch (final IOException e) {
            return List.of();
        }
    }
}
