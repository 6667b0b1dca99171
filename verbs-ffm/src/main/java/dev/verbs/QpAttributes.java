package dev.verbs;

/**
 * Attributes of a queue pair: every one that is set also sets its bit of the mask.
 *
 * <p>{@code qp.modify(new QpAttributes().state(INIT).pkeyIndex(0).port(1).accessFlags(REMOTE_WRITE))}. The
 * setters take any value: what is out of range {@link QueuePair#modify} refuses. Not for sharing between threads.
 *
 * <p>C: {@code struct ibv_qp_attr} and {@code enum ibv_qp_attr_mask}.
 */
public final class QpAttributes {
    private int mask;
    private QpState state = QpState.UNKNOWN;
    private QpState currentState = QpState.UNKNOWN;
    private int accessFlags;
    private int pkeyIndex;
    private int port;
    private int qkey;
    private Mtu pathMtu = Mtu.UNKNOWN;
    private int timeout;
    private int retryCount;
    private int rnrRetry;
    private int rqPsn;
    private int sqPsn;
    private int maxReadAtomic;
    private int maxDestReadAtomic;
    private int minRnrTimer;
    private int destinationQp;
    private AddressVector address;
    private boolean sqdAsyncNotify;
    private boolean sqDraining;
    private AlternatePath alternatePath;
    private PathMigrationState pathMigrationState = PathMigrationState.UNKNOWN;
    private QpCapabilities capabilities;
    private int rateLimit;

    /** No attribute yet. C: {@code struct ibv_qp_attr}. */
    public QpAttributes() {
    }

    /**
     * Which attributes were set. C: {@code enum ibv_qp_attr_mask}.
     *
     * @return bits of {@link QpAttributeMask}
     */
    public int mask() {
        return mask;
    }

    /**
     * Replaces the mask: sets bits without values, or takes values away. For tests of refusals. C: {@code enum ibv_qp_attr_mask}.
     *
     * @param bits bits of {@link QpAttributeMask}
     * @return this
     */
    public QpAttributes mask(final int bits) {
        this.mask = bits;
        return this;
    }

    /**
     * Whether an attribute was set. C: {@code enum ibv_qp_attr_mask}.
     *
     * @param bit a bit of {@link QpAttributeMask}
     * @return true if so
     */
    public boolean has(final int bit) {
        return (mask & bit) != 0;
    }

    /**
     * Reads: the state to go to, or that was found. C: {@code ibv_qp_attr.qp_state}.
     *
     * @return the value
     */
    public QpState state() {
        return state;
    }

    /**
     * Sets: the state to go to, or that was found. C: {@code ibv_qp_attr.qp_state}, {@code IBV_QP_STATE}.
     *
     * @param value the value
     * @return this
     */
    public QpAttributes state(final QpState value) {
        this.state = value;
        this.mask |= QpAttributeMask.STATE;
        return this;
    }

    /**
     * Reads: the state that the caller takes for granted. C: {@code ibv_qp_attr.cur_qp_state}.
     *
     * @return the value
     */
    public QpState currentState() {
        return currentState;
    }

    /**
     * Sets: the state that the caller takes for granted. C: {@code ibv_qp_attr.cur_qp_state}, {@code IBV_QP_CUR_STATE}.
     *
     * @param value the value
     * @return this
     */
    public QpAttributes currentState(final QpState value) {
        this.currentState = value;
        this.mask |= QpAttributeMask.CUR_STATE;
        return this;
    }

    /**
     * Reads: what peers may do: flags of {@link AccessFlags}. C: {@code ibv_qp_attr.qp_access_flags}.
     *
     * @return the value
     */
    public int accessFlags() {
        return accessFlags;
    }

    /**
     * Sets: what peers may do: flags of {@link AccessFlags}. C: {@code ibv_qp_attr.qp_access_flags}, {@code IBV_QP_ACCESS_FLAGS}.
     *
     * @param value the value
     * @return this
     */
    public QpAttributes accessFlags(final int value) {
        this.accessFlags = value;
        this.mask |= QpAttributeMask.ACCESS_FLAGS;
        return this;
    }

    /**
     * Reads: index in the partition key table, 0 to 65535. C: {@code ibv_qp_attr.pkey_index}.
     *
     * @return the value
     */
    public int pkeyIndex() {
        return pkeyIndex;
    }

