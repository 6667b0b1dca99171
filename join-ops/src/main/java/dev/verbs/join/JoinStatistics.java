package dev.verbs.join;

/**
 * What one host did in one revolution.
 *
 * @param host          index of the host
 * @param revolution    number of the revolution, from 1
 * @param fragments     fragments joined, own ones included
 * @param tuples        rotating tuples joined
 * @param matches       matches found
 * @param fragmentsSent fragments sent to the successor: own ones, and visitors that have further to go
 * @param bytesSent     bytes of these on the link: headers, payloads and arrival words
 * @param prepareNs     time for ordering and building, 0 if earlier fragments went round again
 * @param joinNs        time in which tuples were joined
 * @param waitingNs     time in which the join entity had nothing to join: waiting for the network and for other hosts
 * @param totalNs       the revolution, preparation excluded
 */
public record JoinStatistics(int host, long revolution, long fragments, long tuples, long matches, long fragmentsSent,
    long bytesSent, long prepareNs, long joinNs, long waitingNs, long totalNs) {
}
