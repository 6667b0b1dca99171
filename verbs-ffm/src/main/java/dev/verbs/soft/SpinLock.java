package dev.verbs.soft;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A lock that never allocates: spins, then yields the processor. Not reentrant.
 *
 * <p>How long it is held: a queue's lock by a post for the whole list, payloads copied (the
 * responder's receive lock: for as many small messages as follow each other); by a flush for everything that waits in
 * the queue; by whoever goes on with requests that wait until one must wait again. A completion queue's lock for one completion.
 * Under a lock nothing is allocated, logged or waited for.
 *
 * <p>Order: a send lock, then a receive lock (one of each at most), then a shared receive queue's, then a completion queue's
 * lock, then a channel's. A memory window's lock is the last.
 */
final class SpinLock {
    private static final int SPINS = 100;
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(int[].class);
    /** With the array's header, 64 bytes and more before it and behind it: who waits does not disturb what is guarded. */
    private static final int PLACE = 14;

    /** One of them is 1 while held; written by compare-and-set to 1, by release to 0. */
    private final int[] cells = new int[PLACE + 18];

    void lock() {
        if (!tryLock()) {
            contended();
        }
    }

    boolean tryLock() {
        return CELL.compareAndSet(cells, PLACE, 0, 1);
    }

    void unlock() {
        CELL.setRelease(cells, PLACE, 0); // pairs with the compare-and-set of the next holder
    }

    private void contended() {
        int spins = 0;
        do {
            while ((int)CELL.getOpaque(cells, PLACE) != 0) {
                if (spins < SPINS) {
                    spins++;
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
            }
        } while (!tryLock());
    }
}
