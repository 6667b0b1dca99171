package dev.verbs;

import dev.verbs.headers.types_h;

/**
 * Whether registered memory survives a fork of this process.
 *
 * <p>C: {@code enum ibv_fork_status}. A code that this version does not know reads as {@link #UNKNOWN}.
 */
public enum ForkStatus {
    /** It does not: a child shares the pages, and one of the two loses them at the next write. C: {@code IBV_FORK_DISABLED}. */
    DISABLED(types_h.IBV_FORK_DISABLED()),
    /** It does, as every registered page is kept out of children: each registration is slower. C: {@code IBV_FORK_ENABLED}. */
    ENABLED(types_h.IBV_FORK_ENABLED()),
    /** It does, as the kernel copies pinned pages for the child. C: {@code IBV_FORK_UNNEEDED}. */
    UNNEEDED(types_h.IBV_FORK_UNNEEDED()),
    /** A code that is newer than this library. No C counterpart. */
    UNKNOWN(-1);

    private static final CodeTable<ForkStatus> TABLE = new CodeTable<>(values(), ForkStatus::code, UNKNOWN);

    private final int code;

    ForkStatus(final int code) {
        this.code = code;
    }

    /**
     * The value in the C structures. C: {@code enum ibv_fork_status}.
     *
     * @return the C code, -1 for {@link #UNKNOWN}
     */
    public int code() {
        return code;
    }

    /**
     * The constant of a C code; never throws and never allocates. C: {@code enum ibv_fork_status}.
     *
     * @param code the C code
     * @return its constant, {@link #UNKNOWN} if there is none
     */
    public static ForkStatus of(final int code) {
        return TABLE.get(code);
    }
}
