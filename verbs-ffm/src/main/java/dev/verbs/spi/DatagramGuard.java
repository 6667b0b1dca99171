package dev.verbs.spi;

import dev.verbs.Errno;
import dev.verbs.SendRequests;
import dev.verbs.SendWrDescriptor;
import java.lang.foreign.MemorySegment;

/**
 * Keeps requests away from the device whose address handle is closed, of another domain or none at all: drivers follow the word
 * of every request on a UD queue pair as a pointer. Stateless; on the poster's thread; allocates nothing.
 */
final class DatagramGuard {
    static final int NONE = -1;

    private DatagramGuard() {
    }

    /** Posts the requests whose handles are alive, up to the first other one, which is refused with EINVAL. */
    static int post(final AbstractQueuePair qp, final AddressHandleTable handles, final SendRequests requests, final int recorded) {
        final MemorySegment list = requests.image();
        int before = NONE;
        int index = requests.first();
        for (int i = 0; i < recorded && index >= 0; i++) {
            final long at = requests.offset(index);
            if (handles.findForPost(SendWrDescriptor.addressHandle(list, at)) == null
                || requests.hasBinds() && requests.boundWindow(index) != null) { // UD has no binds, but drivers read them
                return postUpTo(qp, requests, before, index);
            }
            before = index;
            index = requests.indexOf(SendWrDescriptor.next(list, at));
        }
        return qp.postSendDevice(requests);
    }

    static int postUpTo(final AbstractQueuePair qp, final SendRequests requests, final int before, final int refused) {
        final MemorySegment list = requests.image();
        final long refusedAddress = list.address() + requests.offset(refused);
        int errno = 0;
        if (before != NONE) {
            SendWrDescriptor.next(list, requests.offset(before), 0);
            errno = qp.postSendDevice(requests);
            SendWrDescriptor.next(list, requests.offset(before), refusedAddress);
        }
        if (errno == 0) {
            requests.bad(refusedAddress);
            return Errno.EINVAL;
        }
        return errno;
    }
}
