package dev.verbs.soft;

import dev.verbs.QpType;

/** What the three services have in common, and what not. */
enum TransportService {
    /** Reliable connection: acknowledged, retried, everything allowed. */
    RC(true, 0),
    /** Unreliable connection: no answers, so nothing that needs one; what is lost is lost silently. */
    UC(false, Operation.READ | Operation.ATOMIC),
    /** Unreliable datagram: one packet to any queue pair. */
    UD(false, ~(Operation.SEND | Operation.IMMEDIATE));

    private final boolean reliable;
    private final int forbidden;

    TransportService(final boolean reliable, final int forbidden) {
        this.reliable = reliable;
        this.forbidden = forbidden;
    }

    /** The service of a type, null if the device does not have it. */
    static TransportService of(final QpType type) {
        return switch (type) {
            case RC -> RC;
            case UC -> UC;
            case UD -> UD;
            default -> null;
        };
    }

    boolean isReliable() {
        return reliable;
    }

    /** Whether the bits of an operation, 0 for none, are allowed. */
    boolean does(final int kind) {
        return kind != 0 && (kind & forbidden) == 0;
    }
}
