package dev.verbs;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A reusable array of completions that {@link CompletionQueue#poll(WorkCompletions)} fills and the accessors read in place.
 *
 * <p>What it says is valid until the next poll into it. The memory belongs to the arena it was made from. One thread at a
 * time. No accessor allocates or throws; an index is valid from 0 to {@link #size()} - 1.
 *
 * <p>C: an array of {@code struct ibv_wc}.
 */
public final class WorkCompletions extends GuardedMemory {
    private static final int SUCCESS = WcStatus.SUCCESS.code();
    private static final long STRIDE = WcDescriptor.SIZE;

    private final int capacity;
    private int size;
    /** The poll has seen it of all that are here: nothing is checked twice. */
    private boolean allSucceeded;
    /** What was polled last: it knows the first cause of flushes. */
    private CompletionQueue origin;

    private WorkCompletions(final Arena arena, final int capacity) {
        super(arena, STRIDE * capacity);
        this.capacity = capacity;
    }

    /** Where a completion lies in {@link #memory}, if it can be there. */
    private long at(final int index) {
        Objects.checkIndex(index, capacity);
        requireMemory();
        return start() + index * STRIDE;
    }

    /**
     * Room for {@code capacity} completions. No C counterpart.
     *
     * @param arena    owns the memory
     * @param capacity most completions that one poll returns, at least 1
     * @return the array
     * @throws IllegalArgumentException if the capacity is less than 1
     */
    public static WorkCompletions allocate(final Arena arena, final int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity " + capacity + " is less than 1");
        }
        return new WorkCompletions(arena, capacity);
    }

    /**
     * Most completions that one poll returns. C: {@code ibv_poll_cq}: its num_entries argument.
     *
     * @return the count
     */
    public int capacity() {
        return capacity;
    }

    /**
     * Completions that the last poll returned. C: {@code ibv_poll_cq}: what it returns.
     *
     * @return the count, from 0 to {@link #capacity()}
     */
    public int size() {
        return size;
    }

    /**
     * The raw array, to read. C: {@code ibv_poll_cq}: its wc argument.
     *
     * @return the memory of the array, read-only
     */
    public MemorySegment segment() {
        return segment.asReadOnly();
    }

    /**
     * The raw array, for providers, to write into it what they poll. C: {@code ibv_poll_cq}: its wc argument.
     *
     * @return the memory of the array
     */
    public MemorySegment image() {
        return segment;
    }

    /**
     * Address of the array, for providers, and for native code, whose caller says {@link #size(int)} when it has written there.
     * C: {@code ibv_poll_cq}: its wc argument.
     *
     * @return the address
     */
    public long address() {
        return base;
    }

    /**
     * Says how many completions the array holds now, of which nothing else is known. For providers. No C counterpart.
     *
     * @param count the count, from 0 to {@link #capacity()}
     */
    public void size(final int count) {
        this.size = count;
        allSucceeded = false;
    }

    /**
     * Says what a poll has found, and where. For providers. No C counterpart.
     *
     * @param queue what was polled
     * @param count what that answered: the count, or a negative number
     */
    public void filled(final CompletionQueue queue, final int count) {
        this.size = count >= 0 ? count : 0;
        origin(queue);
    }

    /**
     * Says which queue filled the array. For providers. No C counterpart.
     *
     * @param queue what was polled
     */
    public void origin(final CompletionQueue queue) {
        if (origin != queue) {
            origin = queue;
        }
    }

    /**
     * Whether the array begins with that many successes. Has no branch for each. For providers. No C counterpart.
     *
     * @param count how many, from 1 to {@link #capacity()}
     * @return false if one of them failed
     */
    public boolean succeeded(final int count) {
        Objects.checkIndex(count - 1, capacity);
        requireMemory();
        final long last = start() + count * STRIDE;
        final long fours = last - (count & 3) * STRIDE;
        int statuses = SUCCESS; // is 0
        long at = start();
        while (at != fours) { // not "<": HotSpot would split it in three, and take 4 of 16 before and behind the fast one
            final long four = at & MemoryDescriptor.ADDRESSES;
            statuses |= status(four) | status(four + STRIDE) | status(four + 2 * STRIDE) | status(four + 3 * STRIDE);
            at = four + 4 * STRIDE;
        }
        while (at != last) {
            final long one = at & MemoryDescriptor.ADDRESSES;
            statuses |= status(one);
            at = one + STRIDE;
        }
        return statuses == SUCCESS;
    }

    private int status(final long at) {
        return WcDescriptor.status(memory(), at);
    }

    /**
     * Says what is known of all that the last poll has found: then {@link #isSuccess} need not look again. For providers. No C counterpart.
     *
     * @param all that all succeeded; false if that is not known
     */
    public void allSucceeded(final boolean all) {
        allSucceeded = all;
    }

    /**
     * The number that the request carried. C: {@code ibv_wc.wr_id}.
     *
     * @param index which completion
     * @return its wr_id
     */
    public long wrId(final int index) {
        return WcDescriptor.wrId(memory(), at(index));
    }

    /**
     * Whether the request succeeded. C: {@code ibv_wc.status}, {@code IBV_WC_SUCCESS}.
     *
     * @param index which completion
     * @return true if its status is SUCCESS
     */
    public boolean isSuccess(final int index) {
        final long at = at(index);
        return allSucceeded || status(at) == SUCCESS;
    }

    /**
     * How the request ended. C: {@code ibv_wc.status}.
     *
     * @param index which completion
     * @return its status
     */
    public WcStatus status(final int index) {
        return WcStatus.of(status(at(index)));
    }

    /**
     * What was completed; valid on success only. C: {@code ibv_wc.opcode}.
     *
     * @param index which completion
     * @return its operation
     */
    public WcOpcode opcode(final int index) {
        return WcOpcode.of(WcDescriptor.opcode(memory(), at(index)));
    }

    /**
     * Bytes received or read; valid on success of a receive, read or atomic. C: {@code ibv_wc.byte_len}.
     *
     * @param index which completion
     * @return the count, 0 to 2^32 - 1
     */
    public long byteLength(final int index) {
        return Integer.toUnsignedLong(WcDescriptor.byteLength(memory(), at(index)));
    }

    /**
     * Whether the completion carries an immediate. C: {@code ibv_wc.wc_flags}, {@code IBV_WC_WITH_IMM}.
     *
     * @param index which completion
     * @return true if {@link #immediate(int)} is valid
     */
    public boolean hasImmediate(final int index) {
        return (WcDescriptor.flags(memory(), at(index)) & WcFlags.WITH_IMM) != 0;
    }

    /**
     * The 32 bits that came beside the payload, as the number that the sender gave, whatever its byte order.
     * C: {@code ibv_wc.imm_data}.
     *
     * @param index which completion
     * @return the immediate in host order
     */
    public int immediate(final int index) {
        return WcDescriptor.immediate(memory(), at(index));
    }

    /**
     * Whether the peer invalidated a key of this side with its send. C: {@code ibv_wc.wc_flags}, {@code IBV_WC_WITH_INV}.
     *
     * @param index which completion
     * @return true if {@link #invalidatedRkey(int)} is valid
     */
    public boolean hasInvalidatedRkey(final int index) {
        return (WcDescriptor.flags(memory(), at(index)) & WcFlags.WITH_INV) != 0;
    }

    /**
     * The remote key of this side that the peer invalidated. C: {@code ibv_wc.invalidated_rkey}.
     *
     * @param index which completion
     * @return the key, host order
     */
    public int invalidatedRkey(final int index) {
        return WcDescriptor.invalidatedRkey(memory(), at(index));
    }

    /**
     * The local queue pair of the request; valid for errors too. C: {@code ibv_wc.qp_num}.
     *
     * @param index which completion
     * @return its number
     */
    public int qpNumber(final int index) {
        return WcDescriptor.qpNumber(memory(), at(index));
    }

    /**
     * The vendor's own error code; valid for errors. C: {@code ibv_wc.vendor_err}.
     *
     * @param index which completion
     * @return the code
     */
    public int vendorError(final int index) {
        return WcDescriptor.vendorError(memory(), at(index));
    }

    /**
     * The flags. C: {@code ibv_wc.wc_flags}.
     *
     * @param index which completion
     * @return flags of {@link WcFlags}
     */
    public int flags(final int index) {
        return WcDescriptor.flags(memory(), at(index));
    }

    /**
     * Whether the first {@link GrhDescriptor#SIZE} bytes of a received datagram hold a header. C: {@code ibv_wc.wc_flags},
     * {@code IBV_WC_GRH}.
     *
     * @param index which completion
     * @return true if so; they precede the payload in any case
     */
    public boolean hasGrh(final int index) {
        return (WcDescriptor.flags(memory(), at(index)) & WcFlags.GRH) != 0;
    }

    /**
     * The sender's queue pair; valid for received datagrams. C: {@code ibv_wc.src_qp}.
     *
     * @param index which completion
     * @return its number, 24 bits
     */
    public int sourceQp(final int index) {
        return WcDescriptor.sourceQp(memory(), at(index));
    }

    /**
     * The sender's LID; valid for received datagrams. C: {@code ibv_wc.slid}.
     *
     * @param index which completion
     * @return the LID, 0 on Ethernet
     */
    public int sourceLid(final int index) {
        return WcDescriptor.sourceLid(memory(), at(index));
    }

    /**
     * The service level; valid for received datagrams. C: {@code ibv_wc.sl}.
     *
     * @param index which completion
     * @return the level
     */
    public int serviceLevel(final int index) {
        return WcDescriptor.serviceLevel(memory(), at(index));
    }

    /**
     * Index of the partition key; valid for received datagrams of special queue pairs. C: {@code ibv_wc.pkey_index}.
     *
     * @param index which completion
     * @return the index
     */
    public int pkeyIndex(final int index) {
        return WcDescriptor.pkeyIndex(memory(), at(index));
    }

    /**
     * Low bits of the local LID that was the target; valid for received datagrams. C: {@code ibv_wc.dlid_path_bits}.
     *
     * @param index which completion
     * @return the bits
     */
    public int pathBits(final int index) {
        return WcDescriptor.pathBits(memory(), at(index));
    }

    /**
     * Why a request failed, for set-up paths and error messages: allocates, never throws. The software device says what was wrong
     * with which value, real devices give no more than the status and a number. No C counterpart.
     *
     * @param index which completion
     * @return the reason; for a success "{@code success}"
     */
    public String reason(final int index) {
        return CompletionError.reason(origin, status(at(index)), vendorError(index));
    }

    /**
     * One completion in words, for set-up paths and error messages: allocates. No C counterpart.
     *
     * @param index which completion
     * @return wr_id, QP number, status, vendor error, what the status means, and why it failed, where the device says that; for a flush
     *     also the first cause, if it is known
     */
    public String describe(final int index) {
        final WcStatus status = status(index);
        final int qpNumber = qpNumber(index);
        if (status == WcStatus.SUCCESS) {
            return "wr_id " + wrId(index) + " on QP " + qpNumber + ": SUCCESS " + opcode(index);
        }
        final CompletionError error = new CompletionError(qpNumber, wrId(index), status,
            status(at(index)), vendorError(index), opcode(index),
            origin == null ? null : origin.vendorReason(vendorError(index)));
        final CompletionError first = error.isFlush() && origin != null ? origin.firstError(qpNumber) : null;
        return first == null || first.isFlush() ? error.toString()
            : (error.sharesReason(first) ? error.unexplained() : error) + "; first cause: " + first;
    }
}
