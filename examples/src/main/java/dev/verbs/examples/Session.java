package dev.verbs.examples;

import dev.verbs.Context;
import dev.verbs.PortOptions;
import dev.verbs.PortSelection;
import dev.verbs.Verbs;
import dev.verbs.spi.VerbsProvider;
import java.util.List;

/** The provider of one command. At its end nothing may be left open: that would be a bug, and is reported as a failure. */
public final class Session implements AutoCloseable {
    private final Verbs.Selection selection;

    private Session(final Verbs.Selection selection) {
        this.selection = selection;
    }

    /**
     * Chooses a provider.
     *
     * @param options what the user said
     * @return the session, to be closed by the caller
     */
    public static Session open(final DeviceOptions options) {
        return open(options.provider());
    }

    /**
     * Chooses a provider.
     *
     * @param provider its name, or {@link Verbs#AUTO}
     * @return the session, to be closed by the caller
     */
    public static Session open(final String provider) {
        return new Session(Verbs.select(provider));
    }

    /**
     * The provider.
     *
     * @return the provider; the session closes it
     */
    public VerbsProvider provider() {
        return selection.provider();
    }

    /**
     * Which provider and why.
     *
     * @return the explanation
     */
    public String explanation() {
        return selection.explanation();
    }

    /**
     * Whether a peer can only be in this process.
     *
     * @return true on a software device
     */
    public boolean isEmulated() {
        return provider().isEmulated();
    }

    /**
     * Which port, GID and MTU will be used, and why. Opens the device for a moment.
     *
     * @param options what the user said
     * @return the choice
     */
    public PortSelection choose(final PortOptions options) {
        try (Context context = Verbs.open(provider(), options.device())) {
            return PortSelection.choose(context, options);
        }
    }

    @Override
    public void close() {
        final List<String> live = provider().live();
        final long registered = provider().registeredBytes();
        provider().close();
        if (!live.isEmpty() || registered != 0) {
            throw new CommandFailure("bug: left open at the end: " + String.join(", ", live) + " (" + registered
                + " bytes registered)");
        }
    }
}
