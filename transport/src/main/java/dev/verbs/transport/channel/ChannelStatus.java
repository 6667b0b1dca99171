package dev.verbs.transport.channel;

/** What channel calls return instead of a count or a sequence number: negative, and each says what to do next. */
public final class ChannelStatus {
    /** No credit, or slots whose WRITE has not completed: call {@code doWork()}, do something else, try again. */
    public static final int BACK_PRESSURED = -1;

    /** This end was closed, or the stream was ended on this side: nothing can be sent any more. */
    public static final int CLOSED = -2;

    /** The connection broke: {@code failure()} says why; make a new channel. */
    public static final int FAILED = -3;

    /** The producer ended the stream and every message has been delivered: close. */
    public static final int END_OF_STREAM = -4;

    /** No message has arrived: do something else, try again. */
    public static final int EMPTY = -5;

    private ChannelStatus() {
    }

    /**
     * A result in words.
     *
     * @param result what a channel call returned
     * @return the constant's name, or the number
     */
    public static String name(final long result) {
        if (result >= 0) {
            return Long.toString(result);
        }
        return switch ((int)result) {
            case BACK_PRESSURED -> "BACK_PRESSURED";
            case CLOSED -> "CLOSED";
            case FAILED -> "FAILED";
            case END_OF_STREAM -> "END_OF_STREAM";
            case EMPTY -> "EMPTY";
            default -> "unknown (" + result + ")";
        };
    }
}
