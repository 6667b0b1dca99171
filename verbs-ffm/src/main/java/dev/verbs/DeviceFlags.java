package dev.verbs;

import dev.verbs.headers.types_h;
import java.util.List;

/**
 * What a device can do. Combine with {@code |}.
 *
 * <p>C: {@code enum ibv_device_cap_flags}.
 */
public final class DeviceFlags {
    /** The size of a queue pair can be changed. C: {@code IBV_DEVICE_RESIZE_MAX_WR}. */
    public static final long RESIZE_MAX_WR = types_h.IBV_DEVICE_RESIZE_MAX_WR();

    /** Counts packets with a bad partition key. C: {@code IBV_DEVICE_BAD_PKEY_CNTR}. */
    public static final long BAD_PKEY_CNTR = types_h.IBV_DEVICE_BAD_PKEY_CNTR();

    /** Counts packets with a bad queue key. C: {@code IBV_DEVICE_BAD_QKEY_CNTR}. */
    public static final long BAD_QKEY_CNTR = types_h.IBV_DEVICE_BAD_QKEY_CNTR();

    /** Multicast of raw packets. C: {@code IBV_DEVICE_RAW_MULTI}. */
    public static final long RAW_MULTI = types_h.IBV_DEVICE_RAW_MULTI();

    /** Automatic path migration. C: {@code IBV_DEVICE_AUTO_PATH_MIG}. */
    public static final long AUTO_PATH_MIG = types_h.IBV_DEVICE_AUTO_PATH_MIG();

    /** The port of a queue pair can be changed. C: {@code IBV_DEVICE_CHANGE_PHY_PORT}. */
    public static final long CHANGE_PHY_PORT = types_h.IBV_DEVICE_CHANGE_PHY_PORT();

    /** The port of an address handle must be that of the queue pair. C: {@code IBV_DEVICE_UD_AV_PORT_ENFORCE}. */
    public static final long UD_AV_PORT_ENFORCE = types_h.IBV_DEVICE_UD_AV_PORT_ENFORCE();

    /** A modify can name the state it takes for granted. C: {@code IBV_DEVICE_CURR_QP_STATE_MOD}. */
    public static final long CURR_QP_STATE_MOD = types_h.IBV_DEVICE_CURR_QP_STATE_MOD();

    /** A port can be shut down. C: {@code IBV_DEVICE_SHUTDOWN_PORT}. */
    public static final long SHUTDOWN_PORT = types_h.IBV_DEVICE_SHUTDOWN_PORT();

    /** The subnet manager can be asked for a kind of initialisation. C: {@code IBV_DEVICE_INIT_TYPE}. */
    public static final long INIT_TYPE = types_h.IBV_DEVICE_INIT_TYPE();

    /** Raises {@link EventType#PORT_ACTIVE}. C: {@code IBV_DEVICE_PORT_ACTIVE_EVENT}. */
    public static final long PORT_ACTIVE_EVENT = types_h.IBV_DEVICE_PORT_ACTIVE_EVENT();

    /** Has a system image GUID. C: {@code IBV_DEVICE_SYS_IMAGE_GUID}. */
    public static final long SYS_IMAGE_GUID = types_h.IBV_DEVICE_SYS_IMAGE_GUID();

    /** Answers RNR on reliable connections. C: {@code IBV_DEVICE_RC_RNR_NAK_GEN}. */
    public static final long RC_RNR_NAK_GEN = types_h.IBV_DEVICE_RC_RNR_NAK_GEN();

    /** The size of a shared receive queue can be changed. C: {@code IBV_DEVICE_SRQ_RESIZE}. */
    public static final long SRQ_RESIZE = types_h.IBV_DEVICE_SRQ_RESIZE();

    /** Notifies after so many completions. C: {@code IBV_DEVICE_N_NOTIFY_CQ}. */
    public static final long N_NOTIFY_CQ = types_h.IBV_DEVICE_N_NOTIFY_CQ();

    /** Memory windows of type 1. C: {@code IBV_DEVICE_MEM_WINDOW}. */
    public static final long MEM_WINDOW = types_h.IBV_DEVICE_MEM_WINDOW();

    /** IP checksums on datagrams. C: {@code IBV_DEVICE_UD_IP_CSUM}. */
    public static final long UD_IP_CSUM = types_h.IBV_DEVICE_UD_IP_CSUM();

    /** Extended reliable connections. C: {@code IBV_DEVICE_XRC}. */
    public static final long XRC = types_h.IBV_DEVICE_XRC();

    /** Send with invalidate, local invalidate. C: {@code IBV_DEVICE_MEM_MGT_EXTENSIONS}. */
    public static final long MEM_MGT_EXTENSIONS = types_h.IBV_DEVICE_MEM_MGT_EXTENSIONS();

    /** Memory windows of type 2A. C: {@code IBV_DEVICE_MEM_WINDOW_TYPE_2A}. */
    public static final long MEM_WINDOW_TYPE_2A = types_h.IBV_DEVICE_MEM_WINDOW_TYPE_2A();

    /** Memory windows of type 2B. C: {@code IBV_DEVICE_MEM_WINDOW_TYPE_2B}. */
    public static final long MEM_WINDOW_TYPE_2B = types_h.IBV_DEVICE_MEM_WINDOW_TYPE_2B();

    /** IP checksums on connections. C: {@code IBV_DEVICE_RC_IP_CSUM}. */
    public static final long RC_IP_CSUM = types_h.IBV_DEVICE_RC_IP_CSUM();

    /** IP checksums on raw packets. C: {@code IBV_DEVICE_RAW_IP_CSUM}. */
    public static final long RAW_IP_CSUM = types_h.IBV_DEVICE_RAW_IP_CSUM();

    /** Flow steering. C: {@code IBV_DEVICE_MANAGED_FLOW_STEERING}. */
    public static final long MANAGED_FLOW_STEERING = types_h.IBV_DEVICE_MANAGED_FLOW_STEERING();

    /** Frame check sequences of raw packets are delivered. C: {@code IBV_DEVICE_RAW_SCATTER_FCS}. */
    public static final long RAW_SCATTER_FCS = types_h.IBV_DEVICE_RAW_SCATTER_FCS();

    /** Writes over the bus are padded to cache lines. C: {@code IBV_DEVICE_PCI_WRITE_END_PADDING}. */
    public static final long PCI_WRITE_END_PADDING = types_h.IBV_DEVICE_PCI_WRITE_END_PADDING();

    private DeviceFlags() {
    }

    /**
     * The names of the flags that are set, in the order of their bits; what has no name here follows as one hexadecimal number.
     * No C counterpart.
     *
     * @param flags the flags
     * @return the names, empty if no flag is set
     */
    public static List<String> names(final long flags) {
        return FlagNames.of(DeviceFlags.class, flags);
    }
}
