package dev.verbs;

import dev.verbs.headers.types_h;
import java.util.List;

/**
 * Whether a device pages on demand. Combine with {@code |}.
 *
 * <p>C: {@code enum ibv_odp_general_caps}.
 */
public final class OdpFlags {
    /** Regions can be registered with {@link AccessFlags#ON_DEMAND}. C: {@code IBV_ODP_SUPPORT}. */
    public static final long SUPPORT = types_h.IBV_ODP_SUPPORT();

    /** A region can cover the whole address space. C: {@code IBV_ODP_SUPPORT_IMPLICIT}. */
    public static final long IMPLICIT = types_h.IBV_ODP_SUPPORT_IMPLICIT();

    private OdpFlags() {
    }

    /**
     * The names of the flags that are set, in the order of their bits; what has no name here follows as one hexadecimal number.
     * No C counterpart.
     *
     * @param flags the flags
     * @return the names, empty if no flag is set
     */
    public static List<String> names(final long flags) {
        return FlagNames.of(OdpFlags.class, flags);
    }
}
