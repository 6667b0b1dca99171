package dev.verbs;

/**
 * What a shared receive queue is made of, and what {@link SharedReceiveQueue#query} answers. C: {@code struct ibv_srq_attr}.
 *
 * @param maxWr  receives that it holds, at least 1 [max_wr]
 * @param maxSge scatter/gather entries of a receive [max_sge]
 * @param limit  receives below which an event is raised, once; 0 for none. Drivers ignore it at creation, as the manual page
 *     of {@code ibv_create_srq} says: arm it with {@link SharedReceiveQueue#arm} [srq_limit]
 */
public record SrqConfig(int maxWr, int maxSge, int limit) {
    /** Checks the values that no device accepts. */
    public SrqConfig {
        if (maxWr < 1) {
            throw new IllegalArgumentException("maxWr " + maxWr + " is less than 1");
        }
        if (maxSge < 0) {
            throw new IllegalArgumentException("maxSge " + maxSge + " is negative");
        }
        if (limit < 0) {
            throw new IllegalArgumentException("limit " + limit + " is negative");
        }
    }

    /**
     * A queue whose limit is not armed. C: {@code struct ibv_srq_attr}.
     *
     * @param maxWr  receives that it holds, at least 1
     * @param maxSge scatter/gather entries of a receive
     */
    public SrqConfig(final int maxWr, final int maxSge) {
        this(maxWr, maxSge, 0);
    }
}
