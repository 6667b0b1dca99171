package dev.verbs.soft;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Who has which address on a fabric, and the timers of its connection managers. Its monitor guards the state of all identifiers. */
final class CmAddressSpace {
    private final Map<InetAddress, SoftHost> hosts = new HashMap<>();
    private final CmTimers timers;
    private final SplittableRandom random;

    CmAddressSpace(final long seed, final Attention attention) {
        this.timers = new CmTimers(attention);
        this.random = new SplittableRandom(seed);
    }

    CmTimers timers() {
        return timers;
    }

    /** Whether a timer is set; any thread. */
    boolean hasTimers() {
        return !timers.isEmpty();
    }

    /** Does what is due; any thread, under no lock. */
    void drive(final long now) {
        if (timers.isDue(now)) {
            synchronized (this) {
                timers.run(now);
            }
        }
    }

    /** Does something later. */
    synchronized void later(final long deadlineNs, final Runnable action) {
        timers.schedule(deadlineNs, action);
    }

    synchronized void add(final SoftHost host) {
        host.paths().forEach(entry -> hosts.put(entry.gid().address(), host));
    }

    /** The host that has an address, null if none has. */
    synchronized SoftHost hostOf(final InetAddress address) {
        return hosts.get(address);
    }

    int randomPsn() {
        return random.nextInt() & SoftQueuePair.PSN_MASK;
    }
}