    /**
     * Sets: index in the partition key table, 0 to 65535. C: {@code ibv_qp_attr.pkey_index}, {@code IBV_QP_PKEY_INDEX}.
     *
     * @param value the value
     * @return this
     */
    public QpAttributes pkeyIndex(final int value) {
        this.pkeyIndex = value;
        this.mask |= QpAttributeMask.PKEY_INDEX;
        return this;
    }

    /**
     * Reads: physical port, 1 to 255. C: {@code ibv_qp_attr.port_num}.
     *
     * @return the value
     */
    public int port() {
        return port;
    }

    /**
     * Sets: physical port, 1 to 255. C: {@code ibv_qp_attr.port_num}, {@code IBV_QP_PORT}.
     *
     * @param value the value
     * @return this
     */
    public QpAttributes port(final int value) {
        this.port = value;
        this.mask |= QpAttributeMask.PORT;
        return this;
    }

    /**
     * Reads: queue key (UD), 32 bits. C: {@code ibv_qp_attr.qkey}.
     *
     * @return the value
     */
    public int qkey() {
        return qkey;
    }

    /**
     * Sets: queue key (UD), 32 bits. C: {@code ibv_qp_attr.qkey}, {@code IBV_QP_QKEY}.
     *
     * @param value the value
     * @return this
     */
    public QpAttributes qkey(final int value) {
        this.qkey = value;
        this.mask |= QpAttributeMask.QKEY;
        return this;
    }

    /**
     * Reads: largest packet payload on the path. C: {@code ibv_qp_attr.path_mtu}.
     *
     * @return the value
     */
    public Mtu pathMtu() {
        return pathMtu;
    }

    /**
     * Sets: largest packet payload on the path. C: {@code ibv_qp_attr.path_mtu}, {@code IBV_QP_PATH_MTU}.
     *
     * @param value the value
     * @return this
     */
    public QpAttributes pathMtu(final Mtu value) {
        this.pathMtu = value;
        this.mask |= QpAttributeMask.PATH_MTU;
        return this;
    }

    /**
     * Reads: ACK timeout, 4.096 us * 2^timeout, 0 to 31; 0 waits for ever. C: {@code ibv_qp_attr.timeout}.
     *
     * @return the value
     */
    public int timeout() {
        return timeout;
    }

    /**
     * Sets: ACK timeout, 4.096 us * 2^timeout, 0 to 31; 0 waits for ever. C: {@code ibv_qp_attr.timeout}, {@code IBV_QP_TIMEOUT}.
     *
     * @param value the value
     * @return this
     */
    public QpAttributes timeout(final int value) {
        this.timeout = value;
        this.mask |= QpAttributeMask.TIMEOUT;
        return this;
    }

    /**
     * Reads: transport retries, 0 to 7. C: {@code ibv_qp_attr.retry_cnt}.
     *
     * @return the value
     */
    public int retryCount() {
        return retryCount;
    }

    /**
     * Sets: transport retries, 0 to 7. C: {@code ibv_qp_attr.retry_cnt}, {@code IBV_QP_RETRY_CNT}.
     *
     * @param value the value
     * @return this
     */
    public QpAttributes retryCount(final int value) {
        this.retryCount = value;
        this.mask |= QpAttributeMask.RETRY_CNT;
        return this;
    }

    /**
     * Reads: receiver-not-ready retries, 0 to 7; 7 is for ever. C: {@code ibv_qp_attr.rnr_retry}.
     *
     * @return the value
     */
    public int rnrRetry() {
        return rnrRetry;
    }

    /**
     * Sets: receiver-not-ready retries, 0 to 7; 7 is for ever. C: {@code ibv_qp_attr.rnr_retry}, {@code IBV_QP_RNR_RETRY}.
     *
     * @param value the value
     * @return this
     */
    public QpAttributes rnrRetry(final int value) {
        this.rnrRetry = value;
        this.mask |= QpAttributeMask.RNR_RETRY;
        return this;
    }

    /**
     * Reads: first packet number expected, 24 bits. C: {@code ibv_qp_attr.rq_psn}.
     *
     * @return the value
     */
    public int rqPsn() {
        return rqPsn;
    }

    /**
     * Sets: first packet number expected, 24 bits. C: {@code ibv_qp_attr.rq_psn}, {@code IBV_QP_RQ_PSN}.
     *
     * @param value the value
     * @return this
     */
    public QpAttributes rqPsn(final int value) {
        this.rqPsn = value;
        this.mask |= QpAttributeMask.RQ_PSN;
        return this;
    }

