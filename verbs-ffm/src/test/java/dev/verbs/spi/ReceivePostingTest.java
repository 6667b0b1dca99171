package dev.verbs.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.verbs.Errno;
import dev.verbs.ReceiveRequests;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

/** How receives are counted when a device takes them all, or stops: no driver here does it in each of these ways. */
class ReceivePostingTest {
    private static final int SIZE = 3;

    private final ReceiveQueueTracker receives = new ReceiveQueueTracker();
    private final ReceivePosting posting = new ReceivePosting(receives, this::device);
    /** The request that the device refuses, -1 if none, and what it says. */
    private int refused = -1;
    private int answer;
    private long head;

    private int device(final ReceiveRequests requests) {
        head = requests.headAddress();
        assertEquals(0, requests.bad(), "the word of the refused request is left from a post before");
        if (refused < 0) {
            return 0;
        }
        requests.bad(address(requests, refused));
        return answer;
    }

    private static long address(final ReceiveRequests requests, final int index) {
        return requests.image().address() + requests.offset(index);
    }

    private static ReceiveRequests list(final Arena arena) {
        final ReceiveRequests list = ReceiveRequests.allocate(arena, SIZE, 1);
        for (int i = 0; i < SIZE; i++) {
            list.receive(i, 0, 64, 0);
        }
        return list;
    }

    private void shouldGoOnBehindWhatWasTaken(final int says, final int errno) {
        try (Arena arena = Arena.ofConfined()) {
            final ReceiveRequests list = list(arena);
            refused = 1;
            answer = says;
            assertEquals(1, posting.post(list));
            assertEquals(errno, list.errno());
            assertEquals(1, receives.inFlight());
            refused = -1;
            assertEquals(SIZE - 1, posting.post(list));
            assertEquals(address(list, 1), head);
            assertEquals(SIZE, receives.inFlight());
            assertEquals(0, posting.post(list));
            list.rewind();
            assertEquals(SIZE, posting.post(list));
            assertEquals(address(list, 0), head);
            assertEquals(2 * SIZE, receives.inFlight());
        }
    }

    /** A driver that returns 0, but names a request that it refused. */
    @Test
    void shouldTakeAStopWithoutAnErrnoForAFullQueue() {
        shouldGoOnBehindWhatWasTaken(PostProtocol.STOPPED, Errno.ENOMEM);
    }

    @Test
    void shouldKeepTheErrnoOfAStop() {
        shouldGoOnBehindWhatWasTaken(Errno.EINVAL, Errno.EINVAL);
    }
}
