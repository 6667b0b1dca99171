package dev.verbs.ibv;

import dev.verbs.headers.rdmacm_h;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;

/**
 * Functions of librdmacm.so.1 about addresses, endpoints, multicast and devices, with errno captured into the frame of
 * the call.
 *
 * <p>Initialising this class loads the library: {@link Libraries} probes it first.
 */
final class LibCmSetup {
    private static final SymbolLookup LIBRARY = Libraries.cm();

    private static final Verb RDMA_GETADDRINFO = Verb.of(LIBRARY, "rdma_getaddrinfo", "1.0.15",
        rdmacm_h::rdma_getaddrinfo$address, rdmacm_h::rdma_getaddrinfo$descriptor);
    private static final Verb RDMA_FREEADDRINFO = Verb.of(LIBRARY, "rdma_freeaddrinfo", "1.0.15",
        rdmacm_h::rdma_freeaddrinfo$address, rdmacm_h::rdma_freeaddrinfo$descriptor);
    private static final Verb RDMA_JOIN_MULTICAST = Verb.of(LIBRARY, "rdma_join_multicast", "1.0.15",
        rdmacm_h::rdma_join_multicast$address, rdmacm_h::rdma_join_multicast$descriptor);
    private static final Verb RDMA_JOIN_MULTICAST_EX = Verb.of(LIBRARY, "rdma_join_multicast_ex", "16",
        rdmacm_h::rdma_join_multicast_ex$address, rdmacm_h::rdma_join_multicast_ex$descriptor);
    private static final Verb RDMA_LEAVE_MULTICAST = Verb.of(LIBRARY, "rdma_leave_multicast", "1.0.15",
        rdmacm_h::rdma_leave_multicast$address, rdmacm_h::rdma_leave_multicast$descriptor);
    private static final Verb RDMA_GET_DEVICES = Verb.of(LIBRARY, "rdma_get_devices", "1.0.15",
        rdmacm_h::rdma_get_devices$address, rdmacm_h::rdma_get_devices$descriptor);
    private static final Verb RDMA_FREE_DEVICES = Verb.of(LIBRARY, "rdma_free_devices", "1.0.15",
        rdmacm_h::rdma_free_devices$address, rdmacm_h::rdma_free_devices$descriptor);
    private static final Verb RDMA_GET_REMOTE_ECE = Verb.of(LIBRARY, "rdma_get_remote_ece", "31",
        rdmacm_h::rdma_get_remote_ece$address, rdmacm_h::rdma_get_remote_ece$descriptor);
    private static final Verb RDMA_SET_LOCAL_ECE = Verb.of(LIBRARY, "rdma_set_local_ece", "31",
        rdmacm_h::rdma_set_local_ece$address, rdmacm_h::rdma_set_local_ece$descriptor);
    private static final Verb RDMA_REJECT_ECE = Verb.of(LIBRARY, "rdma_reject_ece", "31",
        rdmacm_h::rdma_reject_ece$address, rdmacm_h::rdma_reject_ece$descriptor);

    private LibCmSetup() {
    }

    /**
     * {@code int rdma_getaddrinfo(const char *node, const char *service, const struct rdma_addrinfo *hints, struct
     * rdma_addrinfo **res)}.
     */
    static int getaddrinfo(final Frame frame, final MemorySegment node, final MemorySegment service, final MemorySegment hints,
        final MemorySegment res) {
        try {
            return (int)RDMA_GETADDRINFO.handle().invokeExact(frame.capture, node, service, hints, res);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code void rdma_freeaddrinfo(struct rdma_addrinfo *res)}. */
    static void freeaddrinfo(final Frame frame, final MemorySegment res) {
        try {
            RDMA_FREEADDRINFO.handle().invokeExact(frame.capture, res);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_join_multicast(struct rdma_cm_id *id, struct sockaddr *addr, void *context)}. */
    static int joinMulticast(final Frame frame, final MemorySegment id, final MemorySegment addr, final MemorySegment context) {
        try {
            return (int)RDMA_JOIN_MULTICAST.handle().invokeExact(frame.capture, id, addr, context);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_join_multicast_ex(struct rdma_cm_id *id, struct rdma_cm_join_mc_attr_ex *mc_join_attr, void *context)}. */
    static int joinMulticastEx(final Frame frame, final MemorySegment id, final MemorySegment mcJoinAttr, final MemorySegment context) {
        try {
            return (int)RDMA_JOIN_MULTICAST_EX.handle().invokeExact(frame.capture, id, mcJoinAttr, context);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_leave_multicast(struct rdma_cm_id *id, struct sockaddr *addr)}. */
    static int leaveMulticast(final Frame frame, final MemorySegment id, final MemorySegment addr) {
        try {
            return (int)RDMA_LEAVE_MULTICAST.handle().invokeExact(frame.capture, id, addr);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code struct ibv_context **rdma_get_devices(int *num_devices)}. */
    static MemorySegment getDevices(final Frame frame, final MemorySegment numDevices) {
        try {
            return (MemorySegment)RDMA_GET_DEVICES.handle().invokeExact(frame.capture, numDevices);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code void rdma_free_devices(struct ibv_context **list)}. */
    static void freeDevices(final Frame frame, final MemorySegment list) {
        try {
            RDMA_FREE_DEVICES.handle().invokeExact(frame.capture, list);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_get_remote_ece(struct rdma_cm_id *id, struct ibv_ece *ece)}. */
    static int getRemoteEce(final Frame frame, final MemorySegment id, final MemorySegment ece) {
        try {
            return (int)RDMA_GET_REMOTE_ECE.handle().invokeExact(frame.capture, id, ece);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_set_local_ece(struct rdma_cm_id *id, struct ibv_ece *ece)}. */
    static int setLocalEce(final Frame frame, final MemorySegment id, final MemorySegment ece) {
        try {
            return (int)RDMA_SET_LOCAL_ECE.handle().invokeExact(frame.capture, id, ece);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int rdma_reject_ece(struct rdma_cm_id *id, const void *private_data, uint8_t private_data_len)}. */
    static int rejectEce(final Frame frame, final MemorySegment id, final MemorySegment privateData, final byte privateDataLen) {
        try {
            return (int)RDMA_REJECT_ECE.handle().invokeExact(frame.capture, id, privateData, privateDataLen);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
