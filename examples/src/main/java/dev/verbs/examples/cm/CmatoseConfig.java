package dev.verbs.examples.cm;

import java.time.Duration;

/**
 * What {@code cmatose} does.
 *
 * @param connections how many connections
 * @param messages    messages each way on each of them, 0 to connect only
 * @param bytes       length of a message
 * @param tos         type of service, -1 to leave it
 * @param ackTimeout  ACK timeout code, -1 to leave it
 * @param migrates    whether all ids move to another channel before they disconnect
 * @param timeout     for each wait
 */
record CmatoseConfig(int connections, int messages, int bytes, int tos, int ackTimeout, boolean migrates, Duration timeout) {
    private static final int MOST = 1000;

    CmatoseConfig {
        Ranges.check("connections (-c)", connections, 1, MOST);
        Ranges.check("messages (-C)", messages, 0, MOST);
        Ranges.check("bytes (-S)", bytes, 1, 1 << 20);
        Ranges.check("type of service (-t)", tos, -1, 255);
        Ranges.check("ACK timeout (-a)", ackTimeout, -1, 31);
    }
}
