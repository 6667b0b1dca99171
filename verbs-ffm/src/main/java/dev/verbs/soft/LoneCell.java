package dev.verbs.soft;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A number alone in its cache line: what threads do to it does not disturb what lies beside it, and touching it costs one line.
 * Fields of superclasses lie in front: hence the levels.
 */
@SuppressWarnings("unused") // 64 bytes behind the number
abstract class LoneCell extends LoneCellParts.Middle {
    /** Access to the number. */
    static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(LoneCellParts.Middle.class, "value", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long after0;
    private long after1;
    private long after2;
    private long after3;
    private long after4;
    private long after5;
    private long after6;
    private long after7;
}
