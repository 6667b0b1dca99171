package dev.verbs.ledger;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.verbs.ledger.Mutants.Mutant;
import dev.verbs.testkit.ContractCounter;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * A child of {@link MutationRun}: per line of a plan, loads the classes with one mistake and runs tests until one fails. It may
 * crash: the parent starts another, which goes on behind.
 *
 * <p>Arguments: the plan, the line to start with. A line: the mistake ("none" for none), tab, tests separated by blanks.
 */
final class MutantChild {
    /** Exit status when a test hung: whatever it left behind dies with this JVM. */
    static final int HUNG = 3;

    private static final int TIMEOUT_SECONDS = 40;

    private final RawBindings bindings = RawBindings.read();
    private final List<Mutant> mutants = new ArrayList<>(Mutants.of(bindings.all()));

    private MutantChild() {
        mutants.addAll(Mutants.skips(bindings.all()));
    }

    public static void main(final String[] args) throws Exception {
        final MutantChild child = new MutantChild();
        final List<String> plan = Files.readAllLines(Path.of(args[0]));
        for (int i = Integer.parseInt(args[1]); i < plan.size(); i++) {
            System.out.println("\nbegin " + i);
            System.out.flush();
            final String[] line = plan.get(i).split("\t");
            if (child.run(i, line[0], List.of(line[1].split(" ")))) {
                System.exit(HUNG);
            }
        }
        System.exit(0);
    }

    /** Whether it hung. */
    private boolean run(final int line, final String name, final List<String> tests) throws Exception {
        final ClassLoader loader;
        if (name.equals("none")) {
            loader = new ChangedClasses(Map.of());
        } else {
            final Mutant mutant = mutants.stream().filter(candidate -> candidate.toString().equals(name)).findFirst().orElseThrow();
            final String owner = mutant.binding().owner();
            loader = new ChangedClasses(Map.of(owner, mutant.apply(bindings.classes().get(owner))));
        }
        Thread.currentThread().setContextClassLoader(loader);
        boolean hung = false;
        for (final String test : tests) {
            final long start = System.nanoTime();
            final String failure = failure(loader, test);
            final long ms = (System.nanoTime() - start) / 1_000_000;
            System.out.println("\nran " + test); // a sign of life
            if (failure != null) {
                hung |= ms > TIMEOUT_SECONDS * 1_000L;
                System.out.println("\nfailed " + line + " " + test + " " + ms + " ms: " + failure.lines().findFirst().orElse(""));
                if (!name.equals("none")) {
                    return hung;
                }
            }
        }
        System.out.println("\npassed " + line);
        return hung;
    }

    private static String failure(final ClassLoader loader, final String test) throws Exception {
        final String[] parts = test.split("#");
        final Class<?> type = Class.forName(ContractCounter.PACKAGE + "." + parts[0], false, loader);
        final MethodSelector[] methods = Arrays.stream(type.getDeclaredMethods()).filter(method -> method.getName().equals(parts[1])
            && !method.isSynthetic()).map((Method method) -> selectMethod(type, method)).toArray(MethodSelector[]::new);
        final LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request().selectors(methods)
            .configurationParameter("junit.jupiter.execution.timeout.default", TIMEOUT_SECONDS + " s")
            .configurationParameter("junit.jupiter.execution.timeout.thread.mode.default", "SEPARATE_THREAD").build();
        final List<String> failures = new ArrayList<>();
        final int[] ran = new int[1];
        LauncherFactory.create(LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build())
            .execute(request, new TestExecutionListener() {
                @Override
                public void executionFinished(final TestIdentifier id, final TestExecutionResult result) {
                    ran[0] += id.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL ? 1 : 0;
                    if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                        failures.add(String.valueOf(result.getThrowable().orElse(null)));
                    } else if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
                        failures.add("skipped, though it ran without the mistake: " + result.getThrowable().orElse(null));
                    }
                }
            });
        if (failures.isEmpty() && ran[0] == 0) {
            failures.add("did not run");
        }
        return failures.isEmpty() ? null : failures.getFirst();
    }
}
