package dev.verbs.transport.ring;

/**
 * Tells when every host has arrived at an epoch, with one word per link: (epoch, how many hosts in a row, this one last,
 * have arrived). A host that learns that the n - 1 before it have arrived knows that all have.
 *
 * <pre>
 *   host 0 arrives: sends 1 ──► host 1 arrives: sends 2 ──► host 2 arrives: sends 3 = n ──► host 0 knows, sends n ──► host 1 knows ...
 * </pre>
 *
 * <p>A word of a later epoch says that its sender knew. A step of the ring's agent.
 */
final class RingBarrier {
    private final int hosts;
    private long completed;
    private long sent;

    RingBarrier(final int hosts) {
        this.hosts = hosts;
    }

    long completed() {
        return completed;
    }

    /**
     * Looks at what is known.
     *
     * @param arrived  the epoch that this host has arrived at
     * @param incoming the predecessor's word
     * @return the word that the successor should have, 0 while there is none
     */
    long update(final long arrived, final long incoming) {
        final long epoch = completed + 1;
        if (arrived < epoch) {
            return sent;
        }
        final long theirs = incoming >>> 16;
        final int before = theirs > epoch ? hosts : theirs == epoch ? (int)(incoming & 0xFFFF) : 0;
        final int count = Math.min(hosts, before + 1);
        if (before >= hosts - 1) {
            completed = epoch;
        }
        sent = epoch << 16 | count;
        return sent;
    }
}
