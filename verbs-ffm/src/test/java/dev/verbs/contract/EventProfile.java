package dev.verbs.contract;

import dev.verbs.Context;

/**
 * Which asynchronous events a device raises.
 *
 * @param affiliatedErrors QP_ACCESS_ERR and QP_REQ_ERR at a responder that refuses a request, QP_FATAL at a queue pair whose
 *                         completion queue failed
 * @param commEst          COMM_EST when the first message comes in RTR
 * @param drainedIfAsked   SQ_DRAINED only if the change to SQD asked for it
 * @param drainsRetries    a request that is tried again because the peer has no receive has begun: SQ_DRAINED waits for its end
 * @param lastWqeReached   QP_LAST_WQE_REACHED when a queue pair with a shared receive queue goes to ERR
 */
record EventProfile(boolean affiliatedErrors, boolean commEst, boolean drainedIfAsked, boolean drainsRetries,
    boolean lastWqeReached) {
    /** What the InfiniBand specification says (11.6.3) and hardware does. */
    static final EventProfile INFINIBAND = new EventProfile(true, true, true, true, true);

    /**
     * What rdma_rxe does (Linux 6.1: the only events in its source are SQ_DRAINED, CQ_ERR, SRQ_LIMIT_REACHED, PORT_ACTIVE and
     * PORT_ERR): a responder that fails without a completion says nothing; every drained queue is reported; and a request that
     * waits to be tried again counts as not begun (req_retry() makes it wqe_state_posted), so that it is held in SQD.
     */
    static final EventProfile RXE = new EventProfile(false, false, false, false, false);

    /** A later rdma_rxe, as Linux 6.12 has it: the same, but flush_recv_queue() reports QP_LAST_WQE_REACHED. */
    static final EventProfile RXE_LATER = new EventProfile(false, false, false, false, true);

    /**
     * What siw does (Linux 6.1, all IB_EVENT_ in its source): a full completion queue takes no queue pair with it, SQ_DRAINED is
     * raised by a flush, SQD closes the connection; QP_ACCESS_ERR comes, but QP_REQ_ERR only when an answer could not be sent.
     */
    static final EventProfile SIW = new EventProfile(false, false, false, false, false);

    static EventProfile of(final Context context) {
        return switch (Driver.of(context)) {
            case RXE -> RXE;
            case RXE_LATER -> RXE_LATER;
            case SIW -> SIW;
            case OTHER -> INFINIBAND;
        };
    }
}
