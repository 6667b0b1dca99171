package dev.verbs;

import java.util.Objects;

/**
 * The path to a peer. C: {@code struct ibv_ah_attr} with its {@code struct ibv_global_route}.
 *
 * @param port         local port, from 1
 * @param gid          the peer's GID; all zero where only LIDs route
 * @param gidIndex     index of the local GID
 * @param lid          the peer's LID, 0 on Ethernet
 * @param global       whether the GID routes: always on Ethernet
 * @param hopLimit     hop limit of the global route
 * @param serviceLevel service level
 * @param trafficClass traffic class of the global route
 */
public record AddressVector(int port, Gid gid, int gidIndex, int lid, boolean global, int hopLimit, int serviceLevel,
    int trafficClass) {

    /** Checks that a GID is given. */
    public AddressVector {
        Objects.requireNonNull(gid, "gid");
    }

    /**
     * The path over Ethernet, or between subnets.
     *
     * @param port     local port, from 1
     * @param gidIndex index of the local GID
     * @param gid      the peer's GID
     * @return the path
     */
    public static AddressVector global(final int port, final int gidIndex, final Gid gid) {
        return new AddressVector(port, gid, gidIndex, 0, true, 64, 0, 0);
    }

    /**
     * The path inside an InfiniBand subnet.
     *
     * @param port local port, from 1
     * @param lid  the peer's LID
     * @return the path
     */
    public static AddressVector local(final int port, final int lid) {
        return new AddressVector(port, Gid.of(new byte[Gid.LENGTH]), 0, lid, false, 0, 0, 0);
    }
}
