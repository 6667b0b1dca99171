package dev.verbs.testkit;

import dev.verbs.Context;
import dev.verbs.PortOptions;
import dev.verbs.PortSelection;
import dev.verbs.Verbs;
import dev.verbs.VerbsException;
import dev.verbs.cm.CmListener;
import dev.verbs.spi.VerbsProvider;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Opens the provider before each test of {@link VerbsTest}, and afterwards closes everything and looks for leaks. */
public final class VerbsExtension implements BeforeEachCallback, AfterEachCallback {
    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(VerbsExtension.class);

    @Override
    public void beforeEach(final ExtensionContext context) {
        context.getRoot().getStore(SPACE).computeIfAbsent("warm", key -> warmUp());
        context.getStore(SPACE).put("descriptors", OpenDescriptors.list());
        test(context).begin(TestProvider.open());
    }

    /** The first use of a connection manager opens descriptors that stay for the life of the process. */
    private static boolean warmUp() {
        try (VerbsProvider provider = TestProvider.open();
            Context opened = Verbs.open(provider, TestProvider.deviceName())) {
            final PortSelection port = PortSelection.choose(opened, PortOptions.AUTOMATIC);
            CmListener.bind(provider, Pair.address(opened, port, 0), 1).close();
            provider.managedDevices(); // opens every device, not only the one under test
            return true;
        } catch (final VerbsException e) {
            return false; // what is broken shows in the tests that use it
        }
    }

    @Override
    public void afterEach(final ExtensionContext context) {
        final VerbsTest test = test(context);
        final VerbsProvider provider = test.provider();
        if (provider == null) {
            return;
        }
        final List<String> problems = new ArrayList<>();
        final List<Throwable> failures = test.closeOwned();
        failures.forEach(failure -> problems.add("closing failed: " + failure));
        if (!provider.live().isEmpty()) {
            problems.add("still live: " + provider.live());
        }
        if (provider.registeredBytes() != 0) {
            problems.add("still registered: " + provider.registeredBytes() + " bytes");
        }
        provider.close();
        @SuppressWarnings("unchecked")
        final List<String> before = (List<String>)context.getStore(SPACE).get("descriptors", List.class);
        if (!Waiting.until(TestProvider.pause(), () -> OpenDescriptors.list().size() <= before.size())) {
            problems.add("open descriptors before " + before + ", after " + OpenDescriptors.list());
        }
        if (!problems.isEmpty()) {
            final AssertionError leak = new AssertionError("leak: " + String.join("; ", problems));
            failures.forEach(leak::addSuppressed);
            throw leak;
        }
    }

    private static VerbsTest test(final ExtensionContext context) {
        return (VerbsTest)context.getRequiredTestInstance();
    }
}
