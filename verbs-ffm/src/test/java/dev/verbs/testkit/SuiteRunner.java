package dev.verbs.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the tests of packages on a provider, outside Maven: in a virtual machine with a real RDMA kernel, for instance.
 *
 * <p>{@code java -cp … dev.verbs.testkit.SuiteRunner --provider ibv --package dev.verbs.contract --floor 60}. Ends with status
 * 1 if a test failed or fewer than the floor ran, 2 if the arguments make no sense.
 */
public final class SuiteRunner {
    private static final String USAGE = "usage: SuiteRunner --provider NAME --package NAME[,NAME] [--device NAME] [--floor N] "
        + "[--class NAME[,NAME]]";
    private static final int TIMEOUT_SECONDS = 120;

    private SuiteRunner() {
    }

    /**
     * What to run.
     *
     * @param provider name of the provider
     * @param device   name of the device, null for the first usable one
     * @param packages packages, with what is below them
     * @param floor    tests that must run at least
     * @param only     classes, separated by commas, null for all
     */
    record Arguments(String provider, String device, List<String> packages, int floor, String only) {
        static Arguments parse(final String... args) {
            String provider = TestProvider.name();
            String device = TestProvider.deviceName();
            List<String> packages = List.of();
            int floor = 1;
            String only = null;
            for (int i = 0; i < args.length; i += 2) {
                if (i + 1 == args.length) {
                    throw new IllegalArgumentException(args[i] + " needs a value");
                }
                final String value = args[i + 1];
                switch (args[i]) {
                    case "--provider" -> provider = value;
                    case "--device" -> device = value;
                    case "--package" -> packages = Arrays.asList(value.split(","));
                    case "--floor" -> floor = Integer.parseInt(value);
                    case "--class" -> only = value;
                    default -> throw new IllegalArgumentException("unknown option " + args[i]);
                }
            }
            if (packages.isEmpty() && only == null) {
                throw new IllegalArgumentException("give --package or --class");
            }
            return new Arguments(provider, device, packages, floor, only);
        }

        List<DiscoverySelector> selectors() {
            final List<DiscoverySelector> selectors = new ArrayList<>();
            if (only != null) {
                for (final String name : only.split(",")) {
                    if (packages.isEmpty() || name.indexOf('.') >= 0) {
                        selectors.add(selectClass(name.indexOf('.') >= 0 ? name : ContractCounter.PACKAGE + "." + name));
                    } else {
                        packages.forEach(within -> selectors.add(selectClass(within + "." + name)));
                    }
                }
            } else {
                packages.forEach(name -> selectors.add(selectPackage(name)));
            }
            return selectors;
        }
    }

    /** Runs, prints, and ends the JVM with the status. */
    public static void main(final String[] args) {
        final Arguments arguments;
        try {
            arguments = Arguments.parse(args);
        } catch (final IllegalArgumentException e) {
            System.err.println("SuiteRunner: " + e.getMessage());
            System.err.println(USAGE);
            System.exit(2);
            return;
        }
        System.exit(run(arguments, System.out)); // also when a hanging test left a thread behind
    }

    static int run(final Arguments arguments, final PrintStream out) {
        System.setProperty(TestProvider.PROVIDER_PROPERTY, arguments.provider());
        if (arguments.device() != null) {
            System.setProperty(TestProvider.DEVICE_PROPERTY, arguments.device());
        }
        final LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
            .selectors(arguments.selectors())
            .configurationParameter("junit.jupiter.execution.timeout.default", TIMEOUT_SECONDS + " s")
            .configurationParameter("junit.jupiter.execution.timeout.thread.mode.default", "SEPARATE_THREAD")
            .build();
        final SuiteListener listener = new SuiteListener(out);
        final Launcher launcher = LauncherFactory.create();
        launcher.execute(request, listener);
        listener.summary();
        final boolean enough = listener.run() >= arguments.floor();
        if (!enough) {
            out.println("suite: only " + listener.run() + " tests ran, the floor is " + arguments.floor());
        }
        out.println("suite: provider=" + arguments.provider()
            + (arguments.device() == null ? "" : " device=" + arguments.device()) + " package="
            + (arguments.only() == null ? String.join(",", arguments.packages()) : arguments.only())
            + " run=" + listener.run() + " failed=" + listener.failed() + " skipped=" + listener.skipped());
        out.flush();
        return enough && listener.failed() == 0 ? 0 : 1;
    }
}
