package dev.verbs.soft;

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
 *
 * <p>The number is 1 while it is held; written by compare-and-set to 1, by release to 0.
 */
final class SpinLock extends LoneCell {
    private static final int SPINS = 100;

    void lock() {
        if (!tryLock()) {
            contended();
        }
    }

    boolean tryLock() {
        return VALUE.compareAndSet(this, 0L, 1L);
    }

    void unlock() {
        VALUE.setRelease(this, 0L); // pairs with the compare-and-set of the next holder
    }

    private void contended() {
        int spins = 0;
        do {
            while ((long)VALUE.getOpaque(this) != 0) {
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
