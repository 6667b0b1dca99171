package dev.verbs.ledger;

import dev.verbs.VerbsException;
import dev.verbs.ibv.IbvProvider;
import dev.verbs.spi.VerbsProvider;

/** A child of {@link MissingSymbolsTest}, where nothing native can be used: every entry says so and throws no error. */
final class ProviderProbe {
    private ProviderProbe() {
    }

    public static void main(final String[] args) {
        try (VerbsProvider provider = new IbvProvider()) {
            System.out.println("availability " + provider.availability().usable() + ": " + provider.availability());
            refuse("devices", provider::devices);
            refuse("channel", provider::createEventChannel);
            System.exit(0);
        } catch (final Throwable t) {
            t.printStackTrace(System.out);
            System.exit(1);
        }
    }

    private static void refuse(final String what, final Runnable call) {
        try {
            call.run();
            throw new AssertionError(what + " worked");
        } catch (final VerbsException e) {
            System.out.println(what + ": " + e.getMessage());
        }
    }
}
