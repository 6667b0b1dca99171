package dev.verbs;

import java.util.Set;

/**
 * A completion queue that is read in place, one completion after the other, and whose completions can carry more than
 * {@link WorkCompletions} has room for. C: {@code struct ibv_cq_ex}.
 *
 * <pre>{@code
 *   if (cq.startPoll() == ExtendedCompletionQueue.COMPLETION) {
 *       do {
 *           ... cq.wrId(), cq.isSuccess(), cq.byteLength() ...
 *       } while (cq.nextPoll() == ExtendedCompletionQueue.COMPLETION);
 *       cq.endPoll();
 *   }
 * }</pre>
 *
 * <p>From a {@code startPoll} that found something to {@code endPoll} there is a <em>batch</em>. Most libraries hold the queue's
 * lock meanwhile: keep it short, and do all of it in one thread. Within a batch {@link #poll(WorkCompletions)} answers
 * {@link #MISUSED}, and the queue can neither be resized nor closed (EBUSY). The thread of the batch can neither close a queue pair
 * that completes here nor take it back to RESET (EBUSY): the library would wait for the lock that this very thread holds. Other
 * threads can; the library may let them wait for the end of the batch, so a batch must not wait for them.
 *
 * <p>Each call of the iterator and each reader is a call into the library (5 ns and more from Java): {@code poll} into an array is
 * cheaper if the standard fields are enough. Nothing here blocks or allocates. The iterator never throws. A reader throws only
 * for a mistake in the program, before anything is touched: a {@link VerbsException} with EOPNOTSUPP for a field that was not
 * asked for when the queue was made, with EINVAL where there is no current completion.
 */
public interface ExtendedCompletionQueue extends CompletionQueue {
    /** There is a current completion. C: 0 from {@code ibv_start_poll} and {@code ibv_next_poll}. */
    int COMPLETION = 1;

    /** There is none (C: ENOENT). */
    int NONE = 0;

    /**
     * What its completions carry. C: {@code ibv_cq_init_attr_ex.wc_flags}.
     *
     * @return the fields that were asked for
     */
    Set<WcField> fields();

    /**
     * Begins a batch with the oldest completion. C: {@code ibv_start_poll}.
     *
     * @return {@link #COMPLETION}; {@link #NONE}: then there is no batch and nothing to end; {@link #CLOSED}; {@link #FAILED};
     *     {@link #MISUSED} if there is a batch already
     */
    int startPoll();

    /**
     * Goes on to the next completion of the batch. C: {@code ibv_next_poll}.
     *
     * @return {@link #COMPLETION}; {@link #NONE}: end the batch, or try again; {@link #FAILED}; {@link #MISUSED} if there is no
     *     batch; {@link #CLOSED}
     */
    int nextPoll();

    /**
     * Ends the batch: what was seen in it is taken from the queue. C: {@code ibv_end_poll}.
     *
     * @return 0; {@link #MISUSED} if there is no batch; {@link #CLOSED}
     */
    int endPoll();

    /**
     * The number that the request carried. C: {@code ibv_cq_ex.wr_id}.
     *
     * @return its wr_id
     */
    long wrId();

    /**
     * How the request ended. C: {@code ibv_cq_ex.status}.
     *
     * @return a code of {@link WcStatus}
     */
    int statusCode();

    /**
     * How the request ended. C: {@code ibv_cq_ex.status}.
     *
     * @return its status
     */
    default WcStatus status() {
        return WcStatus.of(statusCode());
    }

    /**
     * Whether the request succeeded. C: {@code ibv_cq_ex.status} is {@code IBV_WC_SUCCESS}.
     *
     * @return true if its status is SUCCESS
     */
    boolean isSuccess();

    /**
     * What was completed; valid on success only. C: {@code ibv_wc_read_opcode}.
     *
     * @return its operation
     */
    WcOpcode opcode();

