package dev.verbs.spi;

import dev.verbs.SendRequests;
import dev.verbs.SendWrDescriptor;
import dev.verbs.VerbsResource;

/**
 * Keeps binds away from the device whose window or region is closed, and both open while they are posted: drivers follow both as
 * pointers. Stateless; on the poster's thread; allocates nothing.
 */
final class BindGuard {
    private BindGuard() {
    }

    /** Posts the requests up to the first one whose window or region is closed, which is refused with EINVAL. */
    static int post(final AbstractQueuePair qp, final SendRequests requests, final int recorded) {
        int before = DatagramGuard.NONE;
        int index = requests.first();
        int entered = 0;
        while (entered < recorded && index >= 0 && enter(requests, index)) {
            before = index;
            index = next(requests, index);
            entered++;
        }
        try {
            return entered == recorded || index < 0 ? qp.postSendDevice(requests)
                : DatagramGuard.postUpTo(qp, requests, before, index);
        } finally {
            leave(requests, entered);
        }
    }

    private static int next(final SendRequests requests, final int index) {
        return requests.indexOf(SendWrDescriptor.next(requests.image(), requests.offset(index)));
    }

    private static boolean enter(final SendRequests requests, final int index) {
        final AbstractResource window = resource(requests.boundWindow(index));
        final AbstractResource region = resource(requests.boundRegion(index));
        if (window != null && !window.enterCall()) {
            return false;
        }
        if (region == null || region.enterCall()) {
            return true;
        }
        if (window != null) {
            window.leaveCall();
        }
        return false;
    }

    /** A chain may hold a request once only: what was entered is met again in the same order. */
    private static void leave(final SendRequests requests, final int entered) {
        int index = requests.first();
        for (int i = 0; i < entered; i++) {
            final AbstractResource window = resource(requests.boundWindow(index));
            final AbstractResource region = resource(requests.boundRegion(index));
            if (window != null) {
                window.leaveCall();
            }
            if (region != null) {
                region.leaveCall();
            }
            index = next(requests, index);
        }
    }

    private static AbstractResource resource(final VerbsResource resource) {
        return resource instanceof AbstractResource ours ? ours : null;
    }
}
