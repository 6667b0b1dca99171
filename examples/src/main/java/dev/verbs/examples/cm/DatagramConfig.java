package dev.verbs.examples.cm;

import java.time.Duration;

/**
 * What {@code udaddy} and {@code mckey} do.
 *
 * @param count    how many queue pairs there are at this end
 * @param messages datagrams that each of them sends or receives, 0 for none
 * @param bytes    length of a datagram
 * @param tos      type of service, -1 to leave it
 * @param timeout  for each wait
 */
record DatagramConfig(int count, int messages, int bytes, int tos, Duration timeout) {
    private static final int MOST = 1000;

    DatagramConfig {
        Ranges.check("connections (-c)", count, 1, MOST);
        Ranges.check("messages (-C)", messages, 0, MOST);
        Ranges.check("bytes (-S)", bytes, 1, 4096);
        Ranges.check("type of service (-t)", tos, -1, 255);
    }

    /** Datagrams of all queue pairs. */
    long total() {
        return (long)count * messages;
    }
}
