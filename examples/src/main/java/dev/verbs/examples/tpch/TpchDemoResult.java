package dev.verbs.examples.tpch;

import java.util.List;

/**
 * What a run of the join found.
 *
 * @param scale                  TPC-H scale factor
 * @param nodes                  hosts of the ring, one thread each
 * @param orders                 tuples of the rotating relation
 * @param lineItems              tuples of the stationary relation
 * @param matches                matches of a pass, over all hosts
 * @param fragments              meetings of a fragment and a host in a pass
 * @param bytesMoved             bytes that went through the ring in a pass, over all links
 * @param passSeconds            the timed passes, in order: ordering, building and one revolution
 * @param seconds                their median
 * @param millionTuplesPerSecond tuples of both relations per second at the median, in millions
 * @param prepareMs              the median pass: ordering and building, longest of the hosts
 * @param waitingMs              the median pass: time in which a host had nothing to join, mean of the hosts
 * @param verified               whether every pass gave exactly the right matches
 * @param description            in one sentence, for people; what is wrong if it was not verified
 */
public record TpchDemoResult(double scale, int nodes, long orders, long lineItems, long matches, long fragments, long bytesMoved,
                             List<Double> passSeconds, double seconds, double millionTuplesPerSecond, double prepareMs,
                             double waitingMs, boolean verified, String description) {
    /** Copies the passes. */
    public TpchDemoResult {
        passSeconds = List.copyOf(passSeconds);
    }
}
