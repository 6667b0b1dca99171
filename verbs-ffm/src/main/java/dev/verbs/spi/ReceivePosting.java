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

    /** Of one queue: what counts its receives, and what hands a list to the device and says what came of it, as sends do. */
    ReceivePosting(final ReceiveTracker receives, final ToIntFunction<ReceiveRequests> device) {
        this.receives = receives;
        this.device = device;
    }

    /** Posts what is left of a list; returns requests accepted. */
    int post(final ReceiveRequests requests) {
        return !Checking.ON && requests.isPlain() ? handOverPlain(requests) : requests.remaining() == 0 ? 0
            : Checking.ON ? handOverAlone(requests) : handOver(requests);
    }

    /** Hands over a whole list that nobody needs to walk before. */
    private int handOverPlain(final ReceiveRequests requests) {
        final int count = requests.size();
        if (count == 0) {
            return 0;
        }
        requests.requireMemory(); // before anything is counted
        receives.record(count);
        final int errno = device.applyAsInt(requests);
        if (errno != 0) {
            return settle(requests, count, errno);
        }
        requests.postedAll();
        return count;
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
        requests.requireMemory();
        final int given = PostProtocol.given(requests);
        receives.record(given);
        requests.clearBad();
        return settle(requests, given, device.applyAsInt(requests));
    }

    /** A list was handed over: how much of it was accepted. */
    private int settle(final ReceiveRequests requests, final int given, final int answer) {
        final int errno = Math.max(answer, 0); // stopped: without one
        final int accepted = PostProtocol.accepted(requests, given, errno);
        if (accepted != given) {
            receives.takeBack(given - accepted);
        }
        requests.posted(accepted, PostProtocol.reason(requests, errno));
        return accepted;
    }
}
