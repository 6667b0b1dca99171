package dev.verbs.spi;

import static dev.verbs.QpAttributeMask.ACCESS_FLAGS;
import static dev.verbs.QpAttributeMask.ALT_PATH;
import static dev.verbs.QpAttributeMask.AV;
import static dev.verbs.QpAttributeMask.CUR_STATE;
import static dev.verbs.QpAttributeMask.DEST_QPN;
import static dev.verbs.QpAttributeMask.EN_SQD_ASYNC_NOTIFY;
import static dev.verbs.QpAttributeMask.MAX_DEST_RD_ATOMIC;
import static dev.verbs.QpAttributeMask.MAX_QP_RD_ATOMIC;
import static dev.verbs.QpAttributeMask.MIN_RNR_TIMER;
import static dev.verbs.QpAttributeMask.PATH_MIG_STATE;
import static dev.verbs.QpAttributeMask.PATH_MTU;
import static dev.verbs.QpAttributeMask.PKEY_INDEX;
import static dev.verbs.QpAttributeMask.PORT;
import static dev.verbs.QpAttributeMask.QKEY;
import static dev.verbs.QpAttributeMask.RETRY_CNT;
import static dev.verbs.QpAttributeMask.RNR_RETRY;
import static dev.verbs.QpAttributeMask.RQ_PSN;
import static dev.verbs.QpAttributeMask.SQ_PSN;
import static dev.verbs.QpAttributeMask.STATE;
import static dev.verbs.QpAttributeMask.TIMEOUT;

