package dev.verbs.stream;

/** A streaming run is dead: it broke a rule of its protocol, lost a peer, ran out of a limit or of time. It has no answer. */
public class StreamException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message what, with values, and what to do
     */
    public StreamException(final String message) {
        super(message);
    }

    /**
     * A failure that has a cause.
     *
     * @param message what, with values, and what to do
     * @param cause   why
     */
    public StreamException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
