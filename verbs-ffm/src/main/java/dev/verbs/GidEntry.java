package dev.verbs;

/**
 * An entry of a port's GID table. C: {@code struct ibv_gid_entry}.
 *
 * @param port the port, from 1
 * @param index index in its table
 * @param gid the identifier
 * @param type the protocol it stands for
 * @param interfaceIndex index of the network interface that it belongs to, 0 if there is none or it is not known
 */
public record GidEntry(
    int port,
    int index,
    Gid gid,
    GidType type,
    int interfaceIndex) {

    /**
     * An entry of no network interface.
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
