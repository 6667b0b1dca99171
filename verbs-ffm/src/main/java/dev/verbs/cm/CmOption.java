package dev.verbs.cm;

import dev.verbs.headers.types_h;

/** What {@link CmId#set} changes on an id. C: the options of level {@code RDMA_OPTION_ID}. */
public enum CmOption {
    /**
     * Type of service of the packets, 0 to 255 (RoCE: the traffic class). Before the route is resolved; a listener hands it to
     * the ids of its requests. C: {@code RDMA_OPTION_ID_TOS}.
     */
    TYPE_OF_SERVICE(types_h.RDMA_OPTION_ID_TOS(), 1, 0, 255),

    /**
     * Whether several ids may be bound to one address and port, 1 or 0. Both must have set it
     * before the second one is bound, and none may listen yet; only one of them can. Switched off before bind only.
     * C: {@code RDMA_OPTION_ID_REUSEADDR}.
     */
    REUSE_ADDRESS(types_h.RDMA_OPTION_ID_REUSEADDR(), Integer.BYTES, 0, 1),

    /**
     * Whether an id that is bound to the IPv6 wildcard leaves IPv4 alone, 1 or 0. Before listen; an IPv4 address always
     * leaves IPv6 alone unless this is set to 0. C: {@code RDMA_OPTION_ID_AFONLY}.
     */
    ADDRESS_FAMILY_ONLY(types_h.RDMA_OPTION_ID_AFONLY(), Integer.BYTES, 0, 1),

    /**
     * ACK timeout of the queue pair, 4.096 us * 2^value, 0 to 31; 0 waits for ever. Before connect or accept, it cannot change
     * later; wins over the timeout of {@link ConnectionParameters}. For reliable connections only.
     * C: {@code RDMA_OPTION_ID_ACK_TIMEOUT}.
     */
    ACK_TIMEOUT(types_h.RDMA_OPTION_ID_ACK_TIMEOUT(), 1, 0, 31);

    private final int code;
    private final int bytes;
    private final int least;
    private final int most;

    CmOption(final int code, final int bytes, final int least, final int most) {
        this.code = code;
        this.bytes = bytes;
        this.least = least;
        this.most = most;
    }

    /**
     * The value in the C interface. C: {@code rdma_set_option}.
     *
     * @return the option's C code
     */
    public int code() {
        return code;
    }

    /**
     * Size of the option's value in the C interface. C: {@code rdma_set_option}: its optlen argument.
     *
     * @return 1 or 4 bytes
     */
    public int bytes() {
        return bytes;
    }

    /**
     * Refuses values that the option cannot have. No C counterpart.
     *
     * @param value the value
     * @throws IllegalArgumentException if it is out of range
     */
    public void check(final int value) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(this + " " + value + " is not in " + least + " .. " + most);
        }
    }
}
