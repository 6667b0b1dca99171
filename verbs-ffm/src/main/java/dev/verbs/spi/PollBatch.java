package dev.verbs.spi;

import dev.verbs.Checking;
import dev.verbs.Errno;
import dev.verbs.MisuseException;
import dev.verbs.VerbsException;
import dev.verbs.WcField;
import dev.verbs.WcStatus;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Set;

/**
 * Where an extended completion queue stands between start_poll and end_poll: calls in the wrong order would lock the thread out of
 * its own queue or read what is not there, so they are found here, before the device sees them.
 *
 * <p>The poller writes; who closes or resizes looks.
 */
final class PollBatch {
    static final int SUCCESS = WcStatus.SUCCESS.code();
    static final int BYTE_LENGTH = WcField.BYTE_LENGTH.bit();
    static final int IMMEDIATE = WcField.IMMEDIATE.bit();
    static final int QP_NUMBER = WcField.QP_NUMBER.bit();
    static final int SOURCE_QP = WcField.SOURCE_QP.bit();
    static final int SLID = WcField.SLID.bit();
    static final int SERVICE_LEVEL = WcField.SERVICE_LEVEL.bit();
    static final int DLID_PATH_BITS = WcField.DLID_PATH_BITS.bit();
    static final int TIMESTAMP = WcField.TIMESTAMP.bit();
    static final int WALLCLOCK = WcField.WALLCLOCK.bit();
    static final int CVLAN = WcField.CVLAN.bit();
    static final int FLOW_TAG = WcField.FLOW_TAG.bit();
    static final int TAG_MATCHING = WcField.TAG_MATCHING.bit();

    private static final VarHandle OPEN;

    static {
        try {
            OPEN = MethodHandles.lookup().findVarHandle(PollBatch.class, "open", boolean.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final AbstractCompletionQueue queue;
    private final Set<WcField> fields;
    private final int asked;
    /** Written by the poller with release. */
    private boolean open;
    /** Who began the batch, null without one; written by the poller before {@link #open}. */
    private Thread owner;
    /** Whether there is a completion to read; the poller's own. */
    private boolean current;

    /** No batch. */
    PollBatch(final AbstractCompletionQueue queue, final Set<WcField> fields) {
        this.queue = queue;
        this.fields = fields;
        this.asked = WcField.bits(fields);
    }

    /** What may be read. */
    Set<WcField> fields() {
        return fields;
    }

    /** Whether there is a batch; any thread. */
    boolean isOpen() {
        return (boolean)OPEN.getAcquire(this); // pairs with set
    }

    /** Whether the caller is within a batch of its own: only its own writes can make that true. */
    boolean isMine() {
        return isOpen() && owner == Thread.currentThread();
    }

    /** A batch begins with a completion; by the poller. */
    void begin() {
        current = true;
        owner = Thread.currentThread();
        set(true);
    }

    /** The batch goes on, with a completion or without; by the poller. */
    void advance(final boolean found) {
        current = found;
    }

    /** The batch is over; by the poller. */
    void end() {
        current = false;
        owner = null;
        set(false);
    }

    private void set(final boolean now) {
        OPEN.setRelease(this, now); // pairs with isOpen
    }

    /** In the checking mode: refuses a call of the iterator or a reader while another thread has a batch. */
    void requireAlone(final String call) {
        final Thread other = isOpen() ? owner : null;
        if (other != null && other != Thread.currentThread()) {
            throw MisuseException.twoThreads(call + " within a batch of " + queue.describe(), other);
        }
    }

    /** Refuses to read what is not there: EINVAL. By the poller. */
    void requireCurrent() {
        if (Checking.ON) {
            requireAlone("a reader");
        }
        if (!current) {
            throw new VerbsException("ibv_start_poll", Errno.EINVAL, open ? "this batch has no completion left: end it"
                : "there is no completion to read: startPoll comes first");
        }
    }

    /** Refuses to read what is not there (EINVAL) or was not asked for (EOPNOTSUPP): a bit of a {@link WcField}. By the poller. */
    void require(final int bit) {
        requireCurrent();
        if ((asked & bit) == 0) {
            throw notAsked(bit);
        }
    }

    private VerbsException notAsked(final int bit) {
        for (final WcField field : WcField.values()) {
            if (field.bit() == bit) {
                return new VerbsException("ibv_create_cq_ex", Errno.EOPNOTSUPP, field + " was not asked for when the queue was made; "
                    + "it was made for " + fields + ": add it with ExtendedCqConfig.withFields");
            }
        }
        throw new AssertionError(bit);
    }

    /** Refuses what would wait for the lock that the batch holds: EBUSY. */
    void requireEnded(final String verb) {
        if (isOpen()) {
            throw new VerbsException(verb, Errno.EBUSY, queue.describe() + " is being polled: call endPoll first");
        }
    }

    /** Refuses what the thread that is within the batch would wait for in vain: EBUSY. */
    void requireNotMine(final String verb, final String what) {
        if (isMine()) {
            throw new VerbsException(verb, Errno.EBUSY, what + " completes in " + queue.describe() + ", which is being polled by this "
                + "thread: call endPoll first");
        }
    }
}
