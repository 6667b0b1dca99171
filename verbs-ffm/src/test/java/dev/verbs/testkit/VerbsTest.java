package dev.verbs.testkit;

import dev.verbs.Context;
import dev.verbs.PortOptions;
import dev.verbs.PortSelection;
import dev.verbs.Verbs;
import dev.verbs.spi.VerbsProvider;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test on a provider: a new provider per test, everything the test {@link #own owns} closed after it, nothing left over
 * (see {@link VerbsExtension}).
 */
@ExtendWith(VerbsExtension.class)
public abstract class VerbsTest {
    private final Deque<AutoCloseable> owned = new ArrayDeque<>();
    private VerbsProvider provider;

    /** The provider of this test. */
    public final VerbsProvider provider() {
        return provider;
    }

    final void begin(final VerbsProvider opened) {
        this.provider = opened;
    }

    /** Closes a resource after the test, in the reverse order of owning; it may have been closed before. */
    public final <T extends AutoCloseable> T own(final T resource) {
        owned.push(resource);
        return resource;
    }

    /** Opens the device under test. */
    public final Context openContext() {
        return own(Verbs.open(provider, TestProvider.deviceName()));
    }

    /** Chooses port and GID. */
    public final PortSelection choosePort(final Context context) {
        return PortSelection.choose(context, PortOptions.AUTOMATIC);
    }

    /** Two connected queue pairs with defaults. */
    public final Pair pair() {
        return Pair.connected(this, PairConfig.DEFAULT);
    }

    /** Two connected queue pairs. */
    public final Pair pair(final PairConfig config) {
        return Pair.connected(this, config);
    }

    /** Two connected queue pairs, side b in the domain and with the memory of another side. */
    public final Pair pairInto(final PairConfig config, final Side side) {
        return Pair.connectedInto(this, config, side);
    }

    /** Two queue pairs in RESET. */
    public final Pair unconnectedPair(final PairConfig config) {
        return Pair.unconnected(this, config);
    }

    /** Skips the test, with a reason, where the device does not promise something. */
    public static void assume(final boolean promised, final Context context, final String what) {
        Assumptions.assumeTrue(promised, () -> context.device().name() + " does not promise " + what);
    }

    /**
     * Closes what the test owns. What refuses because something else depends on it is tried again after the rest: a test that
     * failed half way must not hide its failure behind ours.
     */
    final List<Throwable> closeOwned() {
        List<Throwable> failures = List.of();
        while (!owned.isEmpty()) {
            final Deque<AutoCloseable> refused = new ArrayDeque<>();
            final List<Throwable> reasons = new ArrayList<>();
            final int before = owned.size();
            while (!owned.isEmpty()) {
                final AutoCloseable next = owned.pop();
                try {
                    next.close();
                } catch (final Exception e) {
                    refused.addLast(next);
                    reasons.add(e);
                }
            }
            failures = reasons;
            if (refused.size() == before) {
                break;
            }
            owned.addAll(refused);
        }
        owned.clear();
        return failures;
    }
}
