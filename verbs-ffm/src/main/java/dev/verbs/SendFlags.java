package dev.verbs;

import dev.verbs.headers.types_h;

/**
 * Flags of a send work request. Combine with {@code |}.
 *
 * <p>C: {@code enum ibv_send_flags}.
 */
public final class SendFlags {
    /** Start only after earlier reads and atomics are done. */
    public static final int FENCE = types_h.IBV_SEND_FENCE();

    /** Produce a completion. */
    public static final int SIGNALED = types_h.IBV_SEND_SIGNALED();

    /** Raise a solicited event at the receiver. */
    public static final int SOLICITED = types_h.IBV_SEND_SOLICITED();

    /** Copy the payload while posting: the buffer is free when the post returns, the lkey is not looked at. */
    public static final int INLINE = types_h.IBV_SEND_INLINE();

    private SendFlags() {
    }
}
