package dev.verbs.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.verbs.WcOpcode;
import dev.verbs.WcStatus;
import dev.verbs.WorkCompletions;

/** One completion, copied out of the array that the next poll overwrites. */
public record Completion(long wrId, WcStatus status, WcOpcode opcode, long byteLength, boolean hasImmediate, int immediate,
    boolean hasInvalidatedRkey, int invalidatedRkey, int qpNumber, boolean hasGrh, int sourceQp, String description) {

    /** Copies a completion. */
    public static Completion of(final WorkCompletions completions, final int index) {
        return new Completion(completions.wrId(index), completions.status(index), completions.opcode(index),
            completions.byteLength(index), completions.hasImmediate(index), completions.immediate(index),
            completions.hasInvalidatedRkey(index), completions.invalidatedRkey(index), completions.qpNumber(index),
            completions.hasGrh(index), completions.sourceQp(index), completions.describe(index));
    }

    /** Checks that it succeeded and is the one that was expected. */
    public Completion expect(final long id, final WcOpcode operation) {
        assertEquals(WcStatus.SUCCESS, status, description);
        assertEquals(id, wrId, description);
        assertEquals(operation, opcode, description);
        return this;
    }

    /** Checks that it failed as expected, and still says whose request it was. */
    public Completion expectError(final long id, final WcStatus error, final int qp) {
        assertEquals(error, status, description);
        assertEquals(id, wrId, description);
        assertEquals(qp, qpNumber, description);
        return this;
    }
}
