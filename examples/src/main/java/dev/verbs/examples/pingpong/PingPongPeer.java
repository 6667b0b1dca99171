package dev.verbs.examples.pingpong;

import dev.verbs.AddressHandle;
import dev.verbs.SendRequests;

/** Where the messages of one queue pair go. One thread; never blocks, never allocates. */
sealed interface PingPongPeer {
    /** Appends one message to a list. */
    void add(SendRequests list, long wrId, long address, long length, int lkey, int flags);

    /** The queue pair at the other end of a connection. */
    record Connected() implements PingPongPeer {
        @Override
        public void add(final SendRequests list, final long wrId, final long address, final long length, final int lkey,
            final int flags) {
            list.send(wrId, address, length, lkey, flags);
        }
    }

    /** A queue pair that each datagram names. */
    record Addressed(AddressHandle path, int qpNumber, int qkey) implements PingPongPeer {
        @Override
        public void add(final SendRequests list, final long wrId, final long address, final long length, final int lkey,
            final int flags) {
            list.sendTo(wrId, address, length, lkey, path, qpNumber, qkey, flags);
        }
    }
}
