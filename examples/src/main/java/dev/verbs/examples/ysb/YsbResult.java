package dev.verbs.examples.ysb;

import java.util.List;

/**
 * What a run of the benchmark found.
 *
 * @param records                  records over all nodes
 * @param recordBytes              bytes per record
 * @param nodes                    nodes
 * @param threads                  threads that stepped them
 * @param epochs                   epochs per pass, over all nodes
 * @param windows                  windows of event time
 * @param results                  (window, campaign) counts that were compared
 * @param views                    records that passed the filter
 * @param bytesSent                bytes that went through channels in a pass
 * @param passSeconds              the timed passes, in order
 * @param seconds                  their median
 * @param millionRecordsPerSecond  records per second at the median, in millions
 * @param fusedMillionPerSecond    the same query as one plain loop on one thread, in millions: what one core can do alone
 * @param verified                 whether every pass gave every count exactly, each once, and the total was right
 * @param description              in one sentence, for people; what is wrong if it was not verified
 */
public record YsbResult(long records, long recordBytes, int nodes, int threads, long epochs, int windows, long results, long views,
                        long bytesSent, List<Double> passSeconds, double seconds, double millionRecordsPerSecond,
                        double fusedMillionPerSecond, boolean verified, String description) {
    /** Copies the passes. */
    public YsbResult {
        passSeconds = List.copyOf(passSeconds);
    }
}
