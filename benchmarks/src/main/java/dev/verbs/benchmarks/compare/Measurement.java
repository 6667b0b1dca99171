package dev.verbs.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * One run of a client and a server; both sides get the same options.
 *
 * @param test       which
 * @param size       bytes of a message
 * @param iterations messages
 * @param port       TCP port of the server
 * @param device     name of the device
 * @param gidIndex   of its GID table
 */
record Measurement(PerfTest test, int size, int iterations, int port, String device, int gidIndex) {
    Measurement with(final int otherSize, final int otherIterations) {
        return new Measurement(test, otherSize, otherIterations, port, device, gidIndex);
    }

    Measurement on(final int otherPort) {
        return new Measurement(test, size, iterations, otherPort, device, gidIndex);
    }

    /** The options that C and Java have in common. Of bandwidths the average counts: no time stamps of messages, which give the peak. */
    List<String> options() {
        final List<String> options = new ArrayList<>(List.of("-d", device, "-x", Integer.toString(gidIndex), "-s", Integer.toString(size),
            "-n", Integer.toString(iterations), "-p", Integer.toString(port)));
        if (!test.isLatency()) {
            options.add("-N");
        }
        return options;
    }

    @Override
    public String toString() {
        return test.tool() + " -s " + size + " -n " + iterations;
    }
}
