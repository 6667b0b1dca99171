package dev.verbs.examples.perf;

import dev.verbs.Context;
import dev.verbs.Verbs;
import dev.verbs.examples.TwoEnds;
import dev.verbs.spi.VerbsProvider;
import dev.verbs.testkit.TestProvider;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Both ends of a test, in this process, and what their memory held when the test was over. */
final class PerfPair {
    final PerfConfig config;
    final StringWriter serverOut = new StringWriter();
    final StringWriter clientOut = new StringWriter();
    Memory server;
    Memory client;

    private PerfPair(final PerfConfig config) {
        this.config = config;
    }

    /** Runs a test. */
    static PerfPair run(final PerfTool tool, final Object... options) throws Exception {
        final PerfPair pair = new PerfPair(PerfConfigReaderTest.config(tool, options));
        try (VerbsProvider provider = TestProvider.open()) {
            final PipeWire[] wires = PipeWire.pair();
            TwoEnds.run(() -> {
                pair.end(provider, wires[0], false, pair.serverOut);
                return null;
            }, () -> {
                pair.end(provider, wires[1], true, pair.clientOut);
                return null;
            });
        }
        return pair;
    }

    private void end(final VerbsProvider provider, final PipeWire wire, final boolean connects, final StringWriter out) {
        new PerfRun(provider, "test", config, connects, new PerfPrinter(new PrintWriter(out), config), new PerfJson(config), end -> {
            if (connects) {
                client = new Memory(end);
            } else {
                server = new Memory(end);
            }
        }).run((context, path) -> wire);
    }

    /** Name of the device under test. */
    static String device(final VerbsProvider provider) {
        try (Context context = Verbs.open(provider, TestProvider.deviceName())) {
            return context.device().name();
        }
    }

    /** A copy of an end's memory. */
    static final class Memory {
        private final MemorySegment copy;
        private final PerfBuffers buffers;
        private final int headroom;

        Memory(final PerfEnd end) {
            buffers = end.buffers();
            copy = MemorySegment.ofArray(buffers.memory().toArray(ValueLayout.JAVA_BYTE));
            headroom = PerfBuffers.headroom(end.config().service());
        }

        /** What a queue pair sent from, or fetched to. */
        byte[] sent(final int queuePair, final long size, final int slot) {
            return bytes(buffers.sendOffset(queuePair) + slot * buffers.cycle().step(size), size);
        }

        /** What a queue pair received, or the peer wrote. */
        byte[] target(final int queuePair, final long size, final int slot) {
            return bytes(buffers.targetOffset(queuePair) + slot * buffers.cycle().step(size + headroom) + headroom, size);
        }

        private byte[] bytes(final long offset, final long size) {
            return copy.asSlice(offset, size).toArray(ValueLayout.JAVA_BYTE);
        }

        long sentNumber(final int slot) {
            return copy.get(ValueLayout.JAVA_LONG_UNALIGNED, buffers.sendOffset(0) + slot * buffers.cycle().step(Long.BYTES));
        }

        long targetNumber(final int slot) {
            return copy.get(ValueLayout.JAVA_LONG_UNALIGNED, buffers.targetOffset(0) + slot * buffers.cycle().step(Long.BYTES));
        }
    }
}
