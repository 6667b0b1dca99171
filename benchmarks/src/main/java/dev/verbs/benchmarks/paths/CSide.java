package dev.verbs.benchmarks.paths;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The loops in C, and the queue pairs that were made in C for them and for {@link BareLoops}. Each loop takes its own time and runs
 * long enough for the one downcall not to matter.
 */
final class CSide implements AutoCloseable {
    private static final int MESSAGE = 200;

    private final SymbolLookup library;
    private final MemorySegment loopback;
    private final MemorySegment ns = Arena.global().allocate(JAVA_LONG);
    private final MethodHandle post;
    private final MethodHandle wr;
    private final MethodHandle receive;
    private final MethodHandle round;
    private final MethodHandle poll;
    private final MethodHandle pollEx;
    private final MethodHandle register;
    private final MethodHandle queuePair;
    private final MethodHandle connect;

    @SuppressWarnings("restricted")
    CSide(final String device, final int depth, final boolean extended, final boolean inline) {
        library = NativeLibraries.loadLoops();
        try (Arena arena = Arena.ofConfined()) {
            loopback = (MemorySegment)function("loopback_open", ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT)
                .invokeExact(arena.allocateFrom(device), depth, extended ? 1 : 0, inline ? 1 : 0);
        } catch (final Throwable t) {
            throw failed(t);
        }
        final MemorySegment reason = pointer("loopback_failed");
        if (reason.address() != 0) {
            final String text = reason.reinterpret(MESSAGE).getString(0);
            close();
            throw new IllegalStateException(device + ": " + text);
        }
        post = function("loop_post", JAVA_LONG, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
        wr = loop("loop_wr");
        receive = loop("loop_recv");
        round = loop("loop_round");
        poll = loop("loop_poll");
        pollEx = loop("loop_poll_ex");
        register = function("loop_register", JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS);
        queuePair = function("loop_qp", JAVA_LONG, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
        connect = function("loop_connect", JAVA_LONG, ADDRESS, JAVA_INT, ADDRESS);
    }

    private MethodHandle loop(final String name) {
        return function(name, JAVA_LONG, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    }

    @SuppressWarnings("restricted")
    private MethodHandle function(final String name, final MemoryLayout result, final MemoryLayout... arguments) {
        return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }

    static IllegalStateException failed(final Throwable t) {
        return t instanceof IllegalStateException e ? e : new IllegalStateException("a downcall threw", t);
    }

    private MemorySegment pointer(final String name) {
        try {
            return (MemorySegment)function(name, ADDRESS, ADDRESS).invokeExact(loopback);
        } catch (final Throwable t) {
            throw failed(t);
        }
    }

    private long number(final String name) {
        try {
            return (long)function(name, JAVA_LONG, ADDRESS).invokeExact(loopback);
        } catch (final Throwable t) {
            throw failed(t);
        }
    }

    private int integer(final String name) {
        try {
            return (int)function(name, JAVA_INT, ADDRESS).invokeExact(loopback);
        } catch (final Throwable t) {
            throw failed(t);
        }
    }

    /** {@code struct ibv_qp_ex}. */
    MemorySegment qp() {
        return pointer("loopback_qp");
    }

    /** {@code struct ibv_qp} that the other one is connected to. */
    MemorySegment peer() {
        return pointer("loopback_peer");
    }

    /** {@code struct ibv_cq}, the beginning of a {@code struct ibv_cq_ex} if that was asked for. */
    MemorySegment cq() {
        return pointer("loopback_cq");
    }

    long local() {
        return number("loopback_local");
    }

    long remote() {
        return number("loopback_remote");
    }

    int lkey() {
        return integer("loopback_lkey");
    }

    int rkey() {
        return integer("loopback_rkey");
    }

    /** {@code union ibv_gid} of the port. */
    MemorySegment gid() {
        return pointer("loopback_gid");
    }

    int gidIndex() {
        return integer("loopback_gid_index");
    }

    /** Whether posts, and receives too, complete before they return. */
    boolean atOnce() {
        return integer("loopback_at_once") != 0;
    }

    /** Nanoseconds of the loop that has run. */
    private long taken(final long result) {
        if (result < 0) {
            throw new IllegalStateException("the loop in C answered " + result);
        }
        return ns.get(JAVA_LONG, 0);
    }

    /** Posts so many requests in lists; the way is an ordinal of {@link Way}. */
    long post(final int batch, final int count, final int way) {
        try {
            return taken((long)post.invokeExact(loopback, batch, count, way, ns));
        } catch (final Throwable t) {
            throw failed(t);
        }
    }

    long wr(final int batch, final int count) {
        return run(wr, batch, count);
    }

    long receive(final int batch, final int count) {
        return run(receive, batch, count);
    }

    long round(final int batch, final int count) {
        return run(round, batch, count);
    }

    long poll(final int batch, final int count) {
        return run(poll, batch, count);
    }

    long pollEx(final int batch, final int count) {
        return run(pollEx, batch, count);
    }

    private long run(final MethodHandle loop, final int batch, final int count) {
        try {
            return taken((long)loop.invokeExact(loopback, batch, count, ns));
        } catch (final Throwable t) {
            throw failed(t);
        }
    }

    long register(final MemorySegment memory, final int count) {
        try {
            return taken((long)register.invokeExact(loopback, memory, memory.byteSize(), count, ns));
        } catch (final Throwable t) {
            throw failed(t);
        }
    }

    /** Creates and destroys queue pairs; if they are connected in between, only that counts. */
    long queuePair(final boolean connected, final int count) {
        try {
            return taken((long)queuePair.invokeExact(loopback, connected ? 1 : 0, count, ns));
        } catch (final Throwable t) {
            throw failed(t);
        }
    }

    /** Makes connections, both ends of each. */
    long connect(final int count) {
        try {
            return taken((long)connect.invokeExact(loopback, count, ns));
        } catch (final Throwable t) {
            throw failed(t);
        }
    }

    @Override
    @SuppressWarnings("restricted")
    public void close() {
        try {
            Linker.nativeLinker().downcallHandle(library.findOrThrow("loopback_close"), FunctionDescriptor.ofVoid(ADDRESS))
                .invokeExact(loopback);
        } catch (final Throwable t) {
            throw failed(t);
        }
    }
}
