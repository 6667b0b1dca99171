package dev.verbs.examples.perf;

import dev.verbs.Mtu;
import dev.verbs.examples.CommandFailure;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * What perftest 4.5 says beside the test, over any {@link Wire}: the one that connected speaks first, each time, and the other
 * answers with the same kind of message.
 *
 * <pre>
 *   version (16) ─► buffer to cycle in (4) ─► cache line (4) ─► MTU (2) ─► keys of each queue pair ─► connected
 *     ─► keys again, as a barrier, before and after the test ─► bandwidth: size, count, peak, average, rate (8 each)
 *     ─► keys once more, and over TCP "done"
 * </pre>
 */
final class Exchange {
    /** What we are: 6.06 is 4.5-0.17, the version of this protocol. */
    static final String VERSION = "6.06";
    private static final int VERSION_LENGTH = 16;
    private static final double LEAST_VERSION = 5.70;
    private static final byte[] DONE = "done\0".getBytes(StandardCharsets.US_ASCII);

    private final Wire wire;
    private final boolean first;
    private final boolean withGid;
    private final int gidIndex;
    private final Duration deadline;

    /**
     * Speaks.
     *
     * @param wire     to the peer
     * @param first    whether this end connected
     * @param withGid  whether keys carry GIDs, as on Ethernet
     * @param gidIndex index of the GID
     * @param deadline for each answer
     */
    Exchange(final Wire wire, final boolean first, final boolean withGid, final int gidIndex, final Duration deadline) {
        this.wire = wire;
        this.first = first;
        this.withGid = withGid;
        this.gidIndex = gidIndex;
        this.deadline = deadline;
    }

    private byte[] swap(final byte[] message, final Duration wait) {
        if (first) {
            wire.send(message);
            return wire.receive(message.length, wait);
        }
        final byte[] answer = wire.receive(message.length, wait);
        wire.send(message);
        return answer;
    }

    /** Tells the versions, and refuses a peer that this protocol is too new for. */
    void versions() {
        final byte[] answer = swap(Arrays.copyOf(VERSION.getBytes(StandardCharsets.US_ASCII), VERSION_LENGTH), deadline);
        final String text = new String(answer, StandardCharsets.ISO_8859_1);
        final String version = text.substring(0, Math.max(0, text.indexOf('\0')));
        if (!version.matches("\\d{1,4}\\.\\d{1,4}")) {
            throw new CommandFailure("the peer answered '" + text.replaceAll("[^\\x20-\\x7e]", "?")
                + "' instead of a version: it is no perftest");
        }
        if (Double.parseDouble(version) < LEAST_VERSION) {
            throw new CommandFailure("the peer speaks version " + version + " of perftest's protocol; 5.70 is the oldest that " + VERSION
                + " gets along with");
        }
    }

    /** The larger of both ends' values: how much of a buffer is cycled through, and in which steps. */
    Cycle cycle(final Cycle own) {
        final int buffer = ByteBuffer.wrap(swap(ByteBuffer.allocate(Integer.BYTES).putInt(own.buffer()).array(), deadline)).getInt();
        final int line = ByteBuffer.wrap(swap(ByteBuffer.allocate(Integer.BYTES).putInt(own.line()).array(), deadline)).getInt();
        if (buffer < 1 || buffer > Cycle.MOST || line < 1 || line > Cycle.MOST) {
            throw new CommandFailure("the peer cycles through " + buffer + " bytes in lines of " + line + ": it is no perftest");
        }
        return new Cycle(Math.max(buffer, own.buffer()), Math.max(line, own.line()));
    }

    /** The smaller of both MTUs. */
    Mtu mtu(final Mtu own) {
        final byte[] answer = swap(new byte[] {(byte)('0' + own.code()), 0}, deadline);
        final Mtu peer = Mtu.of(answer[0] - '0');
        if (peer.code() != answer[0] - '0') {
            throw new CommandFailure("the peer told the MTU number " + (answer[0] & 0xFF) + ", which there is not: it is no perftest");
        }
        return peer.code() < own.code() ? peer : own;
    }

    /** Tells keys, and takes the peer's. */
    PerfKeys keys(final PerfKeys own) {
        return keys(own, deadline);
    }

    /** A barrier: both ends have come this far. */
    void meet(final PerfKeys own) {
        keys(own, deadline);
    }

    /** A barrier after something that the peer alone does, and that takes long. */
    void meet(final PerfKeys own, final Duration wait) {
        keys(own, wait);
    }

    private PerfKeys keys(final PerfKeys own, final Duration wait) {
        return wire.isBinary() ? PerfKeys.ofBinary(swap(own.binary(gidIndex), wait)) : PerfKeys.ofText(swap(own.text(withGid), wait));
    }

    /** Tells a result, and takes the peer's. */
    BandwidthReport reports(final BandwidthReport own) {
        final long size = swapLong(own.size());
        final long iterations = swapLong(own.iterations());
        final double peak = swapDouble(own.peak());
        final double average = swapDouble(own.average());
        final double rate = swapDouble(own.messageRate());
        return new BandwidthReport(size, iterations, peak, average, rate);
    }

    private long swapLong(final long value) {
        return ByteBuffer.wrap(swap(ByteBuffer.allocate(Long.BYTES).putLong(value).array(), deadline)).getLong();
    }

    private double swapDouble(final double value) {
        return Double.longBitsToDouble(swapLong(Double.doubleToRawLongBits(value)));
    }

    /** Ends the conversation; the peer may still measure. */
    void close(final PerfKeys own, final Duration wait) {
        keys(own, wait);
        if (!wire.isBinary() && !wire.isGone()) {
            wire.send(DONE); // nobody waits for it
        }
    }

    /**
     * How buffers are used.
     *
     * @param buffer bytes that small messages cycle through: a page
     * @param line   bytes of a cache line: a message starts at a multiple
     */
    record Cycle(int buffer, int line) {
        /** More is nonsense. */
        static final int MOST = 1 << 30;
        static final Cycle USUAL = new Cycle(4096, 64);

        /** Bytes from one message to the next. */
        long step(final long size) {
            return (Math.max(size, line) + line - 1) / line * line;
        }

        /** Messages after which the addresses start again; 1 if all have the same. */
        int slots(final long size) {
            return size <= buffer / 2 ? (int)(buffer / step(size)) : 1;
        }

        /** Bytes of a buffer for messages of a size. */
        long room(final long size) {
            return step(Math.max(size, buffer));
        }
    }
}
