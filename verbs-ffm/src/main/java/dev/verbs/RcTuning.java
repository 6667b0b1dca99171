package dev.verbs;

/**
 * How a reliable connection waits and retries, with defaults that do not surprise: C programs that leave these at 0 wait
 * 655 ms for a late receive, or for ever for a dead peer. C: part of {@code struct ibv_qp_attr}.
 *
 * @param timeout           ACK timeout, 4.096 us * 2^timeout, 1 to 31 [timeout]
 * @param retryCount        transport retries, 0 to 7. Some drivers take 7 for infinite; 6 is the most that ends everywhere
 *     [retry_cnt]
 * @param rnrRetry          receiver-not-ready retries, 0 to 7; 7 is for ever [rnr_retry]
 * @param minRnrTimer       code of the delay asked of a sender that finds no receive, 1 to 31; 12 is 0.64 ms [min_rnr_timer]
 * @param maxReadAtomic     reads and atomics outstanding as initiator [max_rd_atomic]
 * @param maxDestReadAtomic reads and atomics outstanding as responder [max_dest_rd_atomic]
 */
public record RcTuning(int timeout, int retryCount, int rnrRetry, int minRnrTimer, int maxReadAtomic,
    int maxDestReadAtomic) {
    /** 67 ms, 6 retries, RNR for ever at 0.64 ms, 16 reads each way. No C counterpart. */
    public static final RcTuning DEFAULT = new RcTuning(14, 6, 7, 12, 16, 16);

    /** Checks the ranges. */
    public RcTuning {
        range("timeout", timeout, 1, 31);
        range("retryCount", retryCount, 0, 7);
        range("rnrRetry", rnrRetry, 0, 7);
        range("minRnrTimer", minRnrTimer, 1, 31);
        range("maxReadAtomic", maxReadAtomic, 0, 255);
        range("maxDestReadAtomic", maxDestReadAtomic, 0, 255);
    }

    /**
     * The same with at most what a device can do for reads and atomics. C: {@code ibv_device_attr.max_qp_init_rd_atom},
     * {@code ibv_device_attr.max_qp_rd_atom}.
     *
     * @param device limits of the device
     * @return the changed copy
     */
    public RcTuning limitedBy(final DeviceAttributes device) {
        return new RcTuning(timeout, retryCount, rnrRetry, minRnrTimer,
            Math.min(maxReadAtomic, device.maxQpInitReadAtomics()), Math.min(maxDestReadAtomic, device.maxQpReadAtomics()));
    }

    /**
     * The same with other retries. C: {@code ibv_qp_attr.timeout}, {@code ibv_qp_attr.retry_cnt}, {@code ibv_qp_attr.rnr_retry}.
     *
     * @param ackTimeout ACK timeout code
     * @param retries    transport retries
     * @param rnrRetries receiver-not-ready retries
     * @return the changed copy
     */
    public RcTuning withRetries(final int ackTimeout, final int retries, final int rnrRetries) {
        return new RcTuning(ackTimeout, retries, rnrRetries, minRnrTimer, maxReadAtomic, maxDestReadAtomic);
    }

    private static void range(final String name, final int value, final int least, final int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " " + value + " is not in " + least + " .. " + most);
        }
    }
}
