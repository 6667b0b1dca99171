package dev.verbs.testkit;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Progress for people who wait: a line per class, each failure with its stack, each skip with its reason. */
final class SuiteListener implements TestExecutionListener {
    private static final long MILLION = 1_000_000;

    private final PrintStream out;
    private final List<String> failures = new ArrayList<>();
    private int run;
    private int failed;
    private int skipped;
    private int runBefore;
    private long classStart;

    SuiteListener(final PrintStream out) {
        this.out = out;
    }

    int run() {
        return run;
    }

    int failed() {
        return failed;
    }

    int skipped() {
        return skipped;
    }

    @Override
    public void executionStarted(final TestIdentifier id) {
        if (isClass(id)) {
            runBefore = run;
            classStart = System.nanoTime();
        }
    }

    @Override
    public void executionSkipped(final TestIdentifier id, final String reason) {
        skipped++;
        out.println("SKIP " + id.getDisplayName() + ": " + reason);
    }

    @Override
    public void executionFinished(final TestIdentifier id, final TestExecutionResult result) {
        final Throwable cause = result.getThrowable().orElse(null);
        switch (result.getStatus()) {
            case ABORTED -> {
                skipped++;
                out.println("SKIP " + id.getDisplayName() + ": " + ContractCounter.reason(cause));
            }
            case FAILED -> {
                failed++;
                run += id.isTest() ? 1 : 0;
                failures.add(id.getUniqueId() + ": " + cause);
                out.println("FAIL " + id.getUniqueId());
                if (cause != null) {
                    cause.printStackTrace(out);
                }
            }
            default -> run += id.isTest() ? 1 : 0;
        }
        if (isClass(id)) {
            out.println(id.getDisplayName() + ": " + (run - runBefore) + " run in "
                + (System.nanoTime() - classStart) / MILLION + " ms");
            out.flush();
        }
    }

    private static boolean isClass(final TestIdentifier id) {
        return id.isContainer() && id.getSource().filter(ClassSource.class::isInstance).isPresent();
    }

    void summary() {
        failures.forEach(failure -> out.println("FAILED " + failure));
    }
}
