package dev.verbs.soft;

/**
 * Messages of a host's connection manager: they arrive when the link lets them, and are sent again, as the kernel does, until they
 * do. Guarded by the {@link CmAddressSpace}'s monitor.
 */
final class CmPost {
    /** Bytes of a management datagram. */
    private static final int BYTES = 256;
    /** 4.096 us * 2^20, and how often: as the kernel's connection manager. */
    private static final long AGAIN_NS = 4096L << 20;
    private static final int TRIES = 15;

    private final SoftHost from;

    private CmPost(final SoftHost from) {
        this.from = from;
    }

    static CmPost from(final SoftHost host) {
        return new CmPost(host);
    }

    /** Does something when a message has arrived at a host; it has to see by itself whether that still makes sense. */
    void send(final SoftHost to, final Runnable arrival) {
        final SoftFabric fabric = from.fabric();
        final Link link = fabric.link(from, to);
        if (link == null || !fabric.isModelled() && !link.isCut()) {
            arrival.run();
        } else {
            send(fabric, link, fabric.nanoTime(), arrival, TRIES);
        }
    }

    private static void send(final SoftFabric fabric, final Link link, final long now, final Runnable arrival, final int tries) {
        final long arrives = link.send(now, BYTES);
        fabric.connections().later(arrives, () -> {
            if (!link.loses(arrives)) {
                arrival.run();
            } else if (tries > 0) {
                fabric.connections().later(now + AGAIN_NS, () -> send(fabric, link, now + AGAIN_NS, arrival, tries - 1));
            }
        });
    }
}
