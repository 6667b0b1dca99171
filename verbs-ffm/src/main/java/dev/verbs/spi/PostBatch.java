package dev.verbs.spi;

import dev.verbs.AddressHandle;
import dev.verbs.Checking;
import dev.verbs.Errno;
import dev.verbs.ExtendedQueuePair;
import dev.verbs.MemoryWindow;
import dev.verbs.MemoryWindowType;
import dev.verbs.MisuseException;
import dev.verbs.QpType;
import dev.verbs.QueuePair;
import dev.verbs.SendOperation;
import dev.verbs.VerbsException;
import dev.verbs.WindowBinding;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;

/**
 * Where an extended queue pair stands between wr_start and wr_complete: calls in the wrong order would lock the thread out of its own
 * queue, write over the request before or call a null pointer, so they are found here, before the device sees them.
 *
 * <pre>
 *   begin ──► build ──► payload, target ──► build ... ──► finish ──► end
 *                 └─ false: something is wrong already; the device is not asked any more, finish says why
 * </pre>
 *
 * <p>The poster writes; who closes or modifies looks. Each request is in flight from its builder on: what it names cannot be closed.
 */
final class PostBatch {
    private static final VarHandle OPEN;
    private static final long MAX_LENGTH = 0xFFFF_FFFFL;

