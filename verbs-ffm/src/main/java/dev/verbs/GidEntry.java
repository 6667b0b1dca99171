package dev.verbs;

/**
 * An entry of a port's GID table. C: {@code struct ibv_gid_entry}.
 *
 * @param port the port, from 1
 * @param index index in its table
 * @param gid the identifier
 * @param type the protocol it stands for
 */
public record GidEntry(
    int port,
    int index,
    Gid gid,
    GidType type) {
}
