package dev.verbs;

import dev.verbs.headers.types_h;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What the completions of an {@link ExtendedCompletionQueue} shall carry beside wr_id, status, opcode, vendor error and flags,
 * which they always do. C: {@code enum ibv_create_cq_wc_flags}.
 */
public enum WcField {
    /** Bytes received or read. C: {@code IBV_WC_EX_WITH_BYTE_LEN}. */
    BYTE_LENGTH(types_h.IBV_WC_EX_WITH_BYTE_LEN()),
    /** The immediate, or the key that a send invalidated. C: {@code IBV_WC_EX_WITH_IMM}. */
    IMMEDIATE(types_h.IBV_WC_EX_WITH_IMM()),
    /** The local queue pair. Always asked of the device: completions are credited by it. C: {@code IBV_WC_EX_WITH_QP_NUM}. */
    QP_NUMBER(types_h.IBV_WC_EX_WITH_QP_NUM()),
    /** The sender's queue pair (UD). C: {@code IBV_WC_EX_WITH_SRC_QP}. */
    SOURCE_QP(types_h.IBV_WC_EX_WITH_SRC_QP()),
    /** The sender's LID. C: {@code IBV_WC_EX_WITH_SLID}. */
    SLID(types_h.IBV_WC_EX_WITH_SLID()),
    /** The service level. C: {@code IBV_WC_EX_WITH_SL}. */
    SERVICE_LEVEL(types_h.IBV_WC_EX_WITH_SL()),
    /** The low bits of the LID that the message was sent to. C: {@code IBV_WC_EX_WITH_DLID_PATH_BITS}. */
    DLID_PATH_BITS(types_h.IBV_WC_EX_WITH_DLID_PATH_BITS()),
    /** When it completed, in ticks of the device's own clock. C: {@code IBV_WC_EX_WITH_COMPLETION_TIMESTAMP}. */
    TIMESTAMP(types_h.IBV_WC_EX_WITH_COMPLETION_TIMESTAMP()),
    /** When it completed, in nanoseconds since 1970. C: {@code IBV_WC_EX_WITH_COMPLETION_TIMESTAMP_WALLCLOCK}. */
    WALLCLOCK(types_h.IBV_WC_EX_WITH_COMPLETION_TIMESTAMP_WALLCLOCK()),
    /** The stripped VLAN tag of a raw packet. C: {@code IBV_WC_EX_WITH_CVLAN}. */
    CVLAN(types_h.IBV_WC_EX_WITH_CVLAN()),
    /** The tag of the flow rule that steered the packet here. C: {@code IBV_WC_EX_WITH_FLOW_TAG}. */
    FLOW_TAG(types_h.IBV_WC_EX_WITH_FLOW_TAG()),
    /** Tag and private data of a tag-matched message. C: {@code IBV_WC_EX_WITH_TM_INFO}. */
    TAG_MATCHING(types_h.IBV_WC_EX_WITH_TM_INFO());

    /** What every device with extended completion queues gives. C: {@code IBV_WC_STANDARD_FLAGS}. */
    public static final Set<WcField> STANDARD = Collections.unmodifiableSet(EnumSet.range(BYTE_LENGTH, DLID_PATH_BITS));

    private final int bit;

    WcField(final int bit) {
        this.bit = bit;
    }

    /**
     * Its bit in the C flags. C: {@code enum ibv_create_cq_wc_flags}.
     *
     * @return one bit
     */
    public int bit() {
        return bit;
    }

    /**
     * The C flags of a set. C: {@code ibv_cq_init_attr_ex.wc_flags}.
     *
     * @param fields the fields
     * @return their bits
     */
    public static int bits(final Set<WcField> fields) {
        int bits = 0;
        for (final WcField field : fields) {
            bits |= field.bit;
        }
        return bits;
    }
}
