package dev.verbs.testkit;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Counts the contract tests of a run, per method (expansions of a parameter count once), and says so at the end, so that a
 * build in which nothing ran does not look green. Registered for every run through {@code META-INF/services}.
 */
public final class ContractCounter implements TestExecutionListener {
    /** Package whose tests are counted. */
    public static final String PACKAGE = "dev.verbs.contract";

    private static final Path TARGET = Path.of("target");

    private final Set<String> run = ConcurrentHashMap.newKeySet();
    private final Set<String> failed = ConcurrentHashMap.newKeySet();
    private final Map<String, String> skipped = new ConcurrentHashMap<>();

    /** Where the counts of a provider are left for {@code ContractFloorTest}. */
    public static Path file(final String provider) {
        return TARGET.resolve("contract-" + provider + ".properties");
    }

    @Override
    public void testPlanExecutionStarted(final TestPlan plan) {
        run.clear();
        failed.clear();
        skipped.clear();
        if (!contains(plan, "ContractFloorTest")) {
            try {
                Files.deleteIfExists(file(TestProvider.name())); // an old count must not pass for this run's
            } catch (final IOException e) {
                System.out.println("contract: " + e);
            }
        }
    }

    private static boolean contains(final TestPlan plan, final String className) {
        return plan.countTestIdentifiers(id -> id.getSource().filter(ClassSource.class::isInstance)
            .map(ClassSource.class::cast).filter(source -> source.getClassName().endsWith(className)).isPresent()) > 0;
    }

    @Override
    public void executionSkipped(final TestIdentifier id, final String reason) {
        name(id).ifPresent(name -> skipped.put(name, reason));
    }

    @Override
    public void executionFinished(final TestIdentifier id, final TestExecutionResult result) {
        final Optional<String> found = name(id);
        if (found.isEmpty()) {
            return;
        }
        final String name = found.get();
        switch (result.getStatus()) {
            case ABORTED -> skipped.put(name, reason(result.getThrowable().orElse(null)));
            case FAILED -> {
                run.add(name);
                failed.add(name);
            }
            default -> {
                if (id.isTest()) {
                    run.add(name);
                }
            }
        }
    }

    /** The reason of a skip, without JUnit's own words. */
    static String reason(final Throwable cause) {
        return cause == null || cause.getMessage() == null ? "no reason given"
            : cause.getMessage().replaceFirst("^Assumption failed: ", "");
    }

    private static Optional<String> name(final TestIdentifier id) {
        final TestSource source = id.getSource().orElse(null);
        if (source instanceof MethodSource method && method.getClassName().startsWith(PACKAGE)) {
            return Optional.of(method.getClassName() + "#" + method.getMethodName());
        }
        return Optional.empty();
    }

    @Override
    public void testPlanExecutionFinished(final TestPlan plan) {
        if (run.isEmpty() && skipped.isEmpty()) {
            return;
        }
        skipped.keySet().removeAll(run); // some expansions ran
        final Map<String, Integer> reasons = new TreeMap<>();
        skipped.values().forEach(reason -> reasons.merge(reason, 1, Integer::sum));
        System.out.println("contract: provider=" + TestProvider.name() + " run=" + run.size() + " skipped=" + skipped.size()
            + " failed=" + failed.size());
        reasons.forEach((reason, count) -> System.out.println("contract:   " + count + " skipped: " + reason));
        if (Files.isDirectory(TARGET)) {
            write(reasons);
        }
    }

    private void write(final Map<String, Integer> reasons) {
        final Properties counts = new Properties();
        counts.setProperty("provider", TestProvider.name());
        counts.setProperty("run", Integer.toString(run.size()));
        counts.setProperty("skipped", Integer.toString(skipped.size()));
        counts.setProperty("failed", Integer.toString(failed.size()));
        counts.setProperty("failures", String.join(" ", new TreeSet<>(failed)));
        counts.setProperty("reasons", reasons.toString());
        try (Writer writer = Files.newBufferedWriter(file(TestProvider.name()))) {
            counts.store(writer, null);
        } catch (final IOException e) {
            System.out.println("contract: counts not written: " + e);
        }
    }
}