import dev.verbs.Errno;
import dev.verbs.QpAttributeMask;
import dev.verbs.QpState;
import dev.verbs.QpType;
import dev.verbs.VerbsException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The legal state changes of a kind of queue pair, each with the attributes that it needs and those that it takes
 * (InfiniBand specification, "QP state transition properties"; ibv_modify_qp(3); the kernel's {@code qp_state_table}).
 * Immutable; any thread. A software device enforces it; for a real one it puts the driver's bare EINVAL into words.
 */
public final class QpTransitions {
    private static final int CONNECTED_IDENTITY = PKEY_INDEX | PORT | ACCESS_FLAGS;
    private static final int DATAGRAM_IDENTITY = PKEY_INDEX | PORT | QKEY;
    private static final QpTransitions RC = reliableConnection();
    private static final QpTransitions UC = unreliableConnection();
    private static final QpTransitions UD = unreliableDatagram();

    private record Masks(int required, int optional) {
    }

    private final String name;
    private final Map<QpState, Map<QpState, Masks>> table = new EnumMap<>(QpState.class);

    private QpTransitions(final String name) {
        this.name = name;
        for (final QpState from : QpState.values()) {
            if (from != QpState.UNKNOWN) {
                allow(from, QpState.RESET, 0, 0);
                if (from != QpState.RESET) {
                    allow(from, QpState.ERR, 0, 0);
                }
            }
        }
        allow(QpState.RTS, QpState.SQD, 0, EN_SQD_ASYNC_NOTIFY);
    }

    /**
     * The table of a transport service.
     *
     * @param type the service
     * @return its table, null for {@link QpType#UNKNOWN} and what else has no table
     */
    public static QpTransitions of(final QpType type) {
        return switch (type) {
            case RC -> RC;
            case UC -> UC;
            case UD -> UD;
            default -> null;
        };
    }

    private QpTransitions allow(final QpState from, final QpState to, final int required, final int optional) {
        table.computeIfAbsent(from, key -> new EnumMap<>(QpState.class)).put(to, new Masks(required, optional));
        return this;
    }

    private static QpTransitions reliableConnection() {
        final int moving = CUR_STATE | ALT_PATH | ACCESS_FLAGS | MIN_RNR_TIMER | PATH_MIG_STATE;
        return new QpTransitions("RC")
            .allow(QpState.RESET, QpState.INIT, CONNECTED_IDENTITY, 0)
            .allow(QpState.INIT, QpState.INIT, 0, CONNECTED_IDENTITY)
            .allow(QpState.INIT, QpState.RTR, AV | PATH_MTU | DEST_QPN | RQ_PSN | MAX_DEST_RD_ATOMIC | MIN_RNR_TIMER,
                ALT_PATH | ACCESS_FLAGS | PKEY_INDEX)
            .allow(QpState.RTR, QpState.RTS, TIMEOUT | RETRY_CNT | RNR_RETRY | SQ_PSN | MAX_QP_RD_ATOMIC, moving)
            .allow(QpState.RTS, QpState.RTS, 0, moving)
            .allow(QpState.SQD, QpState.RTS, 0, moving)
            .allow(QpState.SQD, QpState.SQD, 0, PORT | AV | TIMEOUT | RETRY_CNT | RNR_RETRY | MAX_QP_RD_ATOMIC
                | MAX_DEST_RD_ATOMIC | ALT_PATH | ACCESS_FLAGS | PKEY_INDEX | MIN_RNR_TIMER | PATH_MIG_STATE);
    }

    private static QpTransitions unreliableConnection() {
        final int moving = CUR_STATE | ALT_PATH | ACCESS_FLAGS | PATH_MIG_STATE;
        return new QpTransitions("UC")
            .allow(QpState.RESET, QpState.INIT, CONNECTED_IDENTITY, 0)
            .allow(QpState.INIT, QpState.INIT, 0, CONNECTED_IDENTITY)
            .allow(QpState.INIT, QpState.RTR, AV | PATH_MTU | DEST_QPN | RQ_PSN, ALT_PATH | ACCESS_FLAGS | PKEY_INDEX)
            .allow(QpState.RTR, QpState.RTS, SQ_PSN, moving)
            .allow(QpState.RTS, QpState.RTS, 0, moving)
            .allow(QpState.SQD, QpState.RTS, 0, moving)
            .allow(QpState.SQD, QpState.SQD, 0, AV | ALT_PATH | ACCESS_FLAGS | PKEY_INDEX | PATH_MIG_STATE)
            .allow(QpState.SQE, QpState.RTS, 0, CUR_STATE | ACCESS_FLAGS);
    }

    private static QpTransitions unreliableDatagram() {
        return new QpTransitions("UD")
            .allow(QpState.RESET, QpState.INIT, DATAGRAM_IDENTITY, 0)
            .allow(QpState.INIT, QpState.INIT, 0, DATAGRAM_IDENTITY)
            .allow(QpState.INIT, QpState.RTR, 0, PKEY_INDEX | QKEY)
            .allow(QpState.RTR, QpState.RTS, SQ_PSN, CUR_STATE | QKEY)
            .allow(QpState.RTS, QpState.RTS, 0, CUR_STATE | QKEY)
            .allow(QpState.SQD, QpState.RTS, 0, CUR_STATE | QKEY)
            .allow(QpState.SQD, QpState.SQD, 0, PKEY_INDEX | QKEY)
            .allow(QpState.SQE, QpState.RTS, 0, CUR_STATE | QKEY);
    }

    /**
     * Refuses what the table does not list.
     *
     * @param from the state now
     * @param to   the state asked for
     * @param mask the attributes given, bits of {@link QpAttributeMask}
     * @throws VerbsException (EINVAL) naming the transition, and the bit that is missing or superfluous
     */
    public void check(final QpState from, final QpState to, final int mask) {
        final String objection = objection(from, to, mask);
        if (objection != null) {
            throw refused(objection);
        }
    }

    /**
     * Why a transition is refused.
     *
     * @param from the state now
     * @param to   the state asked for
     * @param mask the attributes given, bits of {@link QpAttributeMask}
     * @return the transition, and the bit that is missing or superfluous; null if the table allows it
     */
    public String objection(final QpState from, final QpState to, final int mask) {
        final Masks masks = table.getOrDefault(from, Map.of()).get(to);
        final String transition = name + " " + from + " -> " + to;
        if (masks == null) {
            return transition + " is not a legal transition; from " + from + " there are "
                + table.getOrDefault(from, Map.of()).keySet();
        }
        final int missing = masks.required & ~mask;
        if (missing != 0) {
            return transition + " needs " + names(missing) + ", which the mask does not have";
        }
        final int superfluous = mask & ~(masks.required | masks.optional | STATE);
        return superfluous == 0 ? null : transition + " does not take " + names(superfluous) + "; it takes "
            + names(masks.required | masks.optional | STATE);
    }

    /**
     * A refused modify.
     *
     * @param diagnosis what was refused and why
     * @return the exception, EINVAL
     */
    public static VerbsException refused(final String diagnosis) {
        return new VerbsException("ibv_modify_qp", Errno.EINVAL, diagnosis);
    }

    private static String names(final int mask) {
        final Map<Integer, String> names = new TreeMap<>();
        for (final Field field : QpAttributeMask.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                try {
                    names.put(field.getInt(null), "IBV_QP_" + field.getName());
                } catch (final IllegalAccessException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return names.entrySet().stream().filter(entry -> (mask & entry.getKey()) != 0).map(Map.Entry::getValue)
            .collect(Collectors.joining(", "));
    }
}
