package dev.verbs;

import java.util.Objects;

/**
 * The path that a connection migrates to when its own fails. Only InfiniBand has it: the kernel refuses it on Ethernet. C: the fields of
 * {@code struct ibv_qp_attr} that have the bit {@code IBV_QP_ALT_PATH}.
 *
 * @param address   where it leads [alt_ah_attr]
 * @param port      local port, from 1, the same as in the address [alt_port_num]
 * @param pkeyIndex index in the partition key table [alt_pkey_index]
 * @param timeout   ACK timeout, 4.096 us * 2^timeout, 0 to 31; 0 waits for ever [alt_timeout]
 */
public record AlternatePath(AddressVector address, int port, int pkeyIndex, int timeout) {
    /** Checks that an address is given. */
    public AlternatePath {
        Objects.requireNonNull(address, "address");
    }

    /**
     * The path through the port of its address. No C counterpart.
     *
     * @param address   where it leads
     * @param pkeyIndex index in the partition key table
     * @param timeout   ACK timeout code, 0 to 31
     * @return the path
     */
    public static AlternatePath of(final AddressVector address, final int pkeyIndex, final int timeout) {
        return new AlternatePath(address, address.port(), pkeyIndex, timeout);
    }
}
