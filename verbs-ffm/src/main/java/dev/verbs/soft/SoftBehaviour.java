package dev.verbs.soft;

import dev.verbs.EventType;
import dev.verbs.Guarantees;
import java.util.EnumSet;
import java.util.Set;

/**
 * What devices do differently beyond their limits.
 *
 * @param guarantees        what programs may rely on
 * @param errors            statuses
 * @param events            affiliated events that are raised; others are not
 * @param sizing            what a queue pair is granted
 * @param receivesInSqe     an error of a UC or UD request stops the send queue only, as the specification says
 * @param controlsQueueKeys a controlled queue key of a datagram stands for the queue pair's own
 * @param tellsInvalidated  a receive says which key its message invalidated
 * @param reregisters       regions can be registered anew
 * @param iwarp             connections are those of iWARP, as siw has them: see {@link SoftProfile#SIW}
 */
record SoftBehaviour(Guarantees guarantees, ErrorProfile errors, Set<EventType> events, QueueSizing sizing, boolean receivesInSqe,
    boolean controlsQueueKeys, boolean tellsInvalidated, boolean reregisters, boolean iwarp) {
    private static final Guarantees CONNECTIONS = new Guarantees(true, true, true, true, true, true, true, true, true);

    static final SoftBehaviour SPECIFICATION = new SoftBehaviour(CONNECTIONS, ErrorProfile.INFINIBAND, EnumSet.allOf(EventType.class),
        QueueSizing.EXACT, true, true, true, true, false);
    static final SoftBehaviour MLX5 = new SoftBehaviour(CONNECTIONS, ErrorProfile.INFINIBAND, EnumSet.allOf(EventType.class),
        QueueSizing.MLX5, true, true, true, true, false);
    /** The only events in the source of Linux 6.1; it has no rereg_user_mr either. */
    static final SoftBehaviour RXE = new SoftBehaviour(CONNECTIONS, ErrorProfile.RXE,
        EnumSet.of(EventType.SQ_DRAINED, EventType.CQ_ERR, EventType.SRQ_LIMIT_REACHED, EventType.PORT_ACTIVE, EventType.PORT_ERR,
            EventType.DEVICE_FATAL, EventType.GID_CHANGE), QueueSizing.RXE, false, false, false, false, false);
    /** The events in the source of Linux 6.1, but SQ_DRAINED: siw raises it at a flush. */
    static final SoftBehaviour SIW = new SoftBehaviour(new Guarantees(false, false, false, false, false, false, false, false, false),
        ErrorProfile.SIW, EnumSet.of(EventType.QP_ACCESS_ERR, EventType.CQ_ERR, EventType.SRQ_LIMIT_REACHED, EventType.PORT_ACTIVE,
            EventType.PORT_ERR, EventType.DEVICE_FATAL, EventType.GID_CHANGE), QueueSizing.SIW, true, true, false, false, true);

    SoftBehaviour {
        events = Set.copyOf(events);
    }
}
