package dev.verbs.stream.engine;

/**
 * What a run did, over all executors.
 *
 * @param executors   how many there were
 * @param records     records read
 * @param late        records dropped because their window was already promised to be complete; 0 if the watermarks were right
 * @param epochs      epochs closed
 * @param pairs       (window, key) pairs merged by leaders, own ones included
 * @param windows     windows triggered, counted by each leader
 * @param stalls      times that a full epoch had to wait for the one before to be shipped
 * @param buffersSent buffers that went through channels
 * @param bytesSent   bytes that went through channels, headers included
 * @param elapsedNs   from the start of the run until every executor was done
 */
public record StreamReport(int executors, long records, long late, long epochs, long pairs, long windows, long stalls,
                           long buffersSent, long bytesSent, long elapsedNs) {
}
