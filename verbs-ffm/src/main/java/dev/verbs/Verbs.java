package dev.verbs;

import dev.verbs.spi.Availability;
import dev.verbs.spi.VerbsProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * The way in: finds a provider, and on it a device.
 *
 * <p>Any thread. No C counterpart.
 */
public final class Verbs {
    /** A usable real device if there is one, else the software device. No C counterpart. */
    public static final String AUTO = "auto";

    private Verbs() {
    }

    /**
     * A provider, and why it was taken. No C counterpart.
     *
     * @param provider    the provider; the caller closes it. No C counterpart
     * @param explanation which and why, for people. No C counterpart
     */
    public record Selection(VerbsProvider provider, String explanation) {
    }

    /**
     * Every provider on the class path or module path, real ones before emulated ones, each a new instance. No C counterpart.
     *
     * @return the providers, usable or not; the caller closes them
     * @throws VerbsException if the JVM denies native access: the message says what to add
     */
    public static List<VerbsProvider> providers() {
        requireNativeAccess();
        final List<VerbsProvider> found = new ArrayList<>();
        try {
            ServiceLoader.load(VerbsProvider.class, Verbs.class.getClassLoader()).forEach(found::add);
        } catch (final ServiceConfigurationError e) {
            if (e.getCause() instanceof VerbsException refused) { // such as a trace that cannot be written
                found.forEach(VerbsProvider::close);
                throw refused;
            }
            throw e;
        }
        found.sort(Comparator.comparing(VerbsProvider::isEmulated).thenComparing(VerbsProvider::name));
        return found;
    }

    /**
     * A provider by name. No C counterpart.
     *
     * @param name {@code ibv}, {@code soft}, or {@link #AUTO} for the first usable one, real ones first
     * @return the provider and why it was taken
     * @throws VerbsException if there is none of that name, or it is not usable here: the message says what to do
     */
    public static Selection select(final String name) {
        final List<VerbsProvider> all = providers();
        final List<VerbsProvider> wanted = all.stream().filter(p -> AUTO.equals(name) || p.name().equals(name)).toList();
        if (wanted.isEmpty()) {
            all.forEach(VerbsProvider::close);
            throw new VerbsException("provider", Errno.ENOENT, "no provider is called '" + name + "': there are "
                + all.stream().map(VerbsProvider::name).collect(Collectors.joining(", ")) + " and " + AUTO);
        }
        final StringBuilder refused = new StringBuilder();
        for (final VerbsProvider provider : wanted) {
            final Availability availability = provider.availability();
            if (availability.usable()) {
                all.stream().filter(other -> other != provider).forEach(VerbsProvider::close);
                return new Selection(provider, provider.name() + " (" + availability.reason() + ")"
                    + (refused.isEmpty() ? "" : "; not " + refused));
            }
            refused.append(refused.isEmpty() ? "" : "; not ").append(provider.name()).append(": ").append(availability);
        }
        all.forEach(VerbsProvider::close);
        throw new VerbsException("provider", Errno.ENODEV, refused.toString());
    }

    /**
     * Opens a device. C: {@code ibv_get_device_list}, {@code ibv_open_device}.
     *
     * @param provider where to look
     * @param name     its name, null for the first device with an active port
     * @return the context, to be closed by the caller
     * @throws VerbsException if there is no such device: the message lists those there are
     */
    public static Context open(final VerbsProvider provider, final String name) {
        final List<Device> devices = provider.devices();
        if (name != null) {
            return devices.stream().filter(device -> device.name().equals(name)).findFirst()
                .orElseThrow(() -> new VerbsException("ibv_open_device", Errno.ENODEV, "no device is called '" + name
                    + "': there are " + names(devices)))
                .open();
        }
        for (final Device device : devices) {
            final Context context = device.open();
            if (hasActivePort(context)) {
                return context;
            }
            context.close();
        }
        throw new VerbsException("ibv_open_device", Errno.ENODEV, "no device has an active port: there are "
            + names(devices));
    }

    /**
     * Opens a device by its GUID, which stays the same when the kernel renames devices. C: {@code ibv_get_device_list},
     * {@code ibv_get_device_guid}, {@code ibv_open_device}.
     *
     * @param provider where to look
     * @param guid     its GUID, host order: see {@link Device#guid}
     * @return the context, to be closed by the caller
     * @throws VerbsException if there is no such device: the message lists those there are
     */
    public static Context openByGuid(final VerbsProvider provider, final long guid) {
        final List<Device> devices = provider.devices();
        return devices.stream().filter(device -> device.guid() == guid).findFirst()
            .orElseThrow(() -> new VerbsException("ibv_open_device", Errno.ENODEV, "no device has the GUID "
                + String.format("%016x", guid) + ": there are " + devices.stream()
                .map(device -> device.name() + " (" + String.format("%016x", device.guid()) + ")")
                .collect(Collectors.joining(", "))))
            .open();
    }

    /** The layouts of the C structures are native addresses too: without access not even constants can be read. */
    private static void requireNativeAccess() {
        try {
            SendFlags.class.getField("SIGNALED").getInt(null);
        } catch (final ReflectiveOperationException e) {
            throw new AssertionError(e);
        } catch (final LinkageError e) {
            throw new VerbsException("native access", 0, "denied by the JVM: add "
                + "--enable-native-access=dev.verbs,dev.verbs.headers (module path) or ALL-UNNAMED (class path)");
        }
    }

    private static boolean hasActivePort(final Context context) {
        for (int port = 1; port <= context.queryDevice().ports(); port++) {
            if (context.queryPort(port).state() == PortState.ACTIVE) {
                return true;
            }
        }
        return false;
    }

    private static String names(final List<Device> devices) {
        return devices.isEmpty() ? "none" : devices.stream().map(Device::name).collect(Collectors.joining(", "));
    }
}
