package dev.verbs.spi;

import dev.verbs.Errno;
import dev.verbs.RecvWrDescriptor;
import dev.verbs.SendRequests;
import dev.verbs.SendWrDescriptor;
import dev.verbs.WorkRequests;

/** How many requests of a list a device took, and why no more: drivers say it in different ways. */
final class PostProtocol {
    /** What a provider answers for a device that refused a request without an errno. */
    static final int STOPPED = -1;

    private PostProtocol() {
    }

    /** Some drivers stop in the middle of a list and return 0: then the queue was full. */
    static int reason(final WorkRequests requests, final int errno) {
        return reason(requests, errno, false);
    }

    /** The same, where the queue may have had room (siw): then the request itself was refused. */
    static int reason(final WorkRequests requests, final int errno, final boolean room) {
        return errno != 0 || requests.bad() == 0 ? errno : room ? Errno.EINVAL : Errno.ENOMEM;
    }

    /** The refused request decides, whatever the return code; an error without one accepted nothing. */
    static int accepted(final WorkRequests requests, final int given, final int errno) {
        final long bad = requests.bad();
        if (bad == 0) {
            return errno == 0 ? given : 0;
        }
        final int index = requests.indexOf(bad);
        return index < 0 ? 0 : chained(requests, index, given);
    }

    /** Requests that the device will meet. */
    static int given(final WorkRequests requests) {
        return requests.isPlain() ? requests.size() : chained(requests, -1, requests.remaining());
    }

    /** Requests that the device meets from the first one on, before the chain ends or comes to {@code stop}. */
    private static int chained(final WorkRequests requests, final int stop, final int most) {
        int index = requests.first();
        int count = 0;
        while (index >= 0 && index != stop && count < most) {
            count++;
            final long at = requests.offset(index);
            index = requests.indexOf(requests instanceof SendRequests ? SendWrDescriptor.next(requests.image(), at)
                : RecvWrDescriptor.next(requests.image(), at));
        }
        return count;
    }
}
