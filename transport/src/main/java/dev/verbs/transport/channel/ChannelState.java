package dev.verbs.transport.channel;

/** How an end of a channel is. */
public enum ChannelState {
    /** Messages flow. */
    OPEN,
    /**
     * The end of the stream is on its way. Producer: it was sent, the consumer has not released everything. Consumer: it was
     * delivered, the last credit may not have arrived.
     */
    ENDING,
    /** Everything was delivered and released, and both sides know: close. */
    ENDED,
    /** The connection broke before: what was not credited back may not have been processed. */
    FAILED,
    /** Closed on this side. */
    CLOSED
}
