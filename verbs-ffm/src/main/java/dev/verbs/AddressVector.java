package dev.verbs;

import java.util.Objects;

/**
 * The path to a peer. C: {@code struct ibv_ah_attr} with its {@code struct ibv_global_route}, each field's C name in
 * brackets.
 *
 * @param port         local port, from 1 [port_num]
 * @param gid          the peer's GID; all zero where only LIDs route [grh.dgid]
 * @param gidIndex     index of the local GID [grh.sgid_index]
 * @param lid          the peer's LID, 0 on Ethernet [dlid]
 * @param global       whether the GID routes: always on Ethernet [is_global]
 * @param hopLimit     hop limit of the global route, 8 bits [grh.hop_limit]
 * @param serviceLevel service level, 0 to 15 [sl]
 * @param trafficClass traffic class of the global route, 8 bits [grh.traffic_class]
 * @param flowLabel    flow label of the global route, 20 bits [grh.flow_label]
 * @param sourcePathBits low bits of the local LID, where a port has several [src_path_bits]
 * @param staticRate   largest rate, a code of {@link Rate}; 0 for the port's own [static_rate]
 */
public record AddressVector(int port, Gid gid, int gidIndex, int lid, boolean global, int hopLimit, int serviceLevel,
    int trafficClass, int flowLabel, int sourcePathBits, int staticRate) {

    private static final int HOP_LIMIT = 64;

    /** Checks that a GID is given. */
    public AddressVector {
        Objects.requireNonNull(gid, "gid");
    }

    /**
     * A path without flow label, path bits and static rate. C: {@code struct ibv_ah_attr}.
     *
     * @param port         local port, from 1
     * @param gid          the peer's GID; all zero where only LIDs route
     * @param gidIndex     index of the local GID
     * @param lid          the peer's LID, 0 on Ethernet
     * @param global       whether the GID routes: always on Ethernet
     * @param hopLimit     hop limit of the global route, 8 bits
     * @param serviceLevel service level, 0 to 15
     * @param trafficClass traffic class of the global route, 8 bits
     */
    public AddressVector(final int port, final Gid gid, final int gidIndex, final int lid, final boolean global,
        final int hopLimit, final int serviceLevel, final int trafficClass) {
        this(port, gid, gidIndex, lid, global, hopLimit, serviceLevel, trafficClass, 0, 0, 0);
    }

    /**
     * The path over Ethernet, or between subnets, with a hop limit of 64. C: {@code ibv_ah_attr.is_global} 1.
     *
     * @param port     local port, from 1
     * @param gidIndex index of the local GID
     * @param gid      the peer's GID
     * @return the path
     */
    public static AddressVector global(final int port, final int gidIndex, final Gid gid) {
        return new AddressVector(port, gid, gidIndex, 0, true, HOP_LIMIT, 0, 0);
    }

    /**
     * The path inside an InfiniBand subnet. C: {@code ibv_ah_attr.is_global} 0.
     *
     * @param port local port, from 1
     * @param lid  the peer's LID
     * @return the path
     */
    public static AddressVector local(final int port, final int lid) {
        return new AddressVector(port, Gid.of(new byte[Gid.LENGTH]), 0, lid, false, 0, 0, 0);
    }

    /**
     * The same with other values of the global route's header. C: {@code struct ibv_global_route}.
     *
     * @param hops    hop limit, 8 bits
     * @param traffic traffic class, 8 bits
     * @param flow    flow label, 20 bits
     * @return the changed copy
     */
    public AddressVector withRoute(final int hops, final int traffic, final int flow) {
        return new AddressVector(port, gid, gidIndex, lid, global, hops, serviceLevel, traffic, flow, sourcePathBits, staticRate);
    }

    /**
     * The same with another service level. C: {@code ibv_ah_attr.sl}.
     *
     * @param level the service level, 0 to 15
     * @return the changed copy
     */
    public AddressVector withServiceLevel(final int level) {
        return new AddressVector(port, gid, gidIndex, lid, global, hopLimit, level, trafficClass, flowLabel, sourcePathBits,
            staticRate);
    }
}
