package dev.verbs.soft;

import org.agrona.concurrent.Agent;

/**
 * The device's duty cycle: goes on with requests that wait for a receive or an answer, and finishes queue pairs that failed.
 * Whoever polls, posts receives or waits on a channel steps it, so that no thread of its own is needed. Any thread.
 */
final class SoftAgent implements Agent {
    private final SoftFabric fabric;

    SoftAgent(final SoftFabric fabric) {
        this.fabric = fabric;
    }

    @Override
    public int doWork() {
        int work = fabric.settle();
        if (fabric.hasPending()) {
            final long now = fabric.nanoTime();
            for (SoftQueuePair qp = fabric.timeline().take(now); qp != null; qp = fabric.timeline().take(now)) {
                work += qp.step(now, false);
            }
            work += fabric.settle();
        }
        return work;
    }

    @Override
    public String roleName() {
        return "soft-device";
    }
}
