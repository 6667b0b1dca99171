package dev.verbs.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.WrOpcode;
import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a send queue has in flight, however its lists are signalled. */
class SendQueueTrackerTest {
    private static final int MOST = 9;
    private static final int STEPS = 200_000;

    /** The same, remembered request by request. */
    private static final class Model {
        private final ArrayDeque<Boolean> inFlight = new ArrayDeque<>();
        private int signalled;

        void post(final boolean asks) {
            inFlight.addLast(asks);
            signalled += asks ? 1 : 0;
        }

        void takeBack(final int count) {
            for (int i = 0; i < count; i++) {
                signalled -= inFlight.removeLast() ? 1 : 0;
            }
        }

        void complete(final int count) {
            for (int i = 0; i < count; i++) {
                while (!inFlight.removeFirst()) {
                    assertTrue(signalled > 0);
                }
                signalled--;
            }
        }
    }

    /** A list of so many requests; which of them are signalled a pattern says. */
    private static SendRequests fill(final SendRequests list, final int count, final int pattern) {
        list.clear();
        for (int i = 0; i < count; i++) {
            list.add(i, WrOpcode.SEND.code(), (pattern >> i & 1) != 0 ? SendFlags.SIGNALED : 0);
        }
        return list;
    }

    /** All, none, the last one, or any. */
    private static int pattern(final Random random, final int count) {
        return switch (random.nextInt(4)) {
            case 0, 1 -> -1;
            case 2 -> 1 << count - 1;
            default -> random.nextInt(1 << count);
        };
    }

    @Test
    void shouldCountLikeOneWhoRemembersEachRequest() {
        try (Arena arena = Arena.ofConfined()) {
            for (int seed = 0; seed < 4; seed++) {
                final boolean signalAll = seed == 3;
                compare(new Random(seed), new SendQueueTracker(4, signalAll), SendRequests.allocate(arena, MOST, 1), signalAll);
            }
        }
    }

    private static void compare(final Random random, final SendQueueTracker tracker, final SendRequests list, final boolean signalAll) {
        final Model model = new Model();
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(3) > 0 && model.inFlight.size() < 40) {
                final int count = 1 + random.nextInt(MOST);
                final int pattern = pattern(random, count);
                post(random, tracker, fill(list, count, pattern));
                for (int i = 0; i < count; i++) {
                    model.post(signalAll || (pattern >> i & 1) != 0);
                }
                final int refused = random.nextInt(4) == 0 ? random.nextInt(count + 1) : 0;
                if (refused > 0) {
                    tracker.takeBack(refused);
                    model.takeBack(refused);
                }
            } else if (model.signalled > 0) {
                final int count = 1 + random.nextInt(model.signalled);
                tracker.completed(count);
                model.complete(count);
            }
            assertEquals(model.inFlight.size(), tracker.inFlight(), "after step " + step);
        }
    }

    /** A list that is known to be plain is counted like one that is walked, and like requests that stand in no list. */
    private static void post(final Random random, final SendQueueTracker tracker, final SendRequests list) {
        final int way = random.nextInt(4);
        if (way == 0) {
            assertEquals(list.size(), tracker.record(list));
        } else if (way == 1 && list.size() == 1) {
            tracker.recordOne(list.signalled() == 1);
        } else {
            tracker.recordPlain(list, list.size());
        }
    }

    @Test
    void shouldStandCompletionsThatNobodyAwaits() {
        try (Arena arena = Arena.ofConfined()) {
            final SendQueueTracker tracker = new SendQueueTracker(4, false);
            final SendRequests list = SendRequests.allocate(arena, 2, 1);
            tracker.recordPlain(fill(list, 2, -1), 2);
            tracker.completed(5);
            assertEquals(0, tracker.inFlight());
            tracker.takeBack(1); // a driver that kept what it refused
            tracker.recordPlain(fill(list, 2, -1), 2);
            tracker.completed(1);
            tracker.completed(1);
            assertTrue(tracker.inFlight() <= 0, "more in flight than were posted: " + tracker.inFlight());
        }
    }

    /** The poller is another thread: whatever way positions are known just then, the count is never too low, and 0 in the end. */
    @Test
    void shouldNeverCountTooLittleWhileAnotherThreadPolls() throws InterruptedException {
        final SendQueueTracker tracker = new SendQueueTracker(4, false);
        final AtomicLong signalled = new AtomicLong();
        final AtomicLong credited = new AtomicLong();
        final AtomicLong tooLow = new AtomicLong();
        final Thread poller = new Thread(() -> poll(tracker, signalled, credited, tooLow));
        poller.start();
        try (Arena arena = Arena.ofConfined()) {
            final SendRequests list = SendRequests.allocate(arena, MOST, 1);
            final Random random = new Random(7);
            for (int step = 0; step < STEPS; step++) {
                final int count = 1 + random.nextInt(MOST);
                tracker.recordPlain(fill(list, count, pattern(random, count) | 1 << count - 1), count);
                signalled.getAndAdd(list.signalled());
                while (signalled.get() - credited.get() > 64) {
                    Thread.onSpinWait();
                }
            }
        }
        signalled.set(-signalled.get()); // the end
        poller.join();
        assertEquals(0, tooLow.get());
        assertEquals(0, tracker.inFlight());
    }

    private static void poll(final SendQueueTracker tracker, final AtomicLong signalled, final AtomicLong credited,
        final AtomicLong tooLow) {
        while (true) {
            final long posted = signalled.get();
            final long awaited = Math.abs(posted) - credited.get();
            if (awaited > 0) {
                tracker.completed((int)awaited);
                credited.getAndAdd(awaited);
                if (tracker.inFlight() < 0) {
                    tooLow.incrementAndGet();
                }
            } else if (posted < 0) {
                return;
            }
        }
    }
}
