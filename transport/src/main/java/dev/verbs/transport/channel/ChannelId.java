package dev.verbs.transport.channel;

/**
 * Which channel: from one node to another, and which of those.
 *
 * @param from   number of the producer's node, 0 to 65,535
 * @param to     number of the consumer's node, 0 to 65,535
 * @param number tells channels between the same nodes apart; any value
 */
public record ChannelId(int from, int to, int number) {
    private static final int MAX_NODE = 0xFFFF;

    /** Checks the ranges. */
    public ChannelId {
        if (from < 0 || from > MAX_NODE || to < 0 || to > MAX_NODE) {
            throw new IllegalArgumentException("channel from node " + from + " to node " + to + ": nodes are 0 .. " + MAX_NODE);
        }
    }

    @Override
    public String toString() {
        return from + "->" + to + (number == 0 ? "" : "#" + number);
    }
}
