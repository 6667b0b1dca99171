package dev.verbs.spi;

import dev.verbs.AddressHandle;
import dev.verbs.AddressVector;
import dev.verbs.Errno;
import dev.verbs.ProtectionDomain;
import dev.verbs.VerbsException;
import java.lang.invoke.VarHandle;

/**
 * What address handles of every provider share: requests carry a bare word, so the domain knows which words are alive, and a
 * handle refuses to close while datagrams may be on their way along it.
 */
public abstract class AbstractAddressHandle extends AbstractResource implements AddressHandle {
    private final AbstractProtectionDomain domain;
    private final AddressVector address;
    private final long word;
    /** Posts take it for closed; the device does not yet, as datagrams may be on their way. */
    private volatile boolean hidden;

    /**
     * A handle that the device knows.
     *
     * @param domain  where it was made
     * @param address the path
     * @param word    what requests carry, never 0
     */
    @SuppressWarnings("this-escape") // the table only keeps it
    protected AbstractAddressHandle(final AbstractProtectionDomain domain, final AddressVector address, final long word) {
        super(domain);
        this.domain = domain;
        this.address = address;
        this.word = word;
        domain.addressHandles().add(this);
    }

    @Override
    public final ProtectionDomain protectionDomain() {
        return domain;
    }

    @Override
    public final AddressVector address() {
        return address;
    }

    @Override
    public final long word() {
        return word;
    }

    @Override
    public String describe() {
        return address == null ? "an AH that is being made"
            : "AH to " + address.gid() + (address.lid() == 0 ? "" : " lid " + address.lid());
    }

    @Override
    protected final String closeVerb() {
        return "ibv_destroy_ah";
    }

    /** Whether a request may be posted with it: from any thread, after the request was counted. */
    final boolean takesPosts() {
        return !hidden;
    }

    /** First nobody can post with it any more, then what is in flight decides: a post counts before it looks at the handle. */
    @Override
    protected final void checkIdle() {
        try {
            refuseIfInUse(); // a close that is refused anyway does not get in the way of posts
            hidden = true;
            VarHandle.fullFence(); // pairs with AbstractQueuePair.postDatagrams
            refuseIfInUse();
        } catch (final VerbsException e) {
            hidden = false; // also when this is called again, after a call that was under way
            throw e;
        }
    }

    private void refuseIfInUse() {
        final String busy = domain.busyDatagramQueues();
        if (!busy.isEmpty()) {
            throw new VerbsException(closeVerb(), Errno.EBUSY, describe() + " may be in use by " + busy
                + ": poll the completions, or close the queue pair, first");
        }
    }

    @Override
    protected final void release() {
        domain.addressHandles().remove(this); // before the device gives the word to another one
        try {
            releaseDevice();
        } catch (final RuntimeException e) {
            domain.addressHandles().add(this);
            hidden = false;
            throw e;
        }
    }

    /** Destroys the handle on the device. */
    protected abstract void releaseDevice();
}
