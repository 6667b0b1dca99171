package dev.verbs.join.ring;

import dev.verbs.transport.ring.Break;

/** Cuts a link, for tests. */
public final class Cut {
    private Cut() {
    }

    /** The link from a host to its successor: its queue pair goes to the error state, as after a fault of the device. */
    public static void successor(final RingHost host) {
        Break.successor(host.ring().ring());
    }
}
