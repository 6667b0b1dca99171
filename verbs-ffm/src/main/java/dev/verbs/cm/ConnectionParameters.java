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
 * @param tuning      timers and retries [initiator_depth] [responder_resources] [retry_count] [rnr_retry_count]
 * @param access      what the peer may do with this side's memory: flags of {@link AccessFlags};
 *     C: {@code ibv_qp_attr.qp_access_flags}
 * @param privateData bytes for the peer [private_data] [private_data_len]
 * @param framed      whether {@link PrivateData}'s header goes in front of them. No C counterpart
 */
public record ConnectionParameters(RcTuning tuning, int access, byte[] privateData, boolean framed) {
    /** Default timers, remote reads and writes allowed, no private data. No C counterpart. */
    public static final ConnectionParameters DEFAULT = new ConnectionParameters(RcTuning.DEFAULT,
        AccessFlags.LOCAL_WRITE | AccessFlags.REMOTE_WRITE | AccessFlags.REMOTE_READ, new byte[0], true);

    /** Copies the private data. */
    public ConnectionParameters {
        Objects.requireNonNull(tuning, "tuning");
        privateData = privateData.clone();
    }

    /**
     * The private data. C: {@code rdma_conn_param.private_data}.
     *
     * @return a copy
     */
    @Override
    public byte[] privateData() {
        return privateData.clone();
    }

    /**
     * The same with private data for a peer that uses this library. C: {@code rdma_conn_param.private_data}.
     *
     * @param payload the bytes, at most the limits in {@link PrivateData}
     * @return the changed copy
     */
    public ConnectionParameters with(final byte[] payload) {
        return new ConnectionParameters(tuning, access, payload, true);
    }

    /**
     * The same with raw private data, for a peer that does not use this library. C: {@code rdma_conn_param.private_data}.
     *
     * @param bytes the bytes
     * @return the changed copy
     */
    public ConnectionParameters raw(final byte[] bytes) {
        return new ConnectionParameters(tuning, access, bytes, false);
    }

    /**
     * The same with other timers and retries. C: {@code struct rdma_conn_param}.
     *
     * @param other timers and retries
     * @return the changed copy
     */
    public ConnectionParameters with(final RcTuning other) {
        return new ConnectionParameters(other, access, privateData, framed);
    }

    /**
     * What goes on the wire. C: {@code rdma_conn_param.private_data}, {@code rdma_conn_param.private_data_len}.
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
