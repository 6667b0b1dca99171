package dev.verbs.testkit;

import dev.verbs.Verbs;
import dev.verbs.spi.VerbsProvider;
import java.time.Duration;

/** Which provider tests run on, and how patient they are: system properties, so that the same classes run anywhere. */
public final class TestProvider {
    /** Name of the provider: {@code soft} unless said otherwise. */
    public static final String PROVIDER_PROPERTY = "dev.verbs.test.provider";

    /** Name of the device, the first usable one unless said otherwise. */
    public static final String DEVICE_PROPERTY = "dev.verbs.test.device";

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
        return Verbs.select(name()).provider();
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
