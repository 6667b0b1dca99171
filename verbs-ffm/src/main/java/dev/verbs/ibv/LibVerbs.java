package dev.verbs.ibv;

import dev.verbs.headers.ibverbs_h;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Set-up functions of libibverbs.so.1, with errno captured into the frame of the call.
 *
 * <p>Initialising this class loads the library: {@link Libraries} probes it first.
 */
final class LibVerbs {
    private static final MethodHandle IBV_GET_DEVICE_LIST = Downcalls.withErrno(
        ibverbs_h.ibv_get_device_list$address(), ibverbs_h.ibv_get_device_list$descriptor());
    private static final MethodHandle IBV_FREE_DEVICE_LIST = Downcalls.withErrno(
        ibverbs_h.ibv_free_device_list$address(), ibverbs_h.ibv_free_device_list$descriptor());
    private static final MethodHandle IBV_GET_DEVICE_NAME = Downcalls.withErrno(
        ibverbs_h.ibv_get_device_name$address(), ibverbs_h.ibv_get_device_name$descriptor());
    private static final MethodHandle IBV_GET_DEVICE_GUID = Downcalls.withErrno(
        ibverbs_h.ibv_get_device_guid$address(), ibverbs_h.ibv_get_device_guid$descriptor());
    private static final MethodHandle IBV_OPEN_DEVICE = Downcalls.withErrno(
        ibverbs_h.ibv_open_device$address(), ibverbs_h.ibv_open_device$descriptor());
    private static final MethodHandle IBV_CLOSE_DEVICE = Downcalls.withErrno(
        ibverbs_h.ibv_close_device$address(), ibverbs_h.ibv_close_device$descriptor());
    private static final MethodHandle IBV_QUERY_DEVICE = Downcalls.withErrno(
        ibverbs_h.ibv_query_device$address(), ibverbs_h.ibv_query_device$descriptor());
    private static final MethodHandle IBV_QUERY_PORT = Downcalls.withErrno(
        ibverbs_h.ibv_query_port$address(), ibverbs_h.ibv_query_port$descriptor());
    private static final MethodHandle IBV_QUERY_GID_TABLE = Downcalls.withErrno(
        ibverbs_h._ibv_query_gid_table$address(), ibverbs_h._ibv_query_gid_table$descriptor());
    private static final MethodHandle IBV_ALLOC_PD = Downcalls.withErrno(
        ibverbs_h.ibv_alloc_pd$address(), ibverbs_h.ibv_alloc_pd$descriptor());
    private static final MethodHandle IBV_DEALLOC_PD = Downcalls.withErrno(
        ibverbs_h.ibv_dealloc_pd$address(), ibverbs_h.ibv_dealloc_pd$descriptor());
    private static final MethodHandle IBV_REG_MR = Downcalls.withErrno(
        ibverbs_h.ibv_reg_mr$address(), ibverbs_h.ibv_reg_mr$descriptor());
    private static final MethodHandle IBV_REG_MR_IOVA2 = Downcalls.withErrno(
        ibverbs_h.ibv_reg_mr_iova2$address(), ibverbs_h.ibv_reg_mr_iova2$descriptor());
    private static final MethodHandle IBV_DEREG_MR = Downcalls.withErrno(
        ibverbs_h.ibv_dereg_mr$address(), ibverbs_h.ibv_dereg_mr$descriptor());
    private static final MethodHandle IBV_CREATE_COMP_CHANNEL = Downcalls.withErrno(
        ibverbs_h.ibv_create_comp_channel$address(), ibverbs_h.ibv_create_comp_channel$descriptor());
    private static final MethodHandle IBV_DESTROY_COMP_CHANNEL = Downcalls.withErrno(
        ibverbs_h.ibv_destroy_comp_channel$address(), ibverbs_h.ibv_destroy_comp_channel$descriptor());
    private static final MethodHandle IBV_CREATE_CQ = Downcalls.withErrno(
        ibverbs_h.ibv_create_cq$address(), ibverbs_h.ibv_create_cq$descriptor());
    private static final MethodHandle IBV_DESTROY_CQ = Downcalls.withErrno(
        ibverbs_h.ibv_destroy_cq$address(), ibverbs_h.ibv_destroy_cq$descriptor());
    private static final MethodHandle IBV_GET_CQ_EVENT = Downcalls.withErrno(
        ibverbs_h.ibv_get_cq_event$address(), ibverbs_h.ibv_get_cq_event$descriptor());
    private static final MethodHandle IBV_ACK_CQ_EVENTS = Downcalls.withErrno(
        ibverbs_h.ibv_ack_cq_events$address(), ibverbs_h.ibv_ack_cq_events$descriptor());
    private static final MethodHandle IBV_CREATE_QP = Downcalls.withErrno(
        ibverbs_h.ibv_create_qp$address(), ibverbs_h.ibv_create_qp$descriptor());
    private static final MethodHandle IBV_DESTROY_QP = Downcalls.withErrno(
        ibverbs_h.ibv_destroy_qp$address(), ibverbs_h.ibv_destroy_qp$descriptor());
    private static final MethodHandle IBV_MODIFY_QP = Downcalls.withErrno(
        ibverbs_h.ibv_modify_qp$address(), ibverbs_h.ibv_modify_qp$descriptor());
    private static final MethodHandle IBV_QUERY_QP = Downcalls.withErrno(
        ibverbs_h.ibv_query_qp$address(), ibverbs_h.ibv_query_qp$descriptor());

