package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import org.junit.jupiter.api.function.Executable;

/** A set-up call that must fail: with which errno, and with which words in the message. */
final class Refusal {
    private Refusal() {
    }

    static VerbsException of(final int errno, final Executable call, final String... words) {
        final VerbsException refused = assertThrows(VerbsException.class, call);
        assertEquals(Errno.name(errno), Errno.name(refused.errno()), refused.getMessage());
        says(refused, words);
        return refused;
    }

    static <T extends Throwable> T says(final T refused, final String... words) {
        for (final String word : words) {
            assertTrue(refused.getMessage().contains(word), () -> "no '" + word + "' in: " + refused.getMessage());
        }
        return refused;
    }
}
