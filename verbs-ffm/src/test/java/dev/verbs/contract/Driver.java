package dev.verbs.contract;

import dev.verbs.Context;
import dev.verbs.soft.SoftConfig;

/**
 * Which driver's ways a device has. The software device with a driver's profile counts as that driver, so that a build checks on any
 * machine that it behaves like the real one: the same tests, with the same expectations and the same skips.
 */
enum Driver {
    /** rdma_rxe of Linux 6.1. */
    RXE,
    /** A later rdma_rxe. */
    RXE_LATER,
    /** siw. */
    SIW,
    /** Hardware, and what is like the specification. */
    OTHER;

    static Driver of(final Context context) {
        final String name = context.device().name();
        if (name.startsWith("soft")) {
            return switch (SoftConfig.fromProperties().profile()) {
                case RXE -> RXE;
                case SIW -> SIW;
                case STRICT, MLX5 -> OTHER;
            };
        }
        return name.startsWith("siw") ? SIW : !name.startsWith("rxe") ? OTHER : isAfter(6, 1) ? RXE_LATER : RXE;
    }

    boolean isRxe() {
        return this == RXE || this == RXE_LATER;
    }

    /** Whether the kernel is newer than a version. */
    private static boolean isAfter(final int major, final int minor) {
        final String[] version = System.getProperty("os.version").split("[^0-9]+");
        final int thisMajor = Integer.parseInt(version[0]);
        return thisMajor > major || thisMajor == major && Integer.parseInt(version[1]) > minor;
    }
}
