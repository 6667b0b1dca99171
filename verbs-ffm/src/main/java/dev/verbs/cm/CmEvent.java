package dev.verbs.cm;

import dev.verbs.Errno;

/**
 * An event of the connection manager, copied and already acknowledged. C: {@code struct rdma_cm_event}.
 *
 * @param type           what happened
 * @param status         0, a negative errno, or for REJECTED the transport's reason code (28: refused by the program, 8: nobody
 *                       listens)
 * @param id             the id it happened to; for CONNECT_REQUEST a new one, to be accepted or rejected and closed
 * @param listener       for CONNECT_REQUEST the listening id, else null
 * @param rawPrivateData the peer's bytes as they arrived, possibly padded with zeros
 */
public record CmEvent(CmEventType type, int status, CmId id, CmId listener, byte[] rawPrivateData) {
    /**
     * The peer's private data in its true length.
     *
     * @return the payload
     * @throws dev.verbs.VerbsException (EINVAL) if the peer does not use this library's header
     */
    public byte[] privateData() {
        return PrivateData.unframe(rawPrivateData);
    }

    @Override
    public String toString() {
        return type + (status == 0 ? "" : ", status " + status + (status < 0 ? " " + Errno.name(-status) : ""));
    }
}