    /**
     * Reads: first packet number sent, 24 bits. C: {@code ibv_qp_attr.sq_psn}.
     *
     * @return the value
     */
    public int sqPsn() {
        return sqPsn;
    }

    /**
     * Sets: first packet number sent, 24 bits. C: {@code ibv_qp_attr.sq_psn}, {@code IBV_QP_SQ_PSN}.
     *
     * @param value the value
     * @return this
     */
    public QpAttributes sqPsn(final int value) {
        this.sqPsn = value;
        this.mask |= QpAttributeMask.SQ_PSN;
        return this;
    }

    /**
     * Reads: reads and atomics outstanding as initiator, 0 to 255. C: {@code ibv_qp_attr.max_rd_atomic}.
     *
     * @return the value
     */
    public int maxReadAtomic() {
        return maxReadAtomic;
    }

    /**
     * Sets: reads and atomics outstanding as initiator, 0 to 255. C: {@code ibv_qp_attr.max_rd_atomic}, {@code IBV_QP_MAX_QP_RD_ATOMIC}.
     *
     * @param value the value
     * @return this
     */
    public QpAttributes maxReadAtomic(final int value) {
        this.maxReadAtomic = value;
        this.mask |= QpAttributeMask.MAX_QP_RD_ATOMIC;
        return this;
    }

    /**
     * Reads: reads and atomics outstanding as responder, 0 to 255; 0 makes the peer's READs fail.
     * C: {@code ibv_qp_attr.max_dest_rd_atomic}.
     *
     * @return the value
     */
    public int maxDestReadAtomic() {
        return maxDestReadAtomic;
    }

    /**
     * Sets: reads and atomics outstanding as responder, 0 to 255; 0 makes the peer's READs fail.
     * C: {@code ibv_qp_attr.max_dest_rd_atomic}, {@code IBV_QP_MAX_DEST_RD_ATOMIC}.
     *
     * @param value the value
     * @return this
     */
    public QpAttributes maxDestReadAtomic(final int value) {
        this.maxDestReadAtomic = value;
        this.mask |= QpAttributeMask.MAX_DEST_RD_ATOMIC;
        return this;
    }

    /**
     * Reads: code of the delay asked of a sender that finds no receive, 0 to 31: 12 is 0.64 ms, 0 is 655.36 ms.
     * C: {@code ibv_qp_attr.min_rnr_timer}.
     *
     * @return the value
     */
    public int minRnrTimer() {
        return minRnrTimer;
    }

    /**
     * Sets: code of the delay asked of a sender that finds no receive, 0 to 31: 12 is 0.64 ms, 0 is 655.36 ms.
     * C: {@code ibv_qp_attr.min_rnr_timer}, {@code IBV_QP_MIN_RNR_TIMER}.
     *
     * @param value the value
     * @return this
     */
    public QpAttributes minRnrTimer(final int value) {
        this.minRnrTimer = value;
        this.mask |= QpAttributeMask.MIN_RNR_TIMER;
        return this;
    }

    /**
     * Reads: number of the peer's queue pair, 24 bits. C: {@code ibv_qp_attr.dest_qp_num}.
     *
     * @return the value
     */
    public int destinationQp() {
        return destinationQp;
    }

    /**
     * Sets: number of the peer's queue pair, 24 bits. C: {@code ibv_qp_attr.dest_qp_num}, {@code IBV_QP_DEST_QPN}.
     *
     * @param value the value
     * @return this
     */
    public QpAttributes destinationQp(final int value) {
        this.destinationQp = value;
        this.mask |= QpAttributeMask.DEST_QPN;
        return this;
    }

    /**
     * Reads: the path to the peer, null if it was not set. C: {@code ibv_qp_attr.ah_attr}.
     *
     * @return the value
     */
    public AddressVector address() {
        return address;
    }

    /**
     * Sets: the path to the peer. C: {@code ibv_qp_attr.ah_attr}, {@code IBV_QP_AV}.
     *
     * @param value the value
     * @return this
     */
    public QpAttributes address(final AddressVector value) {
        this.address = value;
        this.mask |= QpAttributeMask.AV;
        return this;
    }

    /**
     * Reads: whether {@link EventType#SQ_DRAINED} is raised once a queue pair that goes to SQD has drained.
     * C: {@code ibv_qp_attr.en_sqd_async_notify}.
     *
     * @return the value, false after a query: the device does not tell
     */
    public boolean sqdAsyncNotify() {
        return sqdAsyncNotify;
    }

