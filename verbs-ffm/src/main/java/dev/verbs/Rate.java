package dev.verbs;

import dev.verbs.headers.types_h;

/**
 * The rate at which packets of an address vector are sent at most.
 *
 * <p>C: {@code enum ibv_rate}. A code that this version does not know reads as {@link #UNKNOWN}.
 */
public enum Rate {
    /** No limit: what the port has. C: {@code IBV_RATE_MAX}. */
    MAX(types_h.IBV_RATE_MAX(), 0, 0),
    /** 2.5 Gbit/s. C: {@code IBV_RATE_2_5_GBPS}. */
    GBPS_2_5(types_h.IBV_RATE_2_5_GBPS(), 1, 2500),
    /** 5 Gbit/s. C: {@code IBV_RATE_5_GBPS}. */
    GBPS_5(types_h.IBV_RATE_5_GBPS(), 2, 5000),
    /** 10 Gbit/s. C: {@code IBV_RATE_10_GBPS}. */
    GBPS_10(types_h.IBV_RATE_10_GBPS(), 4, 10000),
    /** 20 Gbit/s. C: {@code IBV_RATE_20_GBPS}. */
    GBPS_20(types_h.IBV_RATE_20_GBPS(), 8, 20000),
    /** 30 Gbit/s. C: {@code IBV_RATE_30_GBPS}. */
    GBPS_30(types_h.IBV_RATE_30_GBPS(), 12, 30000),
    /** 40 Gbit/s. C: {@code IBV_RATE_40_GBPS}. */
    GBPS_40(types_h.IBV_RATE_40_GBPS(), 16, 40000),
    /** 60 Gbit/s. C: {@code IBV_RATE_60_GBPS}. */
    GBPS_60(types_h.IBV_RATE_60_GBPS(), 24, 60000),
    /** 80 Gbit/s. C: {@code IBV_RATE_80_GBPS}. */
    GBPS_80(types_h.IBV_RATE_80_GBPS(), 32, 80000),
    /** 120 Gbit/s. C: {@code IBV_RATE_120_GBPS}. */
    GBPS_120(types_h.IBV_RATE_120_GBPS(), 48, 120000),
    /** 14.062 Gbit/s. C: {@code IBV_RATE_14_GBPS}. */
    GBPS_14(types_h.IBV_RATE_14_GBPS(), 0, 14062),
    /** 56.25 Gbit/s. C: {@code IBV_RATE_56_GBPS}. */
    GBPS_56(types_h.IBV_RATE_56_GBPS(), 0, 56250),
    /** 112.5 Gbit/s. C: {@code IBV_RATE_112_GBPS}. */
    GBPS_112(types_h.IBV_RATE_112_GBPS(), 0, 112500),
    /** 168.75 Gbit/s. C: {@code IBV_RATE_168_GBPS}. */
    GBPS_168(types_h.IBV_RATE_168_GBPS(), 0, 168750),
    /** 25.781 Gbit/s. C: {@code IBV_RATE_25_GBPS}. */
    GBPS_25(types_h.IBV_RATE_25_GBPS(), 0, 25781),
    /** 103.125 Gbit/s. C: {@code IBV_RATE_100_GBPS}. */
    GBPS_100(types_h.IBV_RATE_100_GBPS(), 0, 103125),
    /** 206.25 Gbit/s. C: {@code IBV_RATE_200_GBPS}. */
    GBPS_200(types_h.IBV_RATE_200_GBPS(), 0, 206250),
    /** 309.375 Gbit/s. C: {@code IBV_RATE_300_GBPS}. */
    GBPS_300(types_h.IBV_RATE_300_GBPS(), 0, 309375),
    /** 28.125 Gbit/s. C: {@code IBV_RATE_28_GBPS}. */
    GBPS_28(types_h.IBV_RATE_28_GBPS(), 11, 28125),
    /** 53.125 Gbit/s. C: {@code IBV_RATE_50_GBPS}. */
    GBPS_50(types_h.IBV_RATE_50_GBPS(), 20, 53125),
    /** 425 Gbit/s. C: {@code IBV_RATE_400_GBPS}. */
    GBPS_400(types_h.IBV_RATE_400_GBPS(), 160, 425000),
    /** 637.5 Gbit/s. C: {@code IBV_RATE_600_GBPS}. */
    GBPS_600(types_h.IBV_RATE_600_GBPS(), 240, 637500),
    /** 850 Gbit/s. C: {@code IBV_RATE_800_GBPS}. */
    GBPS_800(types_h.IBV_RATE_800_GBPS(), 320, 850000),
    /** 1275 Gbit/s. C: {@code IBV_RATE_1200_GBPS}. */
    GBPS_1200(types_h.IBV_RATE_1200_GBPS(), 480, 1275000),
    /** A code that is newer than this library. No C counterpart. */
    UNKNOWN(-1, 0, 0);

    private static final CodeTable<Rate> TABLE = new CodeTable<>(values(), Rate::code, UNKNOWN);

    private final int code;
    private final int multiple;
    private final int mbps;

    Rate(final int code, final int multiple, final int mbps) {
        this.code = code;
        this.multiple = multiple;
        this.mbps = mbps;
    }

    /**
     * The rate as a multiple of 2.5 Gbit/s. C: {@code ibv_rate_to_mult}.
     *
     * @return the factor, -1 for a rate that has none
     */
    public int multiple() {
        return multiple == 0 ? -1 : multiple;
    }

    /**
     * The rate in Mbit/s. C: {@code ibv_rate_to_mbps}.
     *
     * @return the rate, -1 for {@link #MAX} and {@link #UNKNOWN}
     */
    public int mbps() {
        return mbps == 0 ? -1 : mbps;
    }

    /**
     * The rate that is a multiple of 2.5 Gbit/s. C: {@code mult_to_ibv_rate}.
     *
     * @param multiple the factor
     * @return the rate, {@link #MAX} if there is none
     */
    public static Rate ofMultiple(final int multiple) {
        for (final Rate rate : values()) {
            if (rate.multiple == multiple && multiple != 0) {
                return rate;
            }
        }
        return MAX;
    }

    /**
     * The rate of exactly so many Mbit/s. C: {@code mbps_to_ibv_rate}.
     *
     * @param mbps the rate in Mbit/s, encoding overhead included as {@link #mbps} gives it
     * @return the rate, {@link #MAX} if there is none
     */
    public static Rate ofMbps(final int mbps) {
        for (final Rate rate : values()) {
            if (rate.mbps == mbps && mbps != 0) {
                return rate;
            }
        }
        return MAX;
    }

    /**
     * The value in the C structures. C: {@code enum ibv_rate}.
     *
     * @return the C code, -1 for {@link #UNKNOWN}
     */
    public int code() {
        return code;
    }

    /**
     * The constant of a C code; never throws and never allocates. C: {@code enum ibv_rate}.
     *
     * @param code the C code
     * @return its constant, {@link #UNKNOWN} if there is none
     */
    public static Rate of(final int code) {
        return TABLE.get(code);
    }
}
