package dev.verbs.spi;

import dev.verbs.AddressVector;
import dev.verbs.AlternatePath;
import dev.verbs.DeviceAttributes;
import dev.verbs.LinkLayer;
import dev.verbs.Mtu;
import dev.verbs.PathMigrationState;
import dev.verbs.PortAttributes;
import dev.verbs.QpAttributeMask;
import dev.verbs.QpAttributes;

/**
 * The values that attributes of a queue pair can have: what packets and the C structure can carry (checked before any device
 * sees them, for a field of 8 bits makes 0 of 256), and what a device and its port can do. Stateless; any thread.
 */
public final class QpRanges {
    private static final int MOST_24_BITS = 0xFF_FFFF;
    private static final int MOST_20_BITS = 0xF_FFFF;
    private static final int MOST_16_BITS = 0xFFFF;
    private static final int MOST_8_BITS = 0xFF;
    private static final int MOST_TIMEOUT = 31;
    private static final int MOST_RETRIES = 7;
    private static final int RNR_FOR_EVER = 7;

    private QpRanges() {
    }

    /**
     * Why no device can take the values.
     *
     * @param a the attributes; those without a bit in the mask do not count
     * @return attribute, value and range of the first one that is out of it; null if all are right
     */
    public static String objection(final QpAttributes a) {
        String found = outside(a, QpAttributeMask.PORT, "port_num", a.port(), 1, MOST_8_BITS);
        found = or(found, outside(a, QpAttributeMask.PKEY_INDEX, "pkey_index", a.pkeyIndex(), 0, MOST_16_BITS));
        found = or(found, outside(a, QpAttributeMask.TIMEOUT, "timeout", a.timeout(), 0, MOST_TIMEOUT));
        found = or(found, outside(a, QpAttributeMask.RETRY_CNT, "retry_cnt", a.retryCount(), 0, MOST_RETRIES));
        found = or(found, outside(a, QpAttributeMask.RNR_RETRY, "rnr_retry", a.rnrRetry(), 0, MOST_RETRIES));
        found = or(found, outside(a, QpAttributeMask.MIN_RNR_TIMER, "min_rnr_timer", a.minRnrTimer(), 0, MOST_TIMEOUT));
        found = or(found, outside(a, QpAttributeMask.DEST_QPN, "dest_qp_num", a.destinationQp(), 0, MOST_24_BITS));
        found = or(found, outside(a, QpAttributeMask.RQ_PSN, "rq_psn", a.rqPsn(), 0, MOST_24_BITS));
        found = or(found, outside(a, QpAttributeMask.SQ_PSN, "sq_psn", a.sqPsn(), 0, MOST_24_BITS));
        found = or(found, outside(a, QpAttributeMask.MAX_QP_RD_ATOMIC, "max_rd_atomic", a.maxReadAtomic(), 0, MOST_8_BITS));
        found = or(found, outside(a, QpAttributeMask.MAX_DEST_RD_ATOMIC, "max_dest_rd_atomic", a.maxDestReadAtomic(), 0,
            MOST_8_BITS));
        if (found == null && a.has(QpAttributeMask.AV)) {
            found = a.address() == null ? "IBV_QP_AV is in the mask, but no address vector was given" : objection(a.address());
        }
        return or(found, migration(a));
    }

    private static String migration(final QpAttributes a) {
        if (a.has(QpAttributeMask.PATH_MIG_STATE) && a.pathMigrationState() == PathMigrationState.UNKNOWN) {
            return "path_mig_state is none of MIGRATED, REARM and ARMED";
        }
        if (a.has(QpAttributeMask.CAP) && a.capabilities() == null) {
            return "IBV_QP_CAP is in the mask, but no capabilities were given";
        }
        if (!a.has(QpAttributeMask.ALT_PATH)) {
            return null;
        }
        final AlternatePath path = a.alternatePath();
        if (path == null) {
            return "IBV_QP_ALT_PATH is in the mask, but no alternate path was given";
        }
        String found = outside("alt_port_num", path.port(), 1, MOST_8_BITS);
        found = or(found, outside("alt_pkey_index", path.pkeyIndex(), 0, MOST_16_BITS));
        found = or(found, outside("alt_timeout", path.timeout(), 0, MOST_TIMEOUT));
        if (found == null && path.port() != path.address().port()) {
            found = "alt_port_num " + path.port() + " is not the port of its address vector, " + path.address().port();
        }
        final String address = objection(path.address());
        return found != null || address == null ? found : "alternate path: " + address;
    }

    /**
     * Why no device can take a path.
     *
     * @param path the path
     * @return field, value and range of the first one that is out of it; null if all are right
     */
    public static String objection(final AddressVector path) {
        String found = outside("port_num of the address vector", path.port(), 1, MOST_8_BITS);
        found = or(found, outside("sgid_index", path.gidIndex(), 0, MOST_8_BITS));
        found = or(found, outside("dlid", path.lid(), 0, MOST_16_BITS));
        found = or(found, outside("hop_limit", path.hopLimit(), 0, MOST_8_BITS));
        found = or(found, outside("sl", path.serviceLevel(), 0, MOST_8_BITS));
        found = or(found, outside("traffic_class", path.trafficClass(), 0, MOST_8_BITS));
        found = or(found, outside("flow_label", path.flowLabel(), 0, MOST_20_BITS));
        found = or(found, outside("src_path_bits", path.sourcePathBits(), 0, MOST_8_BITS));
        return or(found, outside("static_rate", path.staticRate(), 0, MOST_8_BITS));
    }

