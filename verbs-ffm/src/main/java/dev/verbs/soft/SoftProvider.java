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
    /** Why it cannot be used, null if it can. */
    private final String refusal;

    /**
     * A network of its own with one host, on the system's clock, configured by system properties ({@link SoftConfig#fromProperties}).
     * A property that is wrong makes the provider unavailable; it says why.
     */
    public SoftProvider() {
        SoftConfig config = SoftConfig.DEFAULT;
        String problem = null;
        try {
            config = SoftConfig.fromProperties();
        } catch (final IllegalArgumentException e) {
            problem = e.getMessage();
        }
        this.host = host(config.profile(), SystemNanoClock.INSTANCE, new SecureRandom().nextLong());
        this.refusal = problem;
    }

    /**
     * A network of its own with one host, on the system's clock.
     *
     * @param config how its device is made
     */
    public SoftProvider(final SoftConfig config) {
        this(host(config.profile(), SystemNanoClock.INSTANCE, new SecureRandom().nextLong()));
    }

    SoftProvider(final NanoClock clock, final SoftProfile profile, final long seed) {
        this(host(profile, clock, seed));
    }

    /**
     * A fabric of its own, on the system's clock, whose events somebody follows, beside or without
     * {@code -Ddev.verbs.soft.trace=FILE}: see the package's documentation. No C counterpart.
     *
     * @param trace takes the lines, without line ends, one at a time, from any thread and under locks of the device: it must not block,
     *              throw, or call the provider
     */
    public SoftProvider(final Consumer<String> trace) {
        this(new SoftFabric(SystemNanoClock.INSTANCE, new SecureRandom().nextLong(),
            Objects.requireNonNull(trace, "trace")).addHost("soft", SoftConfig.fromProperties().profile()));
    }

    SoftProvider(final SoftHost host) {
        this.host = host;
        this.refusal = null;
    }

    private static SoftHost host(final SoftProfile profile, final NanoClock clock, final long seed) {
        return new SoftFabric(clock, seed).addHost("soft", profile);
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
        return refusal != null ? Availability.no(refusal, "set one of them, or none for " + SoftConfig.DEFAULT.profile().label())
            : Availability.yes("software device in plain Java, inside this JVM, profile " + host.device().profile().label());
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
