package dev.verbs.soft;

import dev.verbs.WcOpcode;
import dev.verbs.WrOpcode;

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

    private static final int[] KINDS = new int[16];
    private static final int[] COMPLETIONS = new int[16];

    static {
        define(WrOpcode.SEND, SEND, WcOpcode.SEND);
        define(WrOpcode.SEND_WITH_IMM, SEND | IMMEDIATE, WcOpcode.SEND);
        define(WrOpcode.SEND_WITH_INV, SEND | INVALIDATE, WcOpcode.SEND);
        define(WrOpcode.RDMA_WRITE, WRITE, WcOpcode.RDMA_WRITE);
        define(WrOpcode.RDMA_WRITE_WITH_IMM, WRITE | IMMEDIATE, WcOpcode.RDMA_WRITE);
        define(WrOpcode.RDMA_READ, READ, WcOpcode.RDMA_READ);
        define(WrOpcode.ATOMIC_CMP_AND_SWP, ATOMIC, WcOpcode.COMP_SWAP);
        define(WrOpcode.ATOMIC_FETCH_AND_ADD, ATOMIC, WcOpcode.FETCH_ADD);
        define(WrOpcode.BIND_MW, BIND, WcOpcode.BIND_MW);
        define(WrOpcode.LOCAL_INV, LOCAL_INVALIDATE, WcOpcode.LOCAL_INV);
    }

    private Operation() {
    }

    private static void define(final WrOpcode opcode, final int kind, final WcOpcode completion) {
        KINDS[opcode.code()] = kind;
        COMPLETIONS[opcode.code()] = completion.code();
    }

    /** The bits of an opcode, 0 if the device does not do it. */
    static int kind(final int opcode) {
        return opcode >= 0 && opcode < KINDS.length ? KINDS[opcode] : 0;
    }

    /** The code of {@link WcOpcode} of an opcode that the device does. */
    static int completion(final int opcode) {
        return COMPLETIONS[opcode];
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
