package dev.verbs.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.Errno;
import dev.verbs.QpAttributeMask;
import dev.verbs.QpState;
import dev.verbs.QpType;
import dev.verbs.VerbsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of transitions, line by line as in the kernel's {@code qp_state_table}. */
class QpTransitionsTest {
    private static int mask(final String names) {
        int mask = 0;
        for (final String name : names.split(" ")) {
            if (!name.isEmpty()) {
                mask |= bit(name);
            }
        }
        return mask;
    }

    private static int bit(final String name) {
        try {
            return QpAttributeMask.class.getField(name).getInt(null);
        } catch (final ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RC, RESET, INIT, PKEY_INDEX PORT ACCESS_FLAGS, ''",
        "UC, RESET, INIT, PKEY_INDEX PORT ACCESS_FLAGS, ''",
        "UD, RESET, INIT, PKEY_INDEX PORT QKEY, ''",
        "RC, INIT, INIT, '', PKEY_INDEX PORT ACCESS_FLAGS",
        "UC, INIT, INIT, '', PKEY_INDEX PORT ACCESS_FLAGS",
        "UD, INIT, INIT, '', PKEY_INDEX PORT QKEY",
        "RC, INIT, RTR, AV PATH_MTU DEST_QPN RQ_PSN MAX_DEST_RD_ATOMIC MIN_RNR_TIMER, ALT_PATH ACCESS_FLAGS PKEY_INDEX",
        "UC, INIT, RTR, AV PATH_MTU DEST_QPN RQ_PSN, ALT_PATH ACCESS_FLAGS PKEY_INDEX",
        "UD, INIT, RTR, '', PKEY_INDEX QKEY",
        "RC, RTR, RTS, TIMEOUT RETRY_CNT RNR_RETRY SQ_PSN MAX_QP_RD_ATOMIC, "
            + "CUR_STATE ALT_PATH ACCESS_FLAGS MIN_RNR_TIMER PATH_MIG_STATE",
        "UC, RTR, RTS, SQ_PSN, CUR_STATE ALT_PATH ACCESS_FLAGS PATH_MIG_STATE",
        "UD, RTR, RTS, SQ_PSN, CUR_STATE QKEY",
        "RC, RTS, RTS, '', CUR_STATE ALT_PATH ACCESS_FLAGS MIN_RNR_TIMER PATH_MIG_STATE",
        "UC, RTS, RTS, '', CUR_STATE ALT_PATH ACCESS_FLAGS PATH_MIG_STATE",
        "UD, RTS, RTS, '', CUR_STATE QKEY",
        "RC, RTS, SQD, '', EN_SQD_ASYNC_NOTIFY",
        "UC, RTS, SQD, '', EN_SQD_ASYNC_NOTIFY",
        "UD, RTS, SQD, '', EN_SQD_ASYNC_NOTIFY",
        "RC, SQD, RTS, '', CUR_STATE ALT_PATH ACCESS_FLAGS MIN_RNR_TIMER PATH_MIG_STATE",
        "UC, SQD, RTS, '', CUR_STATE ALT_PATH ACCESS_FLAGS PATH_MIG_STATE",
        "UD, SQD, RTS, '', CUR_STATE QKEY",
        "RC, SQD, SQD, '', PORT AV TIMEOUT RETRY_CNT RNR_RETRY MAX_QP_RD_ATOMIC MAX_DEST_RD_ATOMIC ALT_PATH ACCESS_FLAGS "
            + "PKEY_INDEX MIN_RNR_TIMER PATH_MIG_STATE",
        "UC, SQD, SQD, '', AV ALT_PATH ACCESS_FLAGS PKEY_INDEX PATH_MIG_STATE",
        "UD, SQD, SQD, '', PKEY_INDEX QKEY",
        "UC, SQE, RTS, '', CUR_STATE ACCESS_FLAGS",
        "UD, SQE, RTS, '', CUR_STATE QKEY",
    })
    void shouldTakeExactlyTheRequiredAndOptionalAttributes(final QpType type, final QpState from, final QpState to,
        final String required, final String optional) {
        final QpTransitions table = QpTransitions.of(type);
        final int needed = mask(required) | QpAttributeMask.STATE;
        final int taken = needed | mask(optional);
        assertNull(table.objection(from, to, needed));
        assertNull(table.objection(from, to, taken));
        for (int bit = QpAttributeMask.CUR_STATE; bit <= QpAttributeMask.DEST_QPN; bit <<= 1) {
            if ((mask(required) & bit) != 0) {
                assertNotNull(table.objection(from, to, taken & ~bit), required);
            } else if ((taken & bit) == 0) {
                assertNotNull(table.objection(from, to, taken | bit), "bit 0x" + Integer.toHexString(bit));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = QpType.class, names = {"RC", "UC", "UD"})
    void shouldGoToResetFromAnywhereAndToErrorFromAnywhereElse(final QpType type) {
        for (final QpState from : QpState.values()) {
            if (from != QpState.UNKNOWN) {
                assertNull(QpTransitions.of(type).objection(from, QpState.RESET, QpAttributeMask.STATE));
                assertEquals(from == QpState.RESET,
                    QpTransitions.of(type).objection(from, QpState.ERR, QpAttributeMask.STATE) != null);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = QpType.class, names = {"RC", "UC", "UD"})
    void shouldNameTheTransitionAndWhatThereIsInstead(final QpType type) {
        final String objection = QpTransitions.of(type).objection(QpState.INIT, QpState.RTS, QpAttributeMask.STATE);
        assertTrue(objection.startsWith(type + " INIT -> RTS is not a legal transition"), objection);
        assertTrue(objection.contains("RTR"), objection);
    }

    @Test
    void shouldLeaveTheErrorOfASendQueueToUnreliableServices() {
        assertNotNull(QpTransitions.of(QpType.RC).objection(QpState.SQE, QpState.RTS, QpAttributeMask.STATE));
    }

    @Test
    void shouldThrowWhatItObjectsTo() {
        final VerbsException refused = assertThrows(VerbsException.class,
            () -> QpTransitions.of(QpType.UD).check(QpState.RESET, QpState.INIT, mask("STATE PORT PKEY_INDEX")));
        assertEquals(Errno.EINVAL, refused.errno());
        assertTrue(refused.getMessage().contains("UD RESET -> INIT needs IBV_QP_QKEY"), refused.getMessage());
    }

    @Test
    void shouldHaveNoTableForWhatItDoesNotKnow() {
        assertNull(QpTransitions.of(QpType.UNKNOWN));
    }
}
