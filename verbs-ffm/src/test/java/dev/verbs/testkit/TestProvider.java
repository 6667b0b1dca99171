package dev.verbs.testkit;

import dev.verbs.Verbs;
import dev.verbs.soft.FaultPlan;
import dev.verbs.soft.SoftNetwork;
import dev.verbs.spi.VerbsProvider;
import java.time.Duration;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;

/** Which provider tests run on, and how patient they are: system properties, so that the same classes run anywhere. */
public final class TestProvider {
    /** Name of the provider: {@code soft} unless said otherwise. */
    public static final String PROVIDER_PROPERTY = "dev.verbs.test.provider";

    /** Name of the device, the first usable one unless said otherwise. */
    public static final String DEVICE_PROPERTY = "dev.verbs.test.device";

    /** True: the software device is on a network with a fault plan, so that nothing is executed in the post. */
    public static final String NETWORK_PROPERTY = "dev.verbs.test.network";

    /** Factor of all deadlines. Emulated machines are about 20 times slower. */
    public static final String SLOW_PROPERTY = "dev.verbs.test.slow";

    /** The provider that every build runs on. */
    public static final String SOFT = "soft";

    private static final int SLOW_DEFAULT = 6;

    private TestProvider() {
    }

    /** The provider's name. */
    public static String name() {
        return System.getProperty(PROVIDER_PROPERTY, SOFT);
    }

    /** Whether tests run on the software device. */
    public static boolean isSoft() {
        return SOFT.equals(name());
    }

    /** The device's name, null to choose. */
    public static String deviceName() {
        return System.getProperty(DEVICE_PROPERTY);
    }

    /** A new instance of the provider; if it is missing or not usable that is a failure, never a skip. */
    public static VerbsProvider open() {
        return isSoft() && Boolean.getBoolean(NETWORK_PROPERTY) ? OnNetwork.PROVIDER : Verbs.select(name()).provider();
    }

    /** One network for all tests, and a thread that steps it: a plan that never does anything, but nothing is executed in the post. */
    private static final class OnNetwork {
        private static final VerbsProvider PROVIDER = start();

        private static VerbsProvider start() {
            final FaultPlan plan = new FaultPlan(1).notReady(SOFT, Duration.ofDays(1), Duration.ZERO);
            final SoftNetwork network = SoftNetwork.builder().hosts(SOFT).faults(plan).build();
            final Thread runner = new Thread(new AgentRunner(new BackoffIdleStrategy(), Throwable::printStackTrace, null, network.agent()));
            runner.setDaemon(true);
            runner.start();
            return network.provider(SOFT);
        }
    }

    /** How long something may take that should happen at once. */
    public static Duration deadline() {
        return Duration.ofSeconds(5L * factor());
    }

    /** A time in which nothing is expected to happen. */
    public static Duration pause() {
        return Duration.ofMillis(20L * factor());
    }

    private static int factor() {
        return Integer.getInteger(SLOW_PROPERTY, isSoft() ? 1 : SLOW_DEFAULT);
    }
}
