package dev.verbs.benchmarks.paths;

import dev.verbs.Verbs;
import java.util.List;

/**
 * What is measured on.
 *
 * @param target   {@code c}: the provider in C that does nothing; {@code soft}: the software device; else a real device
 * @param provider the name of the library's provider
 * @param name     the device's name, null for the first one
 * @param depth    requests that a queue pair holds, which is what one chunk posts
 */
record Device(String target, String provider, String name, int depth) {
    static final String C = "c";
    static final String SOFT = "soft";
    /** What a real device is given to complete what was posted. */
    static final long SETTLE_MS = 40;
    private static final int C_DEPTH = 4096;
    private static final int SOFT_DEPTH = 1024;
    private static final int REAL_DEPTH = 256;

    /** The names of the devices that the library finds; empty without the native libraries. */
    static List<String> real() {
        return Verbs.providers().stream().filter(provider -> provider.name().equals("ibv") && provider.availability().usable())
            .flatMap(provider -> provider.devices().stream()).map(dev.verbs.Device::name).toList();
    }

    static Device of(final String target) {
        return switch (target) {
            case C -> new Device(target, "ibv", "bench0", C_DEPTH);
            case SOFT -> new Device(target, "soft", null, SOFT_DEPTH);
            default -> new Device(target, "ibv", target, REAL_DEPTH);
        };
    }

    /** Whether there is a C library behind it, to compare with. */
    boolean hasC() {
        return !target.equals(SOFT);
    }

    boolean isReal() {
        return !target.equals(C) && !target.equals(SOFT);
    }

    /** Waits until what was posted is complete: nobody can look into a completion queue without polling it. */
    void settle() throws InterruptedException {
        if (isReal()) {
            Thread.sleep(SETTLE_MS);
        }
    }

    /** Whether a receive completes only if the peer sends. */
    boolean peerSends() {
        return !target.equals(C);
    }
}
