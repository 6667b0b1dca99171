package dev.verbs.cm;

import dev.verbs.headers.types_h;

/** What an id wants of a multicast group. C: {@code enum rdma_cm_mc_join_flags}. */
public enum MulticastMembership {
    /** To send and to receive: attach the queue pair with the event's GID and LID. C: {@code RDMA_MC_JOIN_FLAG_FULLMEMBER}. */
    FULL(types_h.RDMA_MC_JOIN_FLAG_FULLMEMBER()),
    /** To send only: nothing of the group is delivered here. C: {@code RDMA_MC_JOIN_FLAG_SENDONLY_FULLMEMBER}. */
    SEND_ONLY(types_h.RDMA_MC_JOIN_FLAG_SENDONLY_FULLMEMBER());

    private final int code;

    MulticastMembership(final int code) {
        this.code = code;
    }

    /**
     * The value in the C structures. C: {@code enum rdma_cm_mc_join_flags}.
     *
     * @return the C code
     */
    public int code() {
        return code;
    }
}
