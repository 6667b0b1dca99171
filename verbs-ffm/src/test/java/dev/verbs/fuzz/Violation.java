package dev.verbs.fuzz;

/** The device did what the oracle does not allow. */
final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;

    Violation(final String message) {
        super(message);
    }

    Violation(final String message, final Throwable cause) {
        super(message, cause);
    }
}