    static {
        try {
            OPEN = MethodHandles.lookup().findVarHandle(PostBatch.class, "open", boolean.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final AbstractQueuePair qp;
    private final int asked;
    private final boolean datagrams;
    private final int maxSge;
    private final int maxInline;
    /** Inline payloads, one behind the other. */
    private final MemorySegment gathered;
    /** Written by the poster with release. */
    private boolean open;
    /** Who began the batch; in the checking mode only. */
    private volatile Thread owner;
    /** What follows is the poster's own. The request that setters are for, null if there is none. */
    private SendOperation current;
    private boolean hasPayload;
    private boolean hasTarget;
    private int count;
    private int errno;
    private int outcome;

    /**
     * No batch.
     *
     * @param qp the queue pair, with what the device granted
     */
    PostBatch(final AbstractQueuePair qp) {
        this.qp = qp;
        this.asked = SendOperation.bits(qp.config().sendOps());
        this.datagrams = qp.config().type() == QpType.UD;
        this.maxSge = qp.config().maxSendSge();
        this.maxInline = qp.config().maxInlineData();
        this.gathered = Arena.ofAuto().allocate(Math.max(1, maxInline), Long.BYTES);
    }

    /**
     * Whether there is a batch; any thread.
     *
     * @return true between begin and end
     */
    boolean isOpen() {
        return (boolean)OPEN.getAcquire(this); // pairs with set
    }

    private void set(final boolean now) {
        OPEN.setRelease(this, now); // pairs with isOpen
    }

    /**
     * A batch begins, if it may: from then on the queue pair cannot be closed.
     *
     * @return 0, {@link QueuePair#CLOSED} or {@link ExtendedQueuePair#MISUSED}
     */
    int begin() {
        if (!qp.enterSend()) {
            return QueuePair.CLOSED;
        }
        try {
            if (isOpen()) {
                return ExtendedQueuePair.MISUSED;
            }
            if (Checking.ON) {
                owner = Thread.currentThread();
            }
            current = null;
            count = 0;
            errno = 0;
            set(true);
            return 0;
        } finally {
            qp.leaveSend();
        }
    }

    /**
     * What complete and abort answer without a batch.
     *
     * @return {@link ExtendedQueuePair#MISUSED} or {@link QueuePair#CLOSED}
     */
    int none() {
        return qp.isOpen() ? ExtendedQueuePair.MISUSED : QueuePair.CLOSED;
    }

    /**
     * A request begins.
     *
     * @param operation what it does
     * @param flags     flags of {@link dev.verbs.SendFlags}
     * @return whether the device shall be asked for it
     * @throws VerbsException EINVAL without a batch, EOPNOTSUPP if the operation was not asked for
     */
    boolean build(final SendOperation operation, final int flags) {
        requireBatch();
        if ((asked & operation.bit()) == 0) {
            throw new VerbsException("ibv_create_qp_ex", Errno.EOPNOTSUPP, operation + " was not asked for when " + qp.describe()
                + " was made; it was made for " + qp.config().sendOps() + ": add it with QueuePairConfig.withSendOps");
        }
        close();
        current = operation;
        hasPayload = false;
        hasTarget = false;
        if (errno == 0) {
            qp.recordRequest(flags);
            count++;
        }
        return errno == 0;
    }

    /**
     * An atomic begins.
     *
     * @param operation     what it does
     * @param flags         flags of {@link dev.verbs.SendFlags}
     * @param remoteAddress what it changes
     * @return whether the device shall be asked for it
     */
    boolean buildAtomic(final SendOperation operation, final int flags, final long remoteAddress) {
        return build(operation, flags) && allow((remoteAddress & Long.BYTES - 1) == 0);
    }

    /**
     * A bind begins. Drivers follow window and region as pointers: neither can be closed until {@link #bound}.
     *
     * @param window  the window
     * @param binding what it opens
     * @param flags   flags of {@link dev.verbs.SendFlags}
     * @return whether the device shall be asked for it: then {@link #bound} must follow
     */
    boolean buildBind(final MemoryWindow window, final WindowBinding binding, final int flags) {
        if (window.type() != MemoryWindowType.TYPE_2) {
            throw new IllegalArgumentException(window.describe() + " is of type 1: bind it with MemoryWindow.bind");
        }
        if (!build(SendOperation.BIND_MW, flags)) {
            return false;
        }
        if (!((AbstractResource)window).enterCall()) {
            return allow(false);
        }
        if (!((AbstractResource)binding.region()).enterCall()) {
            ((AbstractResource)window).leaveCall();
            return allow(false);
        }
        return true;
    }

    /**
     * The device has seen a bind.
     *
     * @param window  the window
     * @param binding what it opens
     */
    void bound(final MemoryWindow window, final WindowBinding binding) {
        ((AbstractResource)window).leaveCall();
        ((AbstractResource)binding.region()).leaveCall();
    }

    private void requireBatch() {
        if (!isOpen()) {
            throw qp.isOpen() ? new VerbsException("ibv_wr_start", Errno.EINVAL, qp.describe() + " has no batch: start comes first")
                : qp.closed("ibv_wr_start");
        }
        final Thread other = owner;
        if (Checking.ON && other != null && other != Thread.currentThread()) {
            throw MisuseException.twoThreads("a batch of " + qp.describe(), other);
        }
    }

    private void requireRequest(final String setter, final boolean takes) {
        requireBatch();
        if (!takes) {
            throw new VerbsException(setter, Errno.EINVAL, qp.describe() + ": " + (current == null
                ? "a builder comes first: there is no request" : current + " takes none, or has one already"));
        }
    }

    /**
     * The payload of the current request, not inline.
     *
     * @param length  its bytes
     * @param entries its scatter/gather entries
     * @return whether the device shall be told
     * @throws VerbsException EINVAL if there is no request that takes one
     */
    boolean payload(final long length, final int entries) {
        requireRequest("ibv_wr_set_sge", takesPayload());
        if (length < 0 || length > MAX_LENGTH) {
            throw new IllegalArgumentException("length " + length + " is not in 0 .. " + MAX_LENGTH);
        }
        hasPayload = true;
        return allow(entries <= maxSge && (!isAtomic() || length >= Long.BYTES));
    }

    /**
     * The inline payload of the current request.
     *
     * @param length its bytes
     * @return whether the device shall be told
     * @throws VerbsException EINVAL if there is no request that takes one
     */
    boolean inline(final long length) {
        requireRequest("ibv_wr_set_inline_data", takesPayload());
        hasPayload = true;
        return allow(length <= maxInline && current != SendOperation.RDMA_READ && !isAtomic());
    }

    /**
     * Copies an inline payload, so that the device reads it from native memory that is alive.
     *
     * @param source where it lies
     * @param from   its offset
     * @param length its bytes, which were allowed
     * @return the copy
     */
    MemorySegment copy(final MemorySegment source, final long from, final long length) {
        MemorySegment.copy(source, from, gathered, 0, length);
        return gathered;
    }

    /**
     * Copies an inline payload of several parts, one behind the other.
     *
     * @param sources the parts
     * @param parts   how many of them
     * @return the copy
     */
    MemorySegment copy(final MemorySegment[] sources, final int parts) {
        long end = 0;
        for (int i = 0; i < parts; i++) {
            MemorySegment.copy(sources[i], 0, gathered, end, sources[i].byteSize());
            end += sources[i].byteSize();
        }
        return gathered;
    }

    /**
     * The bytes of several segments.
     *
     * @param sources the segments
     * @param parts   how many of them
     * @return the sum of their sizes
     */
    static long total(final MemorySegment[] sources, final int parts) {
        Objects.checkFromIndexSize(0, parts, sources.length);
        long total = 0;
        for (int i = 0; i < parts; i++) {
            total += sources[i].byteSize();
        }
        return total;
    }

    /**
     * Whom the current request is for.
     *
     * @param handle the path
     * @return whether the device shall be told
     * @throws VerbsException EINVAL if there is no datagram that lacks one
     */
    boolean target(final AddressHandle handle) {
        requireRequest("ibv_wr_set_ud_addr", datagrams && current != null && !hasTarget);
        hasTarget = true;
        return allow(qp.canReach(handle));
    }

    private boolean takesPayload() {
        return current != null && !hasPayload && current != SendOperation.BIND_MW && current != SendOperation.LOCAL_INV;
    }

    private boolean isAtomic() {
        return current == SendOperation.ATOMIC_CMP_AND_SWP || current == SendOperation.ATOMIC_FETCH_AND_ADD;
    }

    private boolean allow(final boolean good) {
        if (!good) {
            fail(Errno.EINVAL);
        }
        return errno == 0;
    }

    /**
     * Something is wrong with the batch: it will not be posted.
     *
     * @param reason an errno; the first one counts
     */
    void fail(final int reason) {
        errno = errno == 0 ? reason : errno;
    }

    /** The current request gets no more setters. */
    private void close() {
        if (current != null) {
            allow((hasTarget || !datagrams) && (hasPayload || !isAtomic()));
        }
    }

    /**
     * No request follows.
     *
     * @return 0 if the batch may be posted, else why not
     */
    int finish() {
        requireBatch();
        close();
        current = null;
        return errno;
    }

    /**
     * The batch was posted or given up.
     *
     * @param reason 0, or why the device took nothing of it
     * @return requests accepted
     */
    int end(final int reason) {
        if (reason != 0) {
            qp.takeBackRequests(count);
        }
        outcome = reason;
        current = null;
        owner = null;
        set(false);
        return reason == 0 ? count : 0;
    }

    /** The batch was given up: it leaves no outcome. */
    void drop() {
        final int before = outcome;
        end(Errno.EINVAL);
        outcome = before;
    }

    /**
     * How the last batch ended.
     *
     * @return 0 or an errno
     */
    int outcome() {
        return outcome;
    }

    /**
     * Refuses what would wait for the lock that the batch holds: EBUSY.
     *
     * @param verb the C verb
     */
    void requireEnded(final String verb) {
        if (isOpen()) {
            throw new VerbsException(verb, Errno.EBUSY, qp.describe() + " has an open batch: call complete or abort first");
        }
    }
}
