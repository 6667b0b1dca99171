package dev.verbs;

/**
 * An RDMA device that can be opened. Immutable; any thread. C: {@code struct ibv_device}.
 */
public interface Device {
    /**
     * The name that the kernel gave. C: {@code ibv_get_device_name}.
     *
     * @return a name such as {@code mlx5_0} or {@code rxe0}
     */
    String name();

    /**
     * The device's GUID. C: {@code ibv_get_device_guid}.
     *
     * @return the GUID, host order
     */
    long guid();

    /**
     * What kind of node the device is. C: {@code ibv_device.node_type}.
     *
     * @return the type
     */
    NodeType nodeType();

    /**
     * The protocol family that the device speaks. C: {@code ibv_device.transport_type}.
     *
     * @return the type
     */
    TransportType transport();

    /**
     * A number that no other device of this machine has, for as long as it runs. C: {@code ibv_get_device_index}.
     *
     * @return the kernel's index of the device, -1 if it tells none
     */
    int index();

    /**
     * What may be relied on. A device that is not opened ({@link Context#device} is) may be opened for a moment to find out.
     * No C counterpart.
     *
     * @return the guarantees
     */
    Guarantees guarantees();

    /**
     * Opens the device. C: {@code ibv_open_device}.
     *
     * @return a context of its own, to be closed by the caller
     * @throws VerbsException ENODEV if the device is gone, EACCES without permission for its node, else what the system says
     */
    Context open();
}
