package dev.verbs.spi;

import java.lang.foreign.Arena;

/**
 * A full memory fence that one thread executes for all others, so that they need none: what every thread stored before is visible
 * to the caller afterwards, and what the caller stored before is visible to what every thread loads afterwards.
 *
 * <p>HotSpot closes a shared arena with a handshake: each thread passes a safepoint, or is outside Java, where it cannot come back
 * from without a look at what the handshake left. Either is such a fence. It takes tens of microseconds: for closing things.
 */
final class GlobalFence {
    private GlobalFence() {
    }

    static void execute() {
        Arena.ofShared().close();
    }
}
