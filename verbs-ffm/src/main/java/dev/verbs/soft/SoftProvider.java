package dev.verbs.soft;

import dev.verbs.Device;
import dev.verbs.ForkStatus;
import dev.verbs.cm.AddressHints;
import dev.verbs.cm.AddressInfo;
import dev.verbs.cm.CmEventChannel;
import dev.verbs.spi.Availability;
import dev.verbs.spi.VerbsProvider;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * The software device in plain Java: one fabric per instance, one device on it, no thread of its own. Queue pairs of one
 * instance reach each other, whatever context they were made on; two instances share nothing.
 *
 * <p>Any thread.
 */
public final class SoftProvider implements VerbsProvider {
    private final SoftHost host;

    /** A fabric of its own, on the system's clock. */
    public SoftProvider() {
        this(SystemNanoClock.INSTANCE, ErrorProfile.RXE, new SecureRandom().nextLong());
    }

    SoftProvider(final NanoClock clock, final ErrorProfile errors, final long seed) {
        this(new SoftFabric(clock, errors, seed).addHost("soft"));
    }

    /**
     * A fabric of its own, on the system's clock, whose events somebody follows, beside or without
     * {@code -Ddev.verbs.soft.trace=FILE}: see the package's documentation. No C counterpart.
     *
     * @param trace takes the lines, without line ends, one at a time, from any thread and under locks of the device: it must not block,
     *              throw, or call the provider
     */
    public SoftProvider(final Consumer<String> trace) {
        this(new SoftFabric(SystemNanoClock.INSTANCE, ErrorProfile.RXE, new SecureRandom().nextLong(),
            Objects.requireNonNull(trace, "trace")).addHost("soft"));
    }

    SoftProvider(final SoftHost host) {
        this.host = host;
    }

    SoftFabric fabric() {
        return host.fabric();
    }

    @Override
    public String name() {
        return "soft";
    }

    @Override
    public boolean isEmulated() {
        return true;
    }

    @Override
    public Availability availability() {
        return Availability.yes("software device in plain Java, inside this JVM");
    }

    @Override
    public List<Device> devices() {
        return List.of(host.device());
    }

    @Override
    public CmEventChannel createEventChannel() {
        return new SoftCmChannel(host);
    }

    @Override
    public void forkInit() {
        // memory of the software device is copied on write like any other
    }

    @Override
    public ForkStatus forkStatus() {
        return ForkStatus.UNNEEDED;
    }

    @Override
    public List<Device> managedDevices() {
        return devices();
    }

    @Override
    public List<AddressInfo> addressInfo(final String node, final String service, final AddressHints hints) {
        return CmNames.get(node, service, hints);
    }

    @Override
    public List<String> missingVerbs() {
        return List.of();
    }

    @Override
    public List<String> live() {
        return host.root().live();
    }

    @Override
    public long registeredBytes() {
        return host.root().registeredBytes();
    }

    @Override
    public void close() {
    }
}
