package dev.verbs.examples.pingpong;

import java.util.Locale;

/**
 * What one end measured.
 *
 * @param size       bytes of a message
 * @param iterations messages each way
 * @param received   messages received; with several queue pairs a few more may have come
 * @param elapsedNs  time from the first post to the last completion
 * @param badPages   pages that held something else than they must, in ascending order; empty if nothing was checked
 */
public record PingPongResult(long size, long iterations, long received, long elapsedNs, long[] badPages) {
    private static final double NS_PER_US = 1e3;
    private static final double NS_PER_S = 1e9;

    /**
     * The lines that rdma-core's programs print.
     *
     * @return one line per entry, bad pages included
     */
    public String[] lines() {
        final String[] lines = new String[2 + badPages.length];
        final double microseconds = elapsedNs / NS_PER_US;
        final long bytes = size * iterations * 2;
        lines[0] = String.format(Locale.ROOT, "%d bytes in %.2f seconds = %.2f Mbit/sec", bytes, elapsedNs / NS_PER_S,
            bytes * 8. / microseconds);
        lines[1] = String.format(Locale.ROOT, "%d iters in %.2f seconds = %.2f usec/iter", iterations, elapsedNs / NS_PER_S,
            microseconds / iterations);
        for (int i = 0; i < badPages.length; i++) {
            lines[2 + i] = "invalid data in page " + badPages[i];
        }
        return lines;
    }
}
