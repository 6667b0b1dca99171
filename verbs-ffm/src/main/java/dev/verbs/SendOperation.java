package dev.verbs;

import dev.verbs.headers.types_h;
import java.util.Set;

/**
 * What an {@link ExtendedQueuePair} shall be able to send; what was not asked for when it was made, it refuses. C:
 * {@code enum ibv_qp_create_send_ops_flags}.
 */
public enum SendOperation {
    /** {@link ExtendedQueuePair#write}. C: {@code IBV_QP_EX_WITH_RDMA_WRITE}. */
    RDMA_WRITE(types_h.IBV_QP_EX_WITH_RDMA_WRITE(), WrOpcode.RDMA_WRITE),
    /** {@link ExtendedQueuePair#writeWithImm}. C: {@code IBV_QP_EX_WITH_RDMA_WRITE_WITH_IMM}. */
    RDMA_WRITE_WITH_IMM(types_h.IBV_QP_EX_WITH_RDMA_WRITE_WITH_IMM(), WrOpcode.RDMA_WRITE_WITH_IMM),
    /** {@link ExtendedQueuePair#send}. C: {@code IBV_QP_EX_WITH_SEND}. */
    SEND(types_h.IBV_QP_EX_WITH_SEND(), WrOpcode.SEND),
    /** {@link ExtendedQueuePair#sendWithImm}. C: {@code IBV_QP_EX_WITH_SEND_WITH_IMM}. */
    SEND_WITH_IMM(types_h.IBV_QP_EX_WITH_SEND_WITH_IMM(), WrOpcode.SEND_WITH_IMM),
    /** {@link ExtendedQueuePair#read}. C: {@code IBV_QP_EX_WITH_RDMA_READ}. */
    RDMA_READ(types_h.IBV_QP_EX_WITH_RDMA_READ(), WrOpcode.RDMA_READ),
    /** {@link ExtendedQueuePair#compareAndSwap}. C: {@code IBV_QP_EX_WITH_ATOMIC_CMP_AND_SWP}. */
    ATOMIC_CMP_AND_SWP(types_h.IBV_QP_EX_WITH_ATOMIC_CMP_AND_SWP(), WrOpcode.ATOMIC_CMP_AND_SWP),
    /** {@link ExtendedQueuePair#fetchAndAdd}. C: {@code IBV_QP_EX_WITH_ATOMIC_FETCH_AND_ADD}. */
    ATOMIC_FETCH_AND_ADD(types_h.IBV_QP_EX_WITH_ATOMIC_FETCH_AND_ADD(), WrOpcode.ATOMIC_FETCH_AND_ADD),
    /** {@link ExtendedQueuePair#localInvalidate}. C: {@code IBV_QP_EX_WITH_LOCAL_INV}. */
    LOCAL_INV(types_h.IBV_QP_EX_WITH_LOCAL_INV(), WrOpcode.LOCAL_INV),
    /** {@link ExtendedQueuePair#bindWindow}. C: {@code IBV_QP_EX_WITH_BIND_MW}. */
    BIND_MW(types_h.IBV_QP_EX_WITH_BIND_MW(), WrOpcode.BIND_MW),
    /** {@link ExtendedQueuePair#sendWithInvalidate}. C: {@code IBV_QP_EX_WITH_SEND_WITH_INV}. */
    SEND_WITH_INV(types_h.IBV_QP_EX_WITH_SEND_WITH_INV(), WrOpcode.SEND_WITH_INV);

    private final int bit;
    private final WrOpcode opcode;

    SendOperation(final int bit, final WrOpcode opcode) {
        this.bit = bit;
        this.opcode = opcode;
    }

    /**
     * Its bit in the C flags. C: {@code enum ibv_qp_create_send_ops_flags}.
     *
     * @return one bit
     */
    public int bit() {
        return bit;
    }

    /**
     * The operation of the requests that it makes. C: {@code enum ibv_wr_opcode}.
     *
     * @return the opcode
     */
    public WrOpcode opcode() {
        return opcode;
    }

    /**
     * The C flags of a set. C: {@code ibv_qp_init_attr_ex.send_ops_flags}.
     *
     * @param operations the operations
     * @return their bits
     */
    public static int bits(final Set<SendOperation> operations) {
        int bits = 0;
        for (final SendOperation operation : operations) {
            bits |= operation.bit;
        }
        return bits;
    }
}
