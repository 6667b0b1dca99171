package dev.verbs.examples;

/** A command that failed; the message is the one sentence that the user reads. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message what failed and what to do, without a full stop
     */
    public CommandFailure(final String message) {
        super(message);
    }

    /**
     * A failure with a cause, whose trace is shown only when asked for.
     *
     * @param message what failed and what to do, without a full stop
     * @param cause   where it comes from
     */
    public CommandFailure(final String message, final Throwable cause) {
        super(message, cause);
    }
}
