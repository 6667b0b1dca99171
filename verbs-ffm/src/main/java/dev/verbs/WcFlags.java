package dev.verbs;

import dev.verbs.headers.types_h;

/**
 * Flags of a completion. Combine with {@code |}.
 *
 * <p>C: {@code enum ibv_wc_flags}.
 */
public final class WcFlags {
    /** A GRH precedes the payload (UD). C: {@code IBV_WC_GRH}. */
    public static final int GRH = types_h.IBV_WC_GRH();

    /** The immediate is valid. C: {@code IBV_WC_WITH_IMM}. */
    public static final int WITH_IMM = types_h.IBV_WC_WITH_IMM();

    /** The invalidated key is valid. C: {@code IBV_WC_WITH_INV}. */
    public static final int WITH_INV = types_h.IBV_WC_WITH_INV();

    private WcFlags() {
    }
}
