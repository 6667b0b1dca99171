package dev.verbs;

import dev.verbs.headers.types_h;
import java.util.List;

/**
 * Flags of a send work request. Combine with {@code |}.
 *
 * <p>C: {@code enum ibv_send_flags}.
 */
public final class SendFlags {
    /** Start only after earlier reads and atomics are done. C: {@code IBV_SEND_FENCE}. */
    public static final int FENCE = types_h.IBV_SEND_FENCE();

    /** Produce a completion. C: {@code IBV_SEND_SIGNALED}. */
    public static final int SIGNALED = types_h.IBV_SEND_SIGNALED();

    /** Raise a solicited event at the receiver. C: {@code IBV_SEND_SOLICITED}. */
    public static final int SOLICITED = types_h.IBV_SEND_SOLICITED();

    /** Copy the payload while posting: the buffer is free when the post returns, the lkey is not looked at. C: {@code IBV_SEND_INLINE}. */
    public static final int INLINE = types_h.IBV_SEND_INLINE();

    private SendFlags() {
    }

    /**
     * The names of the flags that are set, in the order of their bits; what has no name here follows as one hexadecimal number.
     * No C counterpart.
     *
     * @param flags the flags
     * @return the names, empty if no flag is set
     */
    public static List<String> names(final long flags) {
        return FlagNames.of(SendFlags.class, flags);
    }
}