    /**
     * Why one device refuses the values. The port is the one that the attributes name, or that the queue pair has.
     *
     * @param a      the attributes
     * @param device limits of the device
     * @param port   limits of the port, null if there is none yet
     * @return attribute, value and range of the first one that is out of it; null if all are right
     */
    public static String objection(final QpAttributes a, final DeviceAttributes device, final PortAttributes port) {
        String found = objection(a);
        found = or(found, outside(a, QpAttributeMask.PORT, "port_num", a.port(), 1, device.ports()));
        found = or(found, outside(a, QpAttributeMask.MAX_QP_RD_ATOMIC, "max_rd_atomic", a.maxReadAtomic(), 0,
            device.maxQpInitReadAtomics()));
        found = or(found, outside(a, QpAttributeMask.MAX_DEST_RD_ATOMIC, "max_dest_rd_atomic", a.maxDestReadAtomic(), 0,
            device.maxQpReadAtomics()));
        if (found == null && port != null) {
            found = outside(a, QpAttributeMask.PKEY_INDEX, "pkey_index", a.pkeyIndex(), 0, port.pkeyTableLength() - 1);
            found = or(found, mtu(a, port));
        }
        if (found == null && a.has(QpAttributeMask.AV)) {
            found = objection(a.address(), device, port);
        }
        return or(found, alternate(a, device, port));
    }

    private static String alternate(final QpAttributes a, final DeviceAttributes device, final PortAttributes port) {
        if (!a.has(QpAttributeMask.ALT_PATH)) {
            return null;
        }
        if (port != null && port.linkLayer() == LinkLayer.ETHERNET) {
            return "IBV_QP_ALT_PATH: connections over Ethernet have one path; alternate paths are for InfiniBand";
        }
        final String found = outside("alt_port_num", a.alternatePath().port(), 1, device.ports());
        return found != null || port == null ? found
            : outside("alt_pkey_index", a.alternatePath().pkeyIndex(), 0, port.pkeyTableLength() - 1);
    }

    /**
     * Why one device refuses a path.
     *
     * @param path   the path
     * @param device limits of the device
     * @param port   limits of the path's port, null if there is none
     * @return field, value and range of the first one that is out of it; null if all are right
     */
    public static String objection(final AddressVector path, final DeviceAttributes device, final PortAttributes port) {
        String found = or(objection(path), outside("port_num of the address vector", path.port(), 1, device.ports()));
        if (found == null && port != null && path.global()) {
            found = outside("sgid_index", path.gidIndex(), 0, port.gidTableLength() - 1);
        }
        if (found == null && port != null && !path.global() && port.linkLayer() == LinkLayer.ETHERNET) {
            found = "the address vector has no global route, which Ethernet needs: use AddressVector.global";
        }
        return found;
    }

    private static String mtu(final QpAttributes a, final PortAttributes port) {
        if (!a.has(QpAttributeMask.PATH_MTU) || a.pathMtu() != Mtu.UNKNOWN && a.pathMtu().bytes() <= port.maxMtu().bytes()) {
            return null;
        }
        return "path_mtu " + a.pathMtu() + " is not one of the MTUs up to " + port.maxMtu().bytes() + ", the port's max_mtu"
            + " (its active_mtu is " + port.activeMtu().bytes() + ")";
    }

    /**
     * The trap behind many "4 second" latencies: a late receive makes the sender wait for as long as the code 0 says, again and
     * again. {@link AbstractQueuePair} logs it as a warning when a queue pair becomes ready to send with both values.
     *
     * @param minRnrTimer the queue pair's min_rnr_timer
     * @param rnrRetry    its rnr_retry
     * @return what happens and what to do; null if the values are fine
     */
    public static String warning(final int minRnrTimer, final int rnrRetry) {
        return minRnrTimer != 0 || rnrRetry != RNR_FOR_EVER ? null
            : "min_rnr_timer 0 asks a sender that finds no receive to wait 655.36 ms, and rnr_retry 7 makes it try again for ever: "
            + "a receive that is late by a microsecond costs that long. Set min_rnr_timer to 12 (0.64 ms), or rnr_retry below 7";
    }

    private static String or(final String first, final String second) {
        return first == null ? second : first;
    }

    private static String outside(final QpAttributes a, final int bit, final String name, final int value, final int least,
        final int most) {
        return a.has(bit) ? outside(name, value, least, most) : null;
    }

    private static String outside(final String name, final int value, final int least, final int most) {
        return value >= least && value <= most ? null : name + " " + value + " is not in " + least + " .. " + most;
    }
}
