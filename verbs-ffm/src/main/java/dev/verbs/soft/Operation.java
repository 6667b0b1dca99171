package dev.verbs.soft;

import dev.verbs.WcOpcode;
import dev.verbs.WrOpcode;
import java.util.List;

/** What the opcodes of requests do, as bits, so that the hot path compares no enum. */
final class Operation {
    /** Fills the responder's next receive. */
    static final int SEND = 1;
    /** Writes the responder's memory. */
    static final int WRITE = 1 << 1;
    /** Reads the responder's memory. */
    static final int READ = 1 << 2;
    /** Carries an immediate; with {@link #WRITE} it consumes a receive. */
    static final int IMMEDIATE = 1 << 3;
    /** Invalidates a key of the responder. */
    static final int INVALIDATE = 1 << 4;
    /** Changes 8 bytes of the responder's memory, and reads what they were. */
    static final int ATOMIC = 1 << 5;
    /** Binds a window of the requester. */
    static final int BIND = 1 << 6;
    /** Invalidates a window of the requester. */
    static final int LOCAL_INVALIDATE = 1 << 7;

    private static final int OPCODES = 16;
    /** By opcode, 8 bits each: constants of the code, not memory that a copied message has pushed out of the cache. */
    private static final long LOW_KINDS;
    private static final long HIGH_KINDS;
    /** By opcode, 4 bits each. */
    private static final long COMPLETIONS;

    static {
        final long[] kinds = new long[2];
        long completions = 0;
        for (final Definition one : List.of(
            new Definition(WrOpcode.SEND, SEND, WcOpcode.SEND),
            new Definition(WrOpcode.SEND_WITH_IMM, SEND | IMMEDIATE, WcOpcode.SEND),
            new Definition(WrOpcode.SEND_WITH_INV, SEND | INVALIDATE, WcOpcode.SEND),
            new Definition(WrOpcode.RDMA_WRITE, WRITE, WcOpcode.RDMA_WRITE),
            new Definition(WrOpcode.RDMA_WRITE_WITH_IMM, WRITE | IMMEDIATE, WcOpcode.RDMA_WRITE),
            new Definition(WrOpcode.RDMA_READ, READ, WcOpcode.RDMA_READ),
            new Definition(WrOpcode.ATOMIC_CMP_AND_SWP, ATOMIC, WcOpcode.COMP_SWAP),
            new Definition(WrOpcode.ATOMIC_FETCH_AND_ADD, ATOMIC, WcOpcode.FETCH_ADD),
            new Definition(WrOpcode.BIND_MW, BIND, WcOpcode.BIND_MW),
            new Definition(WrOpcode.LOCAL_INV, LOCAL_INVALIDATE, WcOpcode.LOCAL_INV))) {
            final int opcode = one.opcode.code();
            kinds[opcode >> 3] |= (long)one.kind << kindShift(opcode);
            completions |= (long)one.completion.code() << completionShift(opcode);
        }
        LOW_KINDS = kinds[0];
        HIGH_KINDS = kinds[1];
        COMPLETIONS = completions;
    }

    private record Definition(WrOpcode opcode, int kind, WcOpcode completion) {
    }

    private Operation() {
    }

    private static int kindShift(final int opcode) {
        return (opcode & 7) * Byte.SIZE;
    }

    private static int completionShift(final int opcode) {
        return opcode * 4;
    }

    /** The bits of an opcode, 0 if the device does not do it. */
    static int kind(final int opcode) {
        return opcode >= 0 && opcode < OPCODES ? (int)((opcode < 8 ? LOW_KINDS : HIGH_KINDS) >>> kindShift(opcode)) & 0xFF : 0;
    }

    /** The code of {@link WcOpcode} of an opcode that the device does. */
    static int completion(final int opcode) {
        return (int)(COMPLETIONS >>> completionShift(opcode)) & 0xF;
    }

    static boolean is(final int kind, final int bit) {
        return (kind & bit) != 0;
    }

    /** Whether siw has it: messages, also with an invalidated key, writes and reads. */
    static boolean isIwarp(final int kind) {
        return kind != 0 && (kind & ~(SEND | WRITE | READ | INVALIDATE)) == 0;
    }

    /** Whether data comes back to the requester. */
    static boolean fetches(final int kind) {
        return (kind & (READ | ATOMIC)) != 0;
    }

    /** Whether the operation ends at the requester. */
    static boolean isLocal(final int kind) {
        return (kind & (BIND | LOCAL_INVALIDATE)) != 0;
    }

    /** Whether the operation consumes a receive. */
    static boolean consumes(final int kind) {
        return (kind & (SEND | IMMEDIATE)) != 0;
    }
}
