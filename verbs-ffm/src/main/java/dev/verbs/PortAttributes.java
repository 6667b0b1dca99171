package dev.verbs;

/**
 * State and limits of a port. C: {@code struct ibv_port_attr}.
 *
 * @param state its state
 * @param maxMtu largest MTU
 * @param activeMtu MTU in use
 * @param gidTableLength entries of the GID table
 * @param maxMessageSize largest message, bytes
 * @param pkeyTableLength entries of the partition key table
 * @param lid local identifier, 0 on Ethernet
 * @param linkLayer what the port runs on
 * @param activeSpeed speed code
 * @param activeWidth width code
 */
public record PortAttributes(
    PortState state,
    Mtu maxMtu,
    Mtu activeMtu,
    int gidTableLength,
    long maxMessageSize,
    int pkeyTableLength,
    int lid,
    LinkLayer linkLayer,
    int activeSpeed,
    int activeWidth) {
}
