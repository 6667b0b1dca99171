package dev.verbs.spi;

import dev.verbs.Device;
import dev.verbs.ForkStatus;
import dev.verbs.cm.AddressHints;
import dev.verbs.cm.AddressInfo;
import dev.verbs.cm.CmEventChannel;
import java.util.List;

/**
 * A way to RDMA devices, found with {@link java.util.ServiceLoader}. Any thread.
 *
 * <p>An instance owns everything made through it; two instances share nothing (two software fabrics cannot see each other).
 */
public interface VerbsProvider extends AutoCloseable {
    /**
     * Its name.
     *
     * @return {@code ibv} or {@code soft}, or another provider's name
     */
    String name();

    /**
     * Whether its devices are made of software inside this JVM.
     *
     * @return false for devices of the kernel
     */
    boolean isEmulated();

    /**
     * Whether it can be used here. Loads the libraries it needs; never throws.
     *
     * @return the answer with its reason
     */
    Availability availability();

    /**
     * The devices there are now.
     *
     * @return the devices, possibly none
     * @throws dev.verbs.VerbsException if the provider is not available
     */
    List<Device> devices();

    /**
     * Makes a channel of the connection manager. C: {@code rdma_create_event_channel}.
     *
     * @return the channel, to be closed by the caller
     * @throws dev.verbs.VerbsException if the connection manager is not there
     */
    CmEventChannel createEventChannel();

    /**
     * Makes registered memory survive a fork of this process, for all providers' devices and for good. To be called before
     * anything is registered. A JVM that starts programs with {@link ProcessBuilder} does not need it: they leave the memory at
     * once. C: {@code ibv_fork_init}.
     *
     * @throws dev.verbs.VerbsException if memory was registered before (EINVAL), or the kernel cannot (ENOSYS)
     */
    void forkInit();

    /**
     * Whether registered memory survives a fork of this process. C: {@code ibv_is_fork_initialized}.
     *
     * @return the status
     * @throws dev.verbs.UnsupportedVerbException if the installed library is older than the verb
     */
    ForkStatus forkStatus();

    /**
     * The devices that the connection manager serves. C: {@code rdma_get_devices}.
     *
     * @return the devices, possibly none
     * @throws dev.verbs.VerbsException if the provider is not available
     */
    List<Device> managedDevices();

    /**
     * What node and service mean to the connection manager. Blocks while a name service is asked; a numeric host is not looked
     * up. C: {@code rdma_getaddrinfo}, {@code rdma_freeaddrinfo}.
     *
     * @param node    host name or literal address; null for the wildcard (passive) or this host
     * @param service port number, or a name of the system's table; null for port 0
     * @param hints   what is wanted
     * @return the meanings, at least one, best first
     * @throws dev.verbs.VerbsException ENOENT if node or service are not known, EINVAL if neither is given
     */
    List<AddressInfo> addressInfo(String node, String service, AddressHints hints);

    /**
     * The verbs that the installed native libraries are too old for: calling one gives
     * {@link dev.verbs.UnsupportedVerbException}.
     *
     * @return one line each with the version that has it, empty if nothing is missing or no library is needed
     * @throws dev.verbs.VerbsException if the provider's libraries cannot be loaded
     */
    List<String> missingVerbs();

    /**
     * Everything made through this provider that has not been closed.
     *
     * @return one line each, empty if nothing leaked
     */
    List<String> live();

    /**
     * Bytes that are registered now, over all regions.
     *
     * @return the sum of the lengths of open regions
     */
    long registeredBytes();

    /** Stops what the provider runs itself; resources stay the caller's to close. */
    @Override
    void close();
}
