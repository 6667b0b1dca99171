package dev.verbs;

/**
 * An RDMA device that can be opened. Immutable; any thread. C: {@code struct ibv_device}.
 */
public interface Device {
    /**
     * The name that the kernel gave.
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
     * What kind of node the device is.
     *
     * @return the type
     */
    NodeType nodeType();

    /**
     * What may be relied on.
     *
     * @return the guarantees
     */
    Guarantees guarantees();

    /**
     * Opens the device. C: {@code ibv_open_device}.
     *
     * @return a context of its own, to be closed by the caller
     * @throws VerbsException if the device cannot be opened
     */
    Context open();
}
