package dev.verbs.soft;

import dev.verbs.Errno;
import dev.verbs.Gid;
import dev.verbs.PathMigrationState;
import dev.verbs.QpAttributeMask;
import dev.verbs.QpAttributes;
import dev.verbs.VerbsException;
import dev.verbs.spi.GidRanking;
import dev.verbs.spi.QpRanges;
import dev.verbs.spi.QpTransitions;

/**
 * What was set on a queue pair, in the form that execution needs. Written by modify under both locks of the queue pair, read
 * under either.
 */
final class QpSettings {
    private static final long TIMEOUT_UNIT_NS = 4096;
    /** Delays of the RNR timer codes in hundredths of a millisecond (InfiniBand specification, table "RNR NAK timer"). */
    private static final int[] RNR_TIMER = {65536, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768,
        1024, 1536, 2048, 3072, 4096, 6144, 8192, 12288, 16384, 24576, 32768, 49152};
    private static final long RNR_UNIT_NS = 10_000;

    private final SoftHost host;
    private QpAttributes given = new QpAttributes();
    private int accessFlags;
    private int destination = -1;
    private int mtuShift;
    private Gid localGid;
    private Gid remoteGid;
    /** Grows with every change. */
    private int version;

    QpSettings(final SoftHost host) {
        this.host = host;
    }

    /** Refuses what no software device has, whatever its state. */
    static void checkSupported(final QpAttributes a) {
        if (a.has(QpAttributeMask.RATE_LIMIT)) {
            throw new VerbsException("ibv_modify_qp", Errno.EOPNOTSUPP, "the software device does not pace packets");
        }
    }

    /** Refuses values out of range, before anything is changed. */
    void check(final QpAttributes a) {
        final String objection = QpRanges.objection(a, host.device().attributes(), host.device().port());
        if (objection != null) {
            throw QpTransitions.refused(objection + (a.has(QpAttributeMask.AV) && a.address() != null
                ? "; " + GidRanking.offer(host.gids(), a.address().gid(), a.address().gidIndex()) : ""));
        }
        if (a.has(QpAttributeMask.PATH_MIG_STATE) && a.pathMigrationState() != PathMigrationState.MIGRATED) {
            throw QpTransitions.refused("path_mig_state " + a.pathMigrationState()
                + " needs an alternate path, and connections over Ethernet have none: it stays MIGRATED");
        }
    }

    /** Takes over what is in the mask, the state left out. */
    void apply(final QpAttributes a) {
        version++;
        copy(a, given);
        accessFlags = given.accessFlags();
        if (a.has(QpAttributeMask.DEST_QPN)) {
            destination = a.destinationQp();
        }
        if (a.has(QpAttributeMask.PATH_MTU)) {
            mtuShift = Integer.numberOfTrailingZeros(a.pathMtu().bytes());
        }
        if (a.has(QpAttributeMask.AV)) {
            localGid = host.paths().get(a.address().gidIndex()).gid();
            remoteGid = a.address().gid();
        }
    }

    void reset() {
        version++;
        given = new QpAttributes();
        accessFlags = 0;
        destination = -1;
        mtuShift = 0;
        localGid = null;
        remoteGid = null;
    }

    /** A copy of what was set. */
    QpAttributes snapshot() {
        final QpAttributes copy = new QpAttributes();
        copy(given, copy);
        return copy;
    }

    private static void copy(final QpAttributes from, final QpAttributes to) {
        final int mask = from.mask();
        when(mask, QpAttributeMask.ACCESS_FLAGS, () -> to.accessFlags(from.accessFlags()));
        when(mask, QpAttributeMask.PKEY_INDEX, () -> to.pkeyIndex(from.pkeyIndex()));
        when(mask, QpAttributeMask.PORT, () -> to.port(from.port()));
        when(mask, QpAttributeMask.QKEY, () -> to.qkey(from.qkey()));
        when(mask, QpAttributeMask.AV, () -> to.address(from.address()));
        when(mask, QpAttributeMask.PATH_MTU, () -> to.pathMtu(from.pathMtu()));
        when(mask, QpAttributeMask.TIMEOUT, () -> to.timeout(from.timeout()));
        when(mask, QpAttributeMask.RETRY_CNT, () -> to.retryCount(from.retryCount()));
        when(mask, QpAttributeMask.RNR_RETRY, () -> to.rnrRetry(from.rnrRetry()));
        when(mask, QpAttributeMask.MAX_QP_RD_ATOMIC, () -> to.maxReadAtomic(from.maxReadAtomic()));
        when(mask, QpAttributeMask.MAX_DEST_RD_ATOMIC, () -> to.maxDestReadAtomic(from.maxDestReadAtomic()));
        when(mask, QpAttributeMask.MIN_RNR_TIMER, () -> to.minRnrTimer(from.minRnrTimer()));
        when(mask, QpAttributeMask.DEST_QPN, () -> to.destinationQp(from.destinationQp()));
        when(mask, QpAttributeMask.EN_SQD_ASYNC_NOTIFY, () -> to.sqdAsyncNotify(from.sqdAsyncNotify()));
    }

    private static void when(final int mask, final int bit, final Runnable action) {
        if ((mask & bit) != 0) {
            action.run();
        }
    }

    boolean allows(final int flag) {
        return (accessFlags & flag) != 0;
    }

    int access() {
        return accessFlags;
    }

    /** Null before a path was set. */
    Gid remoteGid() {
        return remoteGid;
    }

    int qkey() {
        return given.qkey();
    }

    int destination() {
        return destination;
    }

    /** Packets of a message: at least one. */
    int packets(final long length) {
        return (int)Math.max(1, length + (1L << mtuShift) - 1 >> mtuShift);
    }

    int maxReadAtomic() {
        return given.maxReadAtomic();
    }

    int maxDestReadAtomic() {
        return given.maxDestReadAtomic();
    }

    int rnrRetry() {
        return given.rnrRetry();
    }

    int retryCount() {
        return given.retryCount();
    }

    /** ACK timeout, 0 for none. */
    long timeoutNs() {
        return given.timeout() == 0 ? 0 : TIMEOUT_UNIT_NS << given.timeout();
    }

    /** The delay that this side asks of a sender when it has no receive. */
    long rnrDelayNs() {
        return RNR_TIMER[given.minRnrTimer()] * RNR_UNIT_NS;
    }

    /** Tells settings before and after a change apart. */
    int version() {
        return version;
    }

    /** Whether both address vectors lead to each other. */
    boolean facesEachOther(final QpSettings peer) {
        return localGid != null && peer.localGid != null && localGid.equals(peer.remoteGid) && peer.localGid.equals(remoteGid);
    }
}
