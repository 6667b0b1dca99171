package dev.verbs.transport.channel;

import java.lang.foreign.MemorySegment;

/** Takes messages from {@link ChannelConsumer#poll}. */
@FunctionalInterface
public interface ChannelHandler {
    /**
     * A message. It lies in the ring itself and is valid until the method returns; then its slot goes back to the producer.
     *
     * @param buffer the ring
     * @param offset where the payload starts in it, a multiple of 8
     * @param length bytes of the payload, 0 or more
     * @param tag    what the producer gave with it
     */
    void onMessage(MemorySegment buffer, long offset, long length, long tag);
}