    /**
     * Sets: whether {@link EventType#SQ_DRAINED} is raised once a queue pair that goes to SQD has drained.
     * C: {@code ibv_qp_attr.en_sqd_async_notify}, {@code IBV_QP_EN_SQD_ASYNC_NOTIFY}.
     *
     * @param value the value
     * @return this
     */
    public QpAttributes sqdAsyncNotify(final boolean value) {
        this.sqdAsyncNotify = value;
        this.mask |= QpAttributeMask.EN_SQD_ASYNC_NOTIFY;
        return this;
    }

    /**
     * Reads: whether requests of a queue pair in SQD are still being executed. Only a query says so; it has no bit in the mask.
     * C: {@code ibv_qp_attr.sq_draining}.
     *
     * @return the value
     */
    public boolean sqDraining() {
        return sqDraining;
    }

    /**
     * Notes what a query found: whether requests of a queue pair in SQD are still being executed.
     * C: {@code ibv_qp_attr.sq_draining}.
     *
     * @param value the value
     * @return this
     */
    public QpAttributes sqDraining(final boolean value) {
        this.sqDraining = value;
        return this;
    }

    /**
     * Reads: the path that the connection migrates to. C: {@code ibv_qp_attr.alt_ah_attr},
     * {@code ibv_qp_attr.alt_port_num}, {@code ibv_qp_attr.alt_pkey_index} and {@code ibv_qp_attr.alt_timeout}.
     *
     * @return the value; after a query null, or of nothing but zeros, if none was loaded
     */
    public AlternatePath alternatePath() {
        return alternatePath;
    }

    /**
     * Sets: the path that the connection migrates to (RC and UC on InfiniBand). C: {@code ibv_qp_attr.alt_ah_attr},
     * {@code ibv_qp_attr.alt_port_num}, {@code ibv_qp_attr.alt_pkey_index} and {@code ibv_qp_attr.alt_timeout},
     * {@code IBV_QP_ALT_PATH}.
     *
     * @param value the value
     * @return this
     */
    public QpAttributes alternatePath(final AlternatePath value) {
        this.alternatePath = value;
        this.mask |= QpAttributeMask.ALT_PATH;
        return this;
    }

    /**
     * Reads: how far the connection is from migrating. C: {@code ibv_qp_attr.path_mig_state}.
     *
     * @return the value
     */
    public PathMigrationState pathMigrationState() {
        return pathMigrationState;
    }

    /**
     * Sets: how far the connection is from migrating: {@link PathMigrationState#REARM} after an alternate path was given,
     * {@link PathMigrationState#MIGRATED} to migrate now. C: {@code ibv_qp_attr.path_mig_state},
     * {@code IBV_QP_PATH_MIG_STATE}.
     *
     * @param value the value
     * @return this
     */
    public QpAttributes pathMigrationState(final PathMigrationState value) {
        this.pathMigrationState = value;
        this.mask |= QpAttributeMask.PATH_MIG_STATE;
        return this;
    }

    /**
     * Reads: how much the queues hold. C: {@code ibv_qp_attr.cap}.
     *
     * @return the value
     */
    public QpCapabilities capabilities() {
        return capabilities;
    }

    /**
     * Sets: how much the queues shall hold, for devices with {@link DeviceFlags#RESIZE_MAX_WR}. C: {@code ibv_qp_attr.cap},
     * {@code IBV_QP_CAP}.
     *
     * @param value the value
     * @return this
     */
    public QpAttributes capabilities(final QpCapabilities value) {
        this.capabilities = value;
        this.mask |= QpAttributeMask.CAP;
        return this;
    }

    /**
     * Reads: the largest rate of its packets in kbit/s. C: {@code ibv_qp_attr.rate_limit}.
     *
     * @return the value, 0 for no limit
     */
    public int rateLimit() {
        return rateLimit;
    }

    /**
     * Sets: the largest rate of its packets, for devices with packet pacing. C: {@code ibv_qp_attr.rate_limit},
     * {@code IBV_QP_RATE_LIMIT}.
     *
     * @param value kbit/s, unsigned; 0 for no limit
     * @return this
     */
    public QpAttributes rateLimit(final int value) {
        this.rateLimit = value;
        this.mask |= QpAttributeMask.RATE_LIMIT;
        return this;
    }
}
