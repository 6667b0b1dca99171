package dev.verbs;

import dev.verbs.headers.types_h;

/**
 * How a memory window is bound.
 *
 * <p>C: {@code enum ibv_mw_type}.
 */
public enum MemoryWindowType {
    /** Bound by a verb; usable through every queue pair of its domain. C: {@code IBV_MW_TYPE_1}. */
    TYPE_1(types_h.IBV_MW_TYPE_1()),
    /** Bound by a work request, to one queue pair; invalidated by either side. C: {@code IBV_MW_TYPE_2}. */
    TYPE_2(types_h.IBV_MW_TYPE_2());

    private final int code;

    MemoryWindowType(final int code) {
        this.code = code;
    }

    /**
     * The value in the C calls. C: {@code enum ibv_mw_type}.
     *
     * @return the C code
     */
    public int code() {
        return code;
    }
}
