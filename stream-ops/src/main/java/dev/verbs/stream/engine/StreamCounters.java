package dev.verbs.stream.engine;

/** What one worker did. Written by its owner. */
final class StreamCounters {
    long records;
    long late;
    long epochs;
    long pairs;
    long windows;
    long stalls;
    long idle;
    long buffersSent;
    long bytesSent;
}
