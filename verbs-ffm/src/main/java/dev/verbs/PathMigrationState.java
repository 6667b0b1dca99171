package dev.verbs;

import dev.verbs.headers.types_h;

/**
 * How far a connection is from using its {@link AlternatePath}.
 *
 * <p>C: {@code enum ibv_mig_state}. A code that this version does not know reads as {@link #UNKNOWN}.
 */
public enum PathMigrationState {
    /** It is on the path it has; no other one is loaded. The state of every new queue pair. C: {@code IBV_MIG_MIGRATED}. */
    MIGRATED(types_h.IBV_MIG_MIGRATED()),
    /** An alternate path is loaded, and the peer is asked to arm itself. C: {@code IBV_MIG_REARM}. */
    REARM(types_h.IBV_MIG_REARM()),
    /**
     * Both sides are ready: a failure, or a modify to {@link #MIGRATED}, takes the connection to the alternate path.
     * C: {@code IBV_MIG_ARMED}.
     */
    ARMED(types_h.IBV_MIG_ARMED()),
    /** A code that is newer than this library. No C counterpart. */
    UNKNOWN(-1);

    private static final CodeTable<PathMigrationState> TABLE = new CodeTable<>(values(), PathMigrationState::code, UNKNOWN);

    private final int code;

    PathMigrationState(final int code) {
        this.code = code;
    }

    /**
     * The value in the C structures. C: {@code enum ibv_mig_state}.
     *
     * @return the C code, -1 for {@link #UNKNOWN}
     */
    public int code() {
        return code;
    }

    /**
     * The constant of a C code; never throws and never allocates. C: {@code enum ibv_mig_state}.
     *
     * @param code the C code
     * @return its constant, {@link #UNKNOWN} if there is none
     */
    public static PathMigrationState of(final int code) {
        return TABLE.get(code);
    }
}
