package dev.verbs.spi;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import dev.verbs.WcField;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Set;

/**
 * Where an extended completion queue stands between start_poll and end_poll: calls in the wrong order would lock the thread out of
 * its own queue or read what is not there, so they are found here, before the device sees them.
 *
 * <p>The poller writes; who closes or resizes looks.
 */
public final class PollBatch {
    private static final VarHandle OPEN;

    static {
        try {
            OPEN = MethodHandles.lookup().findVarHandle(PollBatch.class, "open", boolean.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Set<WcField> fields;
    private final int asked;
    /** Written by the poller with release. */
    private boolean open;
    /** Whether there is a completion to read; the poller's own. */
    private boolean current;

    /**
     * No batch.
     *
     * @param fields what may be read
     */
    public PollBatch(final Set<WcField> fields) {
        this.fields = fields;
        this.asked = WcField.bits(fields);
    }

    /**
     * What may be read.
     *
     * @return the fields that were asked for
     */
    public Set<WcField> fields() {
        return fields;
    }

    /**
     * Whether there is a batch; any thread.
     *
     * @return true between start and end
     */
    public boolean isOpen() {
        return (boolean)OPEN.getAcquire(this); // pairs with set
    }

    /** A batch begins with a completion; by the poller. */
    public void begin() {
        current = true;
        set(true);
    }

    /**
     * The batch goes on; by the poller.
     *
     * @param found whether there is a current completion
     */
    public void advance(final boolean found) {
        current = found;
    }

    /** The batch is over; by the poller. */
    public void end() {
        current = false;
        set(false);
    }

    private void set(final boolean now) {
        OPEN.setRelease(this, now); // pairs with isOpen
    }

    /** Refuses to read what is not there: EINVAL. By the poller. */
    public void requireCurrent() {
        if (!current) {
            throw new VerbsException("ibv_start_poll", Errno.EINVAL, open ? "this batch has no completion left: end it"
                : "there is no completion to read: startPoll comes first");
        }
    }

    /**
     * Refuses to read what is not there (EINVAL) or was not asked for (EOPNOTSUPP). By the poller.
     *
     * @param bit {@link WcField#bit()} of the field
     */
    public void require(final int bit) {
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

    /**
     * Refuses what would wait for the lock that the batch holds: EBUSY.
     *
     * @param verb the C verb
     * @param who  the queue, in words
     */
    public void requireEnded(final String verb, final String who) {
        if (isOpen()) {
            throw new VerbsException(verb, Errno.EBUSY, who + " is being polled: call endPoll first");
        }
    }
}
