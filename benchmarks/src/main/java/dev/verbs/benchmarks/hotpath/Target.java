package dev.verbs.benchmarks.hotpath;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * What is posted to, made by the C side.
 *
 * @param qp     {@code struct ibv_qp_ex}
 * @param cq     {@code struct ibv_cq}, on the provider that does nothing also a {@code struct ibv_cq_ex}
 * @param local  address of the local buffer
 * @param remote address of the remote buffer
 * @param lkey   key of the local buffer
 * @param rkey   key of the remote buffer
 * @param isReal whether requests complete on a device, so that they must be polled
 */
record Target(MemorySegment qp, MemorySegment cq, long local, long remote, int lkey, int rkey, boolean isReal) {
    /** The provider that does nothing. */
    static final String NOOP = "noop";

    private static final int REMOTE_OFFSET = 4096;
    /** struct bench_target of our own post_loops.c. */
    private static final MemoryLayout STRUCT = MemoryLayout.structLayout(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT);

    @SuppressWarnings("restricted")
    static Target open(final CLibrary library, final String device) {
        if (device.equals(NOOP)) {
            return new Target(library.pointer("noop_qp"), library.pointer("noop_cq"), 0x1000, 0x2000, 1, 2, false);
        }
        final MemorySegment loopback = library.pointer("loopback_open", Arena.global().allocateFrom(device));
        final MemorySegment failed = library.pointer("loopback_failed", loopback);
        if (failed.address() != 0) {
            throw new IllegalStateException(device + ": " + failed.reinterpret(200).getString(0));
        }
        final long local;
        try {
            final MethodHandle address = library.function("loopback_local", FunctionDescriptor.of(JAVA_LONG, ADDRESS));
            local = (long)address.invokeExact(loopback);
        } catch (final Throwable t) {
            throw Calls.failed(t);
        }
        return new Target(library.pointer("loopback_qp", loopback), library.pointer("loopback_cq", loopback), local,
            local + REMOTE_OFFSET, library.number("loopback_lkey", loopback), library.number("loopback_rkey", loopback), true);
    }

    /** What the loops in C take. */
    MemorySegment struct() {
        final MemorySegment struct = Arena.global().allocate(STRUCT);
        struct.set(JAVA_LONG, 0, local);
        struct.set(JAVA_LONG, Long.BYTES, remote);
        struct.set(JAVA_INT, 2 * Long.BYTES, lkey);
        struct.set(JAVA_INT, 2 * Long.BYTES + Integer.BYTES, rkey);
        return struct;
    }
}
