package dev.verbs.ibv;

import dev.verbs.headers.ibverbs_h;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;

/**
 * Functions of libibverbs.so.1 about devices, ports, events and names, with errno captured into the frame of the call.
 *
 * <p>Initialising this class loads the library: {@link Libraries} probes it first.
 */
final class LibDevices {
    private static final SymbolLookup LIBRARY = Libraries.verbs();

    private static final Verb IBV_GET_DEVICE_LIST = Verb.of(LIBRARY, "ibv_get_device_list", "1.1.6",
        ibverbs_h::ibv_get_device_list$address, ibverbs_h::ibv_get_device_list$descriptor);
    private static final Verb IBV_FREE_DEVICE_LIST = Verb.of(LIBRARY, "ibv_free_device_list", "1.1.6",
        ibverbs_h::ibv_free_device_list$address, ibverbs_h::ibv_free_device_list$descriptor);
    private static final Verb IBV_GET_DEVICE_NAME = Verb.of(LIBRARY, "ibv_get_device_name", "1.1.6",
        ibverbs_h::ibv_get_device_name$address, ibverbs_h::ibv_get_device_name$descriptor);
    private static final Verb IBV_GET_DEVICE_GUID = Verb.of(LIBRARY, "ibv_get_device_guid", "1.1.6",
        ibverbs_h::ibv_get_device_guid$address, ibverbs_h::ibv_get_device_guid$descriptor);
    private static final Verb IBV_GET_DEVICE_INDEX = Verb.of(LIBRARY, "ibv_get_device_index", "30",
        ibverbs_h::ibv_get_device_index$address, ibverbs_h::ibv_get_device_index$descriptor);
    private static final Verb IBV_OPEN_DEVICE = Verb.of(LIBRARY, "ibv_open_device", "1.1.6",
        ibverbs_h::ibv_open_device$address, ibverbs_h::ibv_open_device$descriptor);
    private static final Verb IBV_CLOSE_DEVICE = Verb.of(LIBRARY, "ibv_close_device", "1.1.6",
        ibverbs_h::ibv_close_device$address, ibverbs_h::ibv_close_device$descriptor);
    private static final Verb IBV_QUERY_DEVICE = Verb.of(LIBRARY, "ibv_query_device", "1.1.6",
        ibverbs_h::ibv_query_device$address, ibverbs_h::ibv_query_device$descriptor);
    private static final Verb IBV_QUERY_PORT = Verb.of(LIBRARY, "ibv_query_port", "1.1.6",
        ibverbs_h::ibv_query_port$address, ibverbs_h::ibv_query_port$descriptor);
    private static final Verb IBV_QUERY_GID = Verb.of(LIBRARY, "ibv_query_gid", "1.1.6",
        ibverbs_h::ibv_query_gid$address, ibverbs_h::ibv_query_gid$descriptor);
    private static final Verb IBV_QUERY_GID_EX = Verb.of(LIBRARY, "_ibv_query_gid_ex", "32",
        ibverbs_h::_ibv_query_gid_ex$address, ibverbs_h::_ibv_query_gid_ex$descriptor);
    private static final Verb IBV_QUERY_GID_TABLE = Verb.of(LIBRARY, "_ibv_query_gid_table", "32",
        ibverbs_h::_ibv_query_gid_table$address, ibverbs_h::_ibv_query_gid_table$descriptor);
    private static final Verb IBV_QUERY_PKEY = Verb.of(LIBRARY, "ibv_query_pkey", "1.1.6",
        ibverbs_h::ibv_query_pkey$address, ibverbs_h::ibv_query_pkey$descriptor);
    private static final Verb IBV_GET_PKEY_INDEX = Verb.of(LIBRARY, "ibv_get_pkey_index", "20",
        ibverbs_h::ibv_get_pkey_index$address, ibverbs_h::ibv_get_pkey_index$descriptor);
    private static final Verb IBV_GET_ASYNC_EVENT = Verb.of(LIBRARY, "ibv_get_async_event", "1.1.6",
        ibverbs_h::ibv_get_async_event$address, ibverbs_h::ibv_get_async_event$descriptor);
    private static final Verb IBV_ACK_ASYNC_EVENT = Verb.of(LIBRARY, "ibv_ack_async_event", "1.1.6",
        ibverbs_h::ibv_ack_async_event$address, ibverbs_h::ibv_ack_async_event$descriptor);
    private static final Verb IBV_FORK_INIT = Verb.of(LIBRARY, "ibv_fork_init", "1.1.6",
        ibverbs_h::ibv_fork_init$address, ibverbs_h::ibv_fork_init$descriptor);
    private static final Verb IBV_IS_FORK_INITIALIZED = Verb.of(LIBRARY, "ibv_is_fork_initialized", "35",
        ibverbs_h::ibv_is_fork_initialized$address, ibverbs_h::ibv_is_fork_initialized$descriptor);
    private static final Verb IBV_NODE_TYPE_STR = Verb.of(LIBRARY, "ibv_node_type_str", "1.1.6",
        ibverbs_h::ibv_node_type_str$address, ibverbs_h::ibv_node_type_str$descriptor);
    private static final Verb IBV_PORT_STATE_STR = Verb.of(LIBRARY, "ibv_port_state_str", "1.1.6",
        ibverbs_h::ibv_port_state_str$address, ibverbs_h::ibv_port_state_str$descriptor);
    private static final Verb IBV_EVENT_TYPE_STR = Verb.of(LIBRARY, "ibv_event_type_str", "1.1.6",
        ibverbs_h::ibv_event_type_str$address, ibverbs_h::ibv_event_type_str$descriptor);
    private static final Verb IBV_WC_STATUS_STR = Verb.of(LIBRARY, "ibv_wc_status_str", "1.1.6",
        ibverbs_h::ibv_wc_status_str$address, ibverbs_h::ibv_wc_status_str$descriptor);
    private static final Verb IBV_RATE_TO_MULT = Verb.of(LIBRARY, "ibv_rate_to_mult", "1.1.6",
        ibverbs_h::ibv_rate_to_mult$address, ibverbs_h::ibv_rate_to_mult$descriptor);
    private static final Verb MULT_TO_IBV_RATE = Verb.of(LIBRARY, "mult_to_ibv_rate", "1.1.6",
        ibverbs_h::mult_to_ibv_rate$address, ibverbs_h::mult_to_ibv_rate$descriptor);
    private static final Verb IBV_RATE_TO_MBPS = Verb.of(LIBRARY, "ibv_rate_to_mbps", "1.1.8",
        ibverbs_h::ibv_rate_to_mbps$address, ibverbs_h::ibv_rate_to_mbps$descriptor);
    private static final Verb MBPS_TO_IBV_RATE = Verb.of(LIBRARY, "mbps_to_ibv_rate", "1.1.8",
        ibverbs_h::mbps_to_ibv_rate$address, ibverbs_h::mbps_to_ibv_rate$descriptor);

