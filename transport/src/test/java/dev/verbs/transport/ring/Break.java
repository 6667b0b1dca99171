package dev.verbs.transport.ring;

import dev.verbs.QpAttributes;
import dev.verbs.QpState;

/** Breaks a ring, for tests here and of the operators. */
public final class Break {
    private Break() {
    }

    /** The link from a host to its successor: its queue pair goes to the error state, as after a fault of the device. */
    public static void successor(final Roundabout host) {
        host.successor().pair.queuePair().modify(new QpAttributes().state(QpState.ERR));
    }
}
