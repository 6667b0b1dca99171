package dev.verbs.fuzz;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import java.util.EnumSet;
import java.util.function.Supplier;

/** Does calls, writes them down and compares their outcome with what is allowed. */
final class Oracle {
    /** An IllegalArgumentException, where an errno is expected. */
    static final int ILLEGAL_ARGUMENT = -1;
    static final int OK = 0;

    private StringBuilder story;
    private long refused;

    /** From now on every call is written down. */
    void narrate(final StringBuilder text) {
        this.story = text;
    }

    void tell(final Supplier<String> line) {
        if (story != null) {
            story.append("  ").append(line.get()).append('\n');
        }
    }

    long refused() {
        return refused;
    }

    /** Does it; the outcome must be one of those allowed. Returns it. */
    int expect(final String what, final Runnable action, final Object detail, final int... allowed) {
        int outcome = OK;
        String message = "done";
        try {
            action.run();
        } catch (final VerbsException e) {
            outcome = e.errno();
            message = e.getMessage();
        } catch (final IllegalArgumentException e) {
            outcome = ILLEGAL_ARGUMENT;
            message = e.getMessage();
        }
        final String line = what + (detail instanceof EnumSet<?> set && set.isEmpty() ? "" : " " + detail) + ": " + message;
        tell(() -> line);
        for (final int one : allowed) {
            if (one == outcome) {
                refused += outcome == OK ? 0 : 1;
                return outcome;
            }
        }
        final StringBuilder names = new StringBuilder();
        for (final int one : allowed) {
            names.append(names.isEmpty() ? "" : " or ").append(one == OK ? "success"
                : one == ILLEGAL_ARGUMENT ? "IllegalArgumentException" : Errno.name(one));
        }
        throw new Violation(line + "; allowed was " + names);
    }
}