    private LibDevices() {
    }

    /** {@code struct ibv_device **ibv_get_device_list(int *num_devices)}. */
    static MemorySegment getDeviceList(final Frame frame, final MemorySegment numDevices) {
        try {
            return (MemorySegment)IBV_GET_DEVICE_LIST.handle().invokeExact(frame.capture, numDevices);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code void ibv_free_device_list(struct ibv_device **list)}. */
    static void freeDeviceList(final Frame frame, final MemorySegment list) {
        try {
            IBV_FREE_DEVICE_LIST.handle().invokeExact(frame.capture, list);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code const char *ibv_get_device_name(struct ibv_device *device)}. */
    static MemorySegment getDeviceName(final Frame frame, final MemorySegment device) {
        try {
            return (MemorySegment)IBV_GET_DEVICE_NAME.handle().invokeExact(frame.capture, device);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code __be64 ibv_get_device_guid(struct ibv_device *device)}. */
    static long getDeviceGuid(final Frame frame, final MemorySegment device) {
        try {
            return (long)IBV_GET_DEVICE_GUID.handle().invokeExact(frame.capture, device);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_get_device_index(struct ibv_device *device)}. */
    static int getDeviceIndex(final Frame frame, final MemorySegment device) {
        try {
            return (int)IBV_GET_DEVICE_INDEX.handle().invokeExact(frame.capture, device);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code struct ibv_context *ibv_open_device(struct ibv_device *device)}. */
    static MemorySegment openDevice(final Frame frame, final MemorySegment device) {
        try {
            return (MemorySegment)IBV_OPEN_DEVICE.handle().invokeExact(frame.capture, device);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_close_device(struct ibv_context *context)}. */
    static int closeDevice(final Frame frame, final MemorySegment context) {
        try {
            return (int)IBV_CLOSE_DEVICE.handle().invokeExact(frame.capture, context);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_query_device(struct ibv_context *context, struct ibv_device_attr *device_attr)}. */
    static int queryDevice(final Frame frame, final MemorySegment context, final MemorySegment deviceAttr) {
        try {
            return (int)IBV_QUERY_DEVICE.handle().invokeExact(frame.capture, context, deviceAttr);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_query_port(struct ibv_context *context, uint8_t port_num, struct _compat_ibv_port_attr *port_attr)}. */
    static int queryPort(final Frame frame, final MemorySegment context, final byte portNum, final MemorySegment portAttr) {
        try {
            return (int)IBV_QUERY_PORT.handle().invokeExact(frame.capture, context, portNum, portAttr);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_query_gid(struct ibv_context *context, uint8_t port_num, int index, union ibv_gid *gid)}. */
    static int queryGid(final Frame frame, final MemorySegment context, final byte portNum, final int index, final MemorySegment gid) {
        try {
            return (int)IBV_QUERY_GID.handle().invokeExact(frame.capture, context, portNum, index, gid);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code int _ibv_query_gid_ex(struct ibv_context *context, uint32_t port_num, uint32_t gid_index, struct ibv_gid_entry
     * *entry, uint32_t flags, size_t entry_size)}.
     */
    static int queryGidEx(final Frame frame, final MemorySegment context, final int portNum, final int gidIndex,
        final MemorySegment entry, final int flags, final long entrySize) {
        try {
            return (int)IBV_QUERY_GID_EX.handle().invokeExact(frame.capture, context, portNum, gidIndex, entry, flags, entrySize);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code ssize_t _ibv_query_gid_table(struct ibv_context *context, struct ibv_gid_entry *entries, size_t max_entries,
     * uint32_t flags, size_t entry_size)}.
     */
    static long queryGidTable(final Frame frame, final MemorySegment context, final MemorySegment entries, final long maxEntries,
        final int flags, final long entrySize) {
        try {
            return (long)IBV_QUERY_GID_TABLE.handle().invokeExact(frame.capture, context, entries, maxEntries, flags, entrySize);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_query_pkey(struct ibv_context *context, uint8_t port_num, int index, __be16 *pkey)}. */
    static int queryPkey(final Frame frame, final MemorySegment context, final byte portNum, final int index,
        final MemorySegment pkey) {
        try {
            return (int)IBV_QUERY_PKEY.handle().invokeExact(frame.capture, context, portNum, index, pkey);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_get_pkey_index(struct ibv_context *context, uint8_t port_num, __be16 pkey)}. */
    static int getPkeyIndex(final Frame frame, final MemorySegment context, final byte portNum, final short pkey) {
        try {
            return (int)IBV_GET_PKEY_INDEX.handle().invokeExact(frame.capture, context, portNum, pkey);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_get_async_event(struct ibv_context *context, struct ibv_async_event *event)}. */
    static int getAsyncEvent(final Frame frame, final MemorySegment context, final MemorySegment event) {
        try {
            return (int)IBV_GET_ASYNC_EVENT.handle().invokeExact(frame.capture, context, event);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code void ibv_ack_async_event(struct ibv_async_event *event)}. */
    static void ackAsyncEvent(final Frame frame, final MemorySegment event) {
        try {
            IBV_ACK_ASYNC_EVENT.handle().invokeExact(frame.capture, event);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_fork_init()}. */
    static int forkInit(final Frame frame) {
        try {
            return (int)IBV_FORK_INIT.handle().invokeExact(frame.capture);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code enum ibv_fork_status ibv_is_fork_initialized()}. */
    static int isForkInitialized(final Frame frame) {
        try {
            return (int)IBV_IS_FORK_INITIALIZED.handle().invokeExact(frame.capture);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code const char *ibv_node_type_str(enum ibv_node_type node_type)}. */
    static MemorySegment nodeTypeStr(final Frame frame, final int nodeType) {
        try {
            return (MemorySegment)IBV_NODE_TYPE_STR.handle().invokeExact(frame.capture, nodeType);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code const char *ibv_port_state_str(enum ibv_port_state port_state)}. */
    static MemorySegment portStateStr(final Frame frame, final int portState) {
        try {
            return (MemorySegment)IBV_PORT_STATE_STR.handle().invokeExact(frame.capture, portState);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code const char *ibv_event_type_str(enum ibv_event_type event)}. */
    static MemorySegment eventTypeStr(final Frame frame, final int event) {
        try {
            return (MemorySegment)IBV_EVENT_TYPE_STR.handle().invokeExact(frame.capture, event);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code const char *ibv_wc_status_str(enum ibv_wc_status status)}. */
    static MemorySegment wcStatusStr(final Frame frame, final int status) {
        try {
            return (MemorySegment)IBV_WC_STATUS_STR.handle().invokeExact(frame.capture, status);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_rate_to_mult(enum ibv_rate rate)}. */
    static int rateToMult(final Frame frame, final int rate) {
        try {
            return (int)IBV_RATE_TO_MULT.handle().invokeExact(frame.capture, rate);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code enum ibv_rate mult_to_ibv_rate(int mult)}. */
    static int multToIbvRate(final Frame frame, final int mult) {
        try {
            return (int)MULT_TO_IBV_RATE.handle().invokeExact(frame.capture, mult);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_rate_to_mbps(enum ibv_rate rate)}. */
    static int rateToMbps(final Frame frame, final int rate) {
        try {
            return (int)IBV_RATE_TO_MBPS.handle().invokeExact(frame.capture, rate);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code enum ibv_rate mbps_to_ibv_rate(int mbps)}. */
    static int mbpsToIbvRate(final Frame frame, final int mbps) {
        try {
            return (int)MBPS_TO_IBV_RATE.handle().invokeExact(frame.capture, mbps);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
