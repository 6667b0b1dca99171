package dev.verbs.soft;

import dev.verbs.DeviceAttributes;
import dev.verbs.Guarantees;
import dev.verbs.PortAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Which device the software device is like: its limits, what it grants, what it can do and promises, and the statuses it fails
 * with. Chosen by {@link SoftConfig}, or with {@code -Ddev.verbs.soft.profile=strict|rxe|siw|mlx5}.
 *
 * <p>A profile's limits are never above those of the device it is named after, so that what works under a profile does not fail
 * on that device for a limit. The limits of queues, requests, inline payloads, messages, reads and paths are enforced. The counts of
 * objects (queue pairs, queues, domains, regions, windows, address handles, groups) are told and not enforced: the software device
 * has limits of its own for queue pairs, regions and windows only. Contract tests compare {@link #RXE} with the real device, and
 * {@link #STRICT} with rdma_rxe and siw. There is no profile that behaves like siw. Where a driver
 * is less strict than the specification and nothing depends on it, the software device stays strict under every profile: see the
 * table in the documentation of this package.
 *
 * <p>Immutable; any thread.
 */
public enum SoftProfile {
    /**
     * The default: a device that is nowhere better than any real one. Each limit is the smallest of rdma_rxe, siw and mlx5 (a 0 of
     * a device that lacks the thing does not count), queues and entries are granted exactly as asked for, statuses and events are
     * those of the InfiniBand specification (11.6.2, 11.6.3). Its guarantees are those of reliable connections on InfiniBand and
     * RoCE. {@link Guarantees#ordersPlacement} is true though the specification leaves it open: rdma_rxe and mlx5 place
     * in order in practice, programs that write a flag behind the data rely on it, and a profile without it would run none of them. A
     * program that is to run on iWARP, too, must ask {@link Guarantees}, not this profile.
     */
    STRICT(SoftLimits.STRICT, SoftBehaviour.SPECIFICATION),

    /**
     * rdma_rxe of Linux 6.1 (Soft-RoCE), read from the real device. Queues have the depth that was asked for; scatter/gather
     * entries and inline bytes of a request share the same room. Statuses are rdma_rxe's where they deviate from the
     * specification, an error of a UC or UD request takes all of the queue pair to ERR, controlled queue keys are sent as they
     * are, a receive does not tell that its key was invalidated, and of the affiliated events it raises SQ_DRAINED,
     * SRQ_LIMIT_REACHED and CQ_ERR only.
     */
    RXE(SoftLimits.RXE, SoftBehaviour.RXE),

    /**
     * siw of Linux 6.1 (iWARP over TCP), read from the real device. Reliable connections only, made by the connection manager only:
     * {@code modify} connects nothing. No immediates, atomics, windows, address handles, extended queues, resizing, or addresses of
     * regions that were chosen. A WRITE or SEND completes when it was sent; what the peer cannot take (a bad key, a missing
     * receive) ends the connection: both ids are told DISCONNECTED, a READ and what waits is flushed, and what is posted after that
     * stays in flight until the queue pair is closed. Requests behind one that failed on its own side are flushed by
     * {@code disconnect} or a change to ERR, and a query shows the state that was set. The one GID is {@code 02:c9:ff:fe} and the last
     * two bytes of the host's address 10.0.0.0/16, like a MAC address.
     *
     * <p>Stricter than siw where that is unsafe or pointless: entries of length 0 stop no kernel, unknown opcodes and counts out of
     * range are refused, RTR, SQD and RESET are refused instead of being accepted without effect or ending the connection, the queue
     * pair's own limits are kept, a fenced READ is executed, a completion queue that overflows fails. Data is placed in order.
     */
    SIW(SoftLimits.SIW, SoftBehaviour.SIW),

    /**
     * NVIDIA ConnectX-5 and -6 with the mlx5 driver; <em>not verified on hardware here</em>. Limits: {@code ibv_devinfo -v} as
     * published for ConnectX-5 (open-mpi/ompi pull request 6137) and ConnectX-6 Lx (openucx/ucx issue 10317), the smaller where both tell;
     * the port's are those that such devices usually show, and the longest request is taken to have 1024 bytes. What a
     * queue pair is granted follows {@code mlx5_calc_sq_size()} and {@code mlx5_calc_rq_size()} of rdma-core: max_qp_wr counts blocks of 64
     * bytes, so that 32768 sends are granted to no queue pair that can do everything, and 828 inline bytes are the most on a connection.
     * Statuses and events are the specification's.
     */
    MLX5(SoftLimits.MLX5, SoftBehaviour.MLX5);

    /** The system property that names the profile of a provider that is made without a configuration. */
    public static final String PROPERTY = "dev.verbs.soft.profile";

    private final SoftLimits limits;
    private final SoftBehaviour behaviour;

    SoftProfile(final SoftLimits limits, final SoftBehaviour behaviour) {
        this.limits = limits;
        this.behaviour = behaviour;
    }

    /**
     * The profile of a name.
     *
     * @param name its {@link #label}, in any case
     * @return the profile
     * @throws IllegalArgumentException if there is none, with the names that there are
     */
    public static SoftProfile of(final String name) {
        return Arrays.stream(values()).filter(each -> each.label().equals(name.toLowerCase(Locale.ROOT))).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("the software device has no profile '" + name + "': it has " + labels()));
    }

    private static List<String> labels() {
        return Arrays.stream(values()).map(SoftProfile::label).toList();
    }

    /**
     * The name that {@link #of} takes.
     *
     * @return the name, in lower case
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Limits of the device. C: {@code struct ibv_device_attr}.
     *
     * @return the limits, with the GUID of the first host of a network
     */
    public DeviceAttributes device() {
        return device(SoftLimits.GUID);
    }

    DeviceAttributes device(final long guid) {
        return limits.device(guid);
    }

    /**
     * State and limits of the only port. C: {@code struct ibv_port_attr}.
     *
     * @return the limits
     */
    public PortAttributes port() {
        return limits.port();
    }

    /**
     * Most bytes of an inline payload; C: {@code ibv_qp_cap.max_inline_data}, which no attribute of a device tells.
     *
     * @return the bytes
     */
    public int maxInlineData() {
        return limits.maxInline();
    }

    /**
     * What may be relied on.
     *
     * @return the guarantees
     */
    public Guarantees guarantees() {
        return behaviour.guarantees();
    }

    SoftBehaviour behaviour() {
        return behaviour;
    }
}