    /**
     * The vendor's own error code; valid for errors. C: {@code ibv_wc_read_vendor_err}.
     *
     * @return the code
     */
    int vendorError();

    /**
     * Why the request failed: see {@link WorkCompletions#reason}. For set-up paths and error messages: allocates. No C counterpart.
     *
     * @return the reason; for a success "{@code success}"
     */
    default String reason() {
        return CompletionError.reason(this, statusCode(), vendorError());
    }

    /**
     * The flags; valid on success only. C: {@code ibv_wc_read_wc_flags}.
     *
     * @return flags of {@link WcFlags}
     */
    int flags();

    /**
     * Bytes received or read ({@link WcField#BYTE_LENGTH}). C: {@code ibv_wc_read_byte_len}.
     *
     * @return the count
     */
    long byteLength();

    /**
     * The 32 bits that came beside the payload ({@link WcField#IMMEDIATE}), as the number that the sender gave; valid with the flag
     * {@link WcFlags#WITH_IMM}. C: {@code ibv_wc_read_imm_data}.
     *
     * @return the immediate in host order
     */
    int immediate();

    /**
     * The key that the message invalidated here ({@link WcField#IMMEDIATE}); valid with the flag {@link WcFlags#WITH_INV}. C:
     * {@code ibv_wc_read_invalidated_rkey}.
     *
     * @return the key
     */
    int invalidatedRkey();

    /**
     * The local queue pair ({@link WcField#QP_NUMBER}); valid for errors too. C: {@code ibv_wc_read_qp_num}.
     *
     * @return its number
     */
    int qpNumber();

    /**
     * The sender's queue pair ({@link WcField#SOURCE_QP}); valid on UD. C: {@code ibv_wc_read_src_qp}.
     *
     * @return its number
     */
    int sourceQp();

    /**
     * The sender's LID ({@link WcField#SLID}); 0 on Ethernet. C: {@code ibv_wc_read_slid}.
     *
     * @return the LID
     */
    int slid();

    /**
     * The service level ({@link WcField#SERVICE_LEVEL}). C: {@code ibv_wc_read_sl}.
     *
     * @return the level, from 0 to 15
     */
    int serviceLevel();

    /**
     * The low bits of the destination LID ({@link WcField#DLID_PATH_BITS}); 0 on Ethernet. C: {@code ibv_wc_read_dlid_path_bits}.
     *
     * @return the bits, from 0 to 127
     */
    int dlidPathBits();

    /**
     * When it completed ({@link WcField#TIMESTAMP}). C: {@code ibv_wc_read_completion_ts}. On the software device: its clock,
     * which is {@link System#nanoTime()} unless a test put another one in.
     *
     * @return ticks of the device's clock, whose rate the device knows (hca_core_clock)
     */
    long timestamp();

    /**
     * When it completed ({@link WcField#WALLCLOCK}). C: {@code ibv_wc_read_completion_wallclock_ns}.
     *
     * @return nanoseconds since 1970
     */
    long wallclockNs();

    /**
     * The VLAN tag that was stripped from a raw packet ({@link WcField#CVLAN}). C: {@code ibv_wc_read_cvlan}.
     *
     * @return the tag, 16 bits
     */
    int cvlan();

    /**
     * The tag of the flow rule that steered the packet here ({@link WcField#FLOW_TAG}). C: {@code ibv_wc_read_flow_tag}.
     *
     * @return the tag, 24 bits
     */
    int flowTag();

    /**
     * The tag of a tag-matched message ({@link WcField#TAG_MATCHING}). C: {@code ibv_wc_read_tm_info},
     * {@code ibv_wc_tm_info.tag}.
     *
     * @return the tag
     */
    long matchedTag();

    /**
     * The application's data in the header of a tag-matched message ({@link WcField#TAG_MATCHING}). C:
     * {@code ibv_wc_read_tm_info}, {@code ibv_wc_tm_info.priv}.
     *
     * @return 32 bits
     */
    int matchedPrivate();
}
