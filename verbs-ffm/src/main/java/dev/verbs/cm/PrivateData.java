package dev.verbs.cm;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import java.util.Arrays;

/**
 * Private data of a connection, with its true length. RoCE and InfiniBand deliver it padded with zeros to the field's size
 * (56 bytes of a request, 196 of an acceptance, 148 of a
 * rejection; of datagram services 180 of a request, 136 of an answer or refusal), so both ends here put a header in front:
 *
 * <pre>
 *   'V' | 'F' | length u8 | payload
 * </pre>
 *
 * <p>Peers that are not this library read and write the raw bytes: {@link CmEvent#rawPrivateData()},
 * {@link ConnectionParameters#raw(byte[])}. Lengths are in bytes; any thread. C: {@code rdma_conn_param.private_data}.
 */
public final class PrivateData {
    /** Bytes of the header. No C counterpart. */
    public static final int HEADER = 3;

    /** Most payload bytes of a connection request. C: {@code rdma_conn_param.private_data_len}. */
    public static final int MAX_REQUEST = 56 - HEADER;

    /** Most payload bytes of an acceptance. C: {@code rdma_conn_param.private_data_len}. */
    public static final int MAX_ACCEPT = 196 - HEADER;

    /** Most payload bytes of a rejection. C: {@code rdma_reject}. */
    public static final int MAX_REJECT = 148 - HEADER;

    /** Most payload bytes of a request for a datagram service. C: {@code rdma_conn_param.private_data_len}. */
    public static final int MAX_DATAGRAM_REQUEST = 180 - HEADER;

    /** Most payload bytes of the answer of a datagram service, and of its refusal. C: {@code rdma_conn_param.private_data_len}. */
    public static final int MAX_DATAGRAM_ANSWER = 136 - HEADER;

    private static final byte MAGIC_0 = 'V';
    private static final byte MAGIC_1 = 'F';

    private PrivateData() {
    }

    /**
     * The limit of a request. C: {@code rdma_conn_param.private_data_len}.
     *
     * @param space port space of the id
     * @return most payload bytes
     */
    public static int mostInRequest(final PortSpace space) {
        return space.isDatagram() ? MAX_DATAGRAM_REQUEST : MAX_REQUEST;
    }

    /**
     * The limit of an acceptance. C: {@code rdma_conn_param.private_data_len}.
     *
     * @param space port space of the id
     * @return most payload bytes
     */
    public static int mostInAnswer(final PortSpace space) {
        return space.isDatagram() ? MAX_DATAGRAM_ANSWER : MAX_ACCEPT;
    }

    /**
     * The limit of a rejection. C: {@code rdma_reject}.
     *
     * @param space port space of the id
     * @return most payload bytes
     */
    public static int mostInRejection(final PortSpace space) {
        return space.isDatagram() ? MAX_DATAGRAM_ANSWER : MAX_REJECT;
    }

    /**
     * Puts the header in front of a payload. No C counterpart.
     *
     * @param payload the payload
     * @param most    its limit, one of the constants here
     * @return header and payload; nothing for an empty payload
     * @throws IllegalArgumentException if the payload is longer than {@code most}
     */
    public static byte[] frame(final byte[] payload, final int most) {
        if (payload.length > most) {
            throw new IllegalArgumentException("private data of " + payload.length + " bytes: at most " + most + " fit here");
        }
        if (payload.length == 0) {
            return payload;
        }
        final byte[] framed = new byte[HEADER + payload.length];
        framed[0] = MAGIC_0;
        framed[1] = MAGIC_1;
        framed[2] = (byte)payload.length;
        System.arraycopy(payload, 0, framed, HEADER, payload.length);
        return framed;
    }

    /**
     * Takes the payload out of what arrived. No C counterpart.
     *
     * @param raw the bytes as they arrived, possibly padded
     * @return the payload in its true length; empty if nothing but padding arrived
     * @throws VerbsException (EINVAL) if the bytes carry no header: the peer is not this library
     */
    public static byte[] unframe(final byte[] raw) {
        if (isBlank(raw)) {
            return new byte[0];
        }
        if (raw.length < HEADER || raw[0] != MAGIC_0 || raw[1] != MAGIC_1 || HEADER + (raw[2] & 0xFF) > raw.length) {
            throw new VerbsException("private data", Errno.EINVAL, raw.length + " bytes without this library's header: the peer "
                + "speaks another protocol; read the raw bytes (rawPeerData, rawPrivateData)");
        }
        return Arrays.copyOfRange(raw, HEADER, HEADER + (raw[2] & 0xFF));
    }

    private static boolean isBlank(final byte[] raw) {
        for (final byte b : raw) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
