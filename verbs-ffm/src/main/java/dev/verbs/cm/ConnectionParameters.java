package dev.verbs.cm;

import dev.verbs.AccessFlags;
import dev.verbs.RcTuning;
import java.util.Objects;

/**
 * What a side says when it connects or accepts. C: {@code struct rdma_conn_param}, and the attributes that the connection
 * manager leaves to the queue pair.
 *
 * <p>The rnr_retry of a queue pair comes from the <em>other</em> side's parameters; the defaults give 7 on both.
 *
 * @param tuning      timers and retries
 * @param access      what the peer may do with this side's memory: flags of {@link AccessFlags}
 * @param privateData bytes for the peer
 * @param framed      whether {@link PrivateData}'s header goes in front of them
 */
public record ConnectionParameters(RcTuning tuning, int access, byte[] privateData, boolean framed) {
    /** Default timers, remote reads and writes allowed, no private data. */
    public static final ConnectionParameters DEFAULT = new ConnectionParameters(RcTuning.DEFAULT,
        AccessFlags.LOCAL_WRITE | AccessFlags.REMOTE_WRITE | AccessFlags.REMOTE_READ, new byte[0], true);

    /** Copies the private data. */
    public ConnectionParameters {
        Objects.requireNonNull(tuning, "tuning");
        privateData = privateData.clone();
    }

    /**
     * The private data.
     *
     * @return a copy
     */
    @Override
    public byte[] privateData() {
        return privateData.clone();
    }

    /**
     * The same with private data for a peer that uses this library.
     *
     * @param payload the bytes, at most the limits in {@link PrivateData}
     * @return the changed copy
     */
    public ConnectionParameters with(final byte[] payload) {
        return new ConnectionParameters(tuning, access, payload, true);
    }

    /**
     * The same with raw private data, for a peer that does not use this library.
     *
     * @param bytes the bytes
     * @return the changed copy
     */
    public ConnectionParameters raw(final byte[] bytes) {
        return new ConnectionParameters(tuning, access, bytes, false);
    }

    /**
     * The same with other timers and retries.
     *
     * @param other timers and retries
     * @return the changed copy
     */
    public ConnectionParameters with(final RcTuning other) {
        return new ConnectionParameters(other, access, privateData, framed);
    }

    /**
     * What goes on the wire.
     *
     * @param most limit of the payload, one of the constants in {@link PrivateData}
     * @return the bytes, with the header if framed
     * @throws IllegalArgumentException if they do not fit
     */
    public byte[] wireData(final int most) {
        if (framed) {
            return PrivateData.frame(privateData, most);
        }
        if (privateData.length > most + PrivateData.HEADER) {
            throw new IllegalArgumentException("private data of " + privateData.length + " bytes: at most "
                + (most + PrivateData.HEADER) + " fit here");
        }
        return privateData.clone();
    }
}
