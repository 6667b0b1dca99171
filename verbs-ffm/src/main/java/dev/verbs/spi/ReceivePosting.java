package dev.verbs.spi;

import dev.verbs.Checking;
import dev.verbs.ReceiveRequests;
import java.util.function.ToIntFunction;

/**
 * How receives are posted and counted, to a queue pair's own queue and to a shared one. On the poster's thread, which keeps the queue
 * from being closed; allocates nothing.
 */
final class ReceivePosting {
    private final ReceiveTracker receives;
    private final ToIntFunction<ReceiveRequests> device;

    /** Of one queue: what counts its receives, and what hands a list to the device and returns 0 or a positive errno. */
    ReceivePosting(final ReceiveTracker receives, final ToIntFunction<ReceiveRequests> device) {
        this.receives = receives;
        this.device = device;
    }

    /** Posts what is left of a list; returns requests accepted. */
    int post(final ReceiveRequests requests) {
        return requests.remaining() == 0 ? 0 : Checking.ON ? handOverAlone(requests) : handOver(requests);
    }

    /** In the checking mode: nobody else may touch the list meanwhile. */
    private int handOverAlone(final ReceiveRequests requests) {
        requests.beginPost();
        try {
            return handOver(requests);
        } finally {
            requests.endPost();
        }
    }

    private int handOver(final ReceiveRequests requests) {
        requests.requireMemory(); // before anything is counted
        final boolean plain = requests.isPlain();
        final int given = PostProtocol.given(requests);
        receives.record(given);
        requests.clearBad();
        final int errno = device.applyAsInt(requests);
        if (plain && errno == 0 && requests.bad() == 0) {
            requests.postedAll();
            return given;
        }
        final int accepted = PostProtocol.accepted(requests, given, errno);
        if (accepted != given) {
            receives.takeBack(given - accepted);
        }
        requests.posted(accepted, PostProtocol.reason(requests, errno));
        return accepted;
    }
}
