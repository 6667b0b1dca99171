package dev.verbs.spi;

import dev.verbs.AccessFlags;
import dev.verbs.Errno;
import dev.verbs.MemoryRegion;
import dev.verbs.MemoryWindow;
import dev.verbs.MemoryWindowType;
import dev.verbs.ProtectionDomain;
import dev.verbs.QueuePair;
import dev.verbs.VerbsException;
import dev.verbs.WindowBinding;

/** What windows of every provider share: the key as the program knows it, and the checks of a bind. */
public abstract class AbstractMemoryWindow extends AbstractResource implements MemoryWindow {
    private static final String BIND = "ibv_bind_mw";

    private final AbstractProtectionDomain domain;
    private final MemoryWindowType type;
    /** Written under this object's lock. */
    private volatile int rkey;
    /** What a type 1 window was bound to last, null if nothing; under this object's lock. */
    private MemoryRegion region;

    /**
     * A window that the device knows.
     *
     * @param domain where it was allocated
     * @param type   how it is bound
     * @param rkey   its first key
     */
    protected AbstractMemoryWindow(final AbstractProtectionDomain domain, final MemoryWindowType type, final int rkey) {
        super(domain);
        this.domain = domain;
        this.type = type;
        this.rkey = rkey;
    }

    @Override
    public final ProtectionDomain protectionDomain() {
        return domain;
    }

    @Override
    public final MemoryWindowType type() {
        return type;
    }

    @Override
    public final int rkey() {
        return rkey;
    }

    @Override
    public final synchronized void bound(final int key) {
        requireOpen(BIND);
        rkey = key;
        keyChanged(key);
    }

    /**
     * The program knows another key now; under this object's lock.
     *
     * @param key the key
     */
    protected abstract void keyChanged(int key);

    @Override
    public final synchronized void bind(final QueuePair qp, final WindowBinding binding, final long wrId, final int flags) {
        requireOpen(BIND);
        if (type != MemoryWindowType.TYPE_1) {
            throw new VerbsException(BIND, Errno.EINVAL, describe() + " is of type 2: bind it with SendRequests.bindWindow");
        }
        if (binding.region().protectionDomain() != domain) {
            throw new VerbsException(BIND, Errno.EPERM, binding.region().describe() + " is of another domain than " + describe());
        }
        if ((binding.access() & AccessFlags.ZERO_BASED) != 0) {
            throw new VerbsException(BIND, Errno.EINVAL, "only a window of type 2 can be zero-based");
        }
        if (qp.protectionDomain().context() != domain.context()) {
            throw new VerbsException(BIND, Errno.EINVAL, qp.describe() + " was made on another context than " + describe());
        }
        final AbstractQueuePair pair = (AbstractQueuePair)qp;
        final int next = nextRkey();
        final int errno = ((AbstractMemoryRegion)binding.region()).create(BIND,
            () -> pair.create(BIND, () -> bindDevice(pair, binding, next, wrId, flags)));
        if (errno != 0) {
            throw new VerbsException(BIND, errno, describe() + " to " + binding.region().describe() + " through " + qp.describe()
                + (errno == Errno.ENOMEM ? ": its send queue is full, poll its completions first"
                : ": the queue pair must be in RTS"));
        }
        rkey = next;
        region = binding.length() == 0 ? null : binding.region();
    }

    @Override
    public final synchronized void unbind(final QueuePair qp, final long wrId, final int flags) {
        requireOpen(BIND);
        if (region == null) {
            throw new VerbsException(BIND, Errno.EINVAL, describe() + " is not bound by MemoryWindow.bind: a window of type 2 is "
                + "unbound by SendRequests.localInvalidate");
        }
        bind(qp, new WindowBinding(region, 0, 0, 0), wrId, flags);
    }

    /**
     * Posts a bind, counted by the queue pair; nothing of what takes part is closed meanwhile.
     *
     * @param qp      the queue pair
     * @param binding what to open, not checked
     * @param next    the key that the window gets
     * @param wrId    the number that its completion carries
     * @param flags   flags of {@link dev.verbs.SendFlags}
     * @return 0 or a positive errno
     */
    protected abstract int bindDevice(AbstractQueuePair qp, WindowBinding binding, int next, long wrId, int flags);

    @Override
    public final String describe() {
        return type == null ? "an MW that is being made" : "MW type " + type.code() + " rkey 0x" + Integer.toHexString(rkey);
    }

    @Override
    protected final String closeVerb() {
        return "ibv_dealloc_mw";
    }
}
