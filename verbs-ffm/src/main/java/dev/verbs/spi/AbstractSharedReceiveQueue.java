package dev.verbs.spi;

import dev.verbs.Checking;
import dev.verbs.ProtectionDomain;
import dev.verbs.ReceiveRequests;
import dev.verbs.SharedReceiveQueue;
import dev.verbs.SrqConfig;

/** What shared receive queues of every provider share: the post protocol and the count of receives in flight. */
public abstract class AbstractSharedReceiveQueue extends AbstractResource implements SharedReceiveQueue, MayHaveWorkInFlight {
    /** What {@link #postReceiveDevice} answers for a device that refused a request without an errno. */
    protected static final int STOPPED = PostProtocol.STOPPED;

    private final AbstractProtectionDomain domain;
    private final SrqConfig config;
    private final SharedGate posting = new SharedGate();
    private final SharedReceiveTracker receives = new SharedReceiveTracker();
    private final ReceivePosting receivePosts;

    /**
     * A queue that the device knows.
     *
     * @param domain its domain
     * @param config what the device granted
     */
    @SuppressWarnings("this-escape") // called when a list is posted
    protected AbstractSharedReceiveQueue(final AbstractProtectionDomain domain, final SrqConfig config) {
        super(domain);
        this.domain = domain;
        this.config = config;
        this.receivePosts = new ReceivePosting(receives, this::postReceiveDevice);
    }

    @Override
    public final ProtectionDomain protectionDomain() {
        return domain;
    }

    @Override
    public final SrqConfig config() {
        return config;
    }

    @Override
    public final int postReceive(final ReceiveRequests requests) {
        if (!posting.enter()) {
            if (Checking.ON) {
                throw usedAfterClose("postReceive");
            }
            return CLOSED;
        }
        try {
            return receivePosts.post(requests);
        } finally {
            posting.leave();
        }
    }

    /**
     * Hands the chain that starts at {@link dev.verbs.WorkRequests#headAddress()} to the queue; the refused request, if any, is
     * stored at {@link dev.verbs.WorkRequests#badAddress()}.
     *
     * @param requests the list
     * @return 0 if it took all, {@link #STOPPED} if it did not and gave no reason, else a positive errno
     */
    protected abstract int postReceiveDevice(ReceiveRequests requests);

    @Override
    final void shut() {
        posting.shut();
    }

    @Override
    final void reopen() {
        posting.open();
    }

    final SharedReceiveTracker receives() {
        return receives;
    }

    @Override
    public final long inFlight() {
        return isOpen() ? receives.inFlight() : 0;
    }

    @Override
    protected final String closeVerb() {
        return "ibv_destroy_srq";
    }
}