    private LibVerbs() {
    }

    /** {@code struct ibv_device **ibv_get_device_list(int *num_devices)}. */
    static MemorySegment getDeviceList(final Frame frame, final MemorySegment numDevices) {
        try {
            return (MemorySegment)IBV_GET_DEVICE_LIST.invokeExact(frame.capture, numDevices);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code void ibv_free_device_list(struct ibv_device **list)}. */
    static void freeDeviceList(final Frame frame, final MemorySegment list) {
        try {
            IBV_FREE_DEVICE_LIST.invokeExact(frame.capture, list);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code const char *ibv_get_device_name(struct ibv_device *device)}. */
    static MemorySegment getDeviceName(final Frame frame, final MemorySegment device) {
        try {
            return (MemorySegment)IBV_GET_DEVICE_NAME.invokeExact(frame.capture, device);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code __be64 ibv_get_device_guid(struct ibv_device *device)}. */
    static long getDeviceGuid(final Frame frame, final MemorySegment device) {
        try {
            return (long)IBV_GET_DEVICE_GUID.invokeExact(frame.capture, device);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code struct ibv_context *ibv_open_device(struct ibv_device *device)}. */
    static MemorySegment openDevice(final Frame frame, final MemorySegment device) {
        try {
            return (MemorySegment)IBV_OPEN_DEVICE.invokeExact(frame.capture, device);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_close_device(struct ibv_context *context)}. */
    static int closeDevice(final Frame frame, final MemorySegment context) {
        try {
            return (int)IBV_CLOSE_DEVICE.invokeExact(frame.capture, context);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_query_device(struct ibv_context *context, struct ibv_device_attr *device_attr)}. */
    static int queryDevice(final Frame frame, final MemorySegment context, final MemorySegment deviceAttr) {
        try {
            return (int)IBV_QUERY_DEVICE.invokeExact(frame.capture, context, deviceAttr);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_query_port(struct ibv_context *context, uint8_t port_num, struct _compat_ibv_port_attr *port_attr)}. */
    static int queryPort(final Frame frame, final MemorySegment context, final byte portNum, final MemorySegment portAttr) {
        try {
            return (int)IBV_QUERY_PORT.invokeExact(frame.capture, context, portNum, portAttr);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code ssize_t _ibv_query_gid_table(struct ibv_context *context, struct ibv_gid_entry *entries,
     * size_t max_entries, uint32_t flags, size_t entry_size)}.
     */
    static long queryGidTable(final Frame frame, final MemorySegment context, final MemorySegment entries, final long maxEntries,
        final int flags, final long entrySize) {
        try {
            return (long)IBV_QUERY_GID_TABLE.invokeExact(frame.capture, context, entries, maxEntries, flags, entrySize);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code struct ibv_pd *ibv_alloc_pd(struct ibv_context *context)}. */
    static MemorySegment allocPd(final Frame frame, final MemorySegment context) {
        try {
            return (MemorySegment)IBV_ALLOC_PD.invokeExact(frame.capture, context);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_dealloc_pd(struct ibv_pd *pd)}. */
    static int deallocPd(final Frame frame, final MemorySegment pd) {
        try {
            return (int)IBV_DEALLOC_PD.invokeExact(frame.capture, pd);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code struct ibv_mr *ibv_reg_mr(struct ibv_pd *pd, void *addr, size_t length, int access)}. */
    static MemorySegment regMr(final Frame frame, final MemorySegment pd, final MemorySegment addr, final long length, final int access) {
        try {
            return (MemorySegment)IBV_REG_MR.invokeExact(frame.capture, pd, addr, length, access);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code struct ibv_mr *ibv_reg_mr_iova2(struct ibv_pd *pd, void *addr, size_t length, uint64_t iova, unsigned int access)}. */
    static MemorySegment regMrIova2(final Frame frame, final MemorySegment pd, final MemorySegment addr, final long length,
        final long iova, final int access) {
        try {
            return (MemorySegment)IBV_REG_MR_IOVA2.invokeExact(frame.capture, pd, addr, length, iova, access);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_dereg_mr(struct ibv_mr *mr)}. */
    static int deregMr(final Frame frame, final MemorySegment mr) {
        try {
            return (int)IBV_DEREG_MR.invokeExact(frame.capture, mr);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code struct ibv_comp_channel *ibv_create_comp_channel(struct ibv_context *context)}. */
    static MemorySegment createCompChannel(final Frame frame, final MemorySegment context) {
        try {
            return (MemorySegment)IBV_CREATE_COMP_CHANNEL.invokeExact(frame.capture, context);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_destroy_comp_channel(struct ibv_comp_channel *channel)}. */
    static int destroyCompChannel(final Frame frame, final MemorySegment channel) {
        try {
            return (int)IBV_DESTROY_COMP_CHANNEL.invokeExact(frame.capture, channel);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code struct ibv_cq *ibv_create_cq(struct ibv_context *context, int cqe, void *cq_context,
     * struct ibv_comp_channel *channel, int comp_vector)}.
     */
    static MemorySegment createCq(final Frame frame, final MemorySegment context, final int cqe, final MemorySegment cqContext,
        final MemorySegment channel, final int compVector) {
        try {
            return (MemorySegment)IBV_CREATE_CQ.invokeExact(frame.capture, context, cqe, cqContext, channel, compVector);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_destroy_cq(struct ibv_cq *cq)}. */
    static int destroyCq(final Frame frame, final MemorySegment cq) {
        try {
            return (int)IBV_DESTROY_CQ.invokeExact(frame.capture, cq);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_get_cq_event(struct ibv_comp_channel *channel, struct ibv_cq **cq, void **cq_context)}. */
    static int getCqEvent(final Frame frame, final MemorySegment channel, final MemorySegment cq, final MemorySegment cqContext) {
        try {
            return (int)IBV_GET_CQ_EVENT.invokeExact(frame.capture, channel, cq, cqContext);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code void ibv_ack_cq_events(struct ibv_cq *cq, unsigned int nevents)}. */
    static void ackCqEvents(final Frame frame, final MemorySegment cq, final int nevents) {
        try {
            IBV_ACK_CQ_EVENTS.invokeExact(frame.capture, cq, nevents);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code struct ibv_qp *ibv_create_qp(struct ibv_pd *pd, struct ibv_qp_init_attr *qp_init_attr)}. */
    static MemorySegment createQp(final Frame frame, final MemorySegment pd, final MemorySegment qpInitAttr) {
        try {
            return (MemorySegment)IBV_CREATE_QP.invokeExact(frame.capture, pd, qpInitAttr);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_destroy_qp(struct ibv_qp *qp)}. */
    static int destroyQp(final Frame frame, final MemorySegment qp) {
        try {
            return (int)IBV_DESTROY_QP.invokeExact(frame.capture, qp);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_modify_qp(struct ibv_qp *qp, struct ibv_qp_attr *attr, int attr_mask)}. */
    static int modifyQp(final Frame frame, final MemorySegment qp, final MemorySegment attr, final int attrMask) {
        try {
            return (int)IBV_MODIFY_QP.invokeExact(frame.capture, qp, attr, attrMask);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_query_qp(struct ibv_qp *qp, struct ibv_qp_attr *attr, int attr_mask, struct ibv_qp_init_attr *init_attr)}. */
    static int queryQp(final Frame frame, final MemorySegment qp, final MemorySegment attr, final int attrMask,
        final MemorySegment initAttr) {
        try {
            return (int)IBV_QUERY_QP.invokeExact(frame.capture, qp, attr, attrMask, initAttr);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
