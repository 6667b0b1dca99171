package dev.verbs.soft;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import dev.verbs.cm.CmId;
import dev.verbs.cm.CmOption;
import java.net.Inet4Address;
import java.net.InetSocketAddress;

/** Options of an identifier; the rules are the kernel's. Guarded by the {@link CmAddressSpace}'s monitor. */
final class CmIdOptions {
    private static final int UNSET = -1;

    private boolean reuses;
    /** {@link #UNSET}, 0 or 1. */
    private int familyOnly = UNSET;
    /** Whether the first address was of IPv4, which keeps to itself by default. */
    private boolean ipv4;
    private int ackTimeout = UNSET;
    private int trafficClass;

    void set(final CmId id, final CmIdState state, final CmOption option, final int value) {
        switch (option) {
            case REUSE_ADDRESS -> {
                refuseUnless(state.in(CmIdState.State.IDLE) || value != 0 && !state.in(CmIdState.State.LISTENING), id, option, value,
                    "before listen; switched off before bind only");
                reuses = value != 0;
            }
            case ADDRESS_FAMILY_ONLY -> {
                refuseUnless(state.in(CmIdState.State.IDLE) || state.in(CmIdState.State.BOUND), id, option, value, "before listen");
                familyOnly = value;
            }
            case ACK_TIMEOUT -> {
                refuseUnless(!id.portSpace().isDatagram(), id, option, value, "for reliable connections only (TCP, IB)");
                ackTimeout = value;
            }
            case TYPE_OF_SERVICE -> trafficClass = value;
        }
    }

    private static void refuseUnless(final boolean allowed, final CmId id, final CmOption option, final int value,
        final String rule) {
        if (!allowed) {
            throw new VerbsException("rdma_set_option", Errno.EINVAL, id.describe() + " of " + id.portSpace() + ", " + option + " = "
                + value + ": " + rule);
        }
    }

    void boundTo(final InetSocketAddress address) {
        ipv4 = address.getAddress() instanceof Inet4Address;
    }

    /** Who listens is alone at its address. */
    void listens() {
        reuses = false;
    }

    void inherit(final CmIdOptions listener) {
        trafficClass = listener.trafficClass;
    }

    boolean reuses() {
        return reuses;
    }

    boolean isFamilyOnly(final InetSocketAddress local) {
        return familyOnly == UNSET ? ipv4 || local != null && local.getAddress() instanceof Inet4Address : familyOnly != 0;
    }

    /** The option's value, -1 if it was not set. */
    int ackTimeout() {
        return ackTimeout;
    }

    int trafficClass() {
        return trafficClass;
    }
}
