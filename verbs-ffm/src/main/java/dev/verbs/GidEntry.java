package dev.verbs;

/**
 * An entry of a port's GID table. C: {@code struct ibv_gid_entry}, each field's C name in brackets.
 *
 * @param port the port, from 1 [port_num]
 * @param index index in its table [gid_index]
 * @param gid the identifier [gid]
 * @param type the protocol it stands for [gid_type]
 * @param interfaceIndex index of the network interface that it belongs to, 0 if there is none or it is not known [ndev_ifindex]
 */
public record GidEntry(
    int port,
    int index,
    Gid gid,
    GidType type,
    int interfaceIndex) {

    /**
     * An entry of no network interface. C: {@code struct ibv_gid_entry}.
     *
     * @param port  the port, from 1
     * @param index index in its table
     * @param gid   the identifier
     * @param type  the protocol it stands for
     */
    public GidEntry(final int port, final int index, final Gid gid, final GidType type) {
        this(port, index, gid, type, 0);
    }
}
