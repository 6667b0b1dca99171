package dev.verbs.benchmarks.paths;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What the benchmarks share: one device, and on it the loops in C, the bare ones and the library's. On the software device, which is
 * no C library, the library's alone. An invocation runs a chunk of each (see {@link Samples}), so that JMH's own score is the sum of
 * all and says nothing: the secondary results count.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public abstract class SideBySide {
    /** What is measured on: {@code c}, {@code soft} or the name of a real device. */
    @Param(Device.C)
    public String target;

    private Device device;
    private SymbolLookup provider;
    private CSide c;
    private Arena arena;
    private BareLoops bare;
    private LibrarySide side;
    private LibraryLoops loops;
    private final Samples.Chunk[] chunks = new Samples.Chunk[3];
    private int operations;
    private boolean posts;
    private long invocations;

    /** Opens the device for each side; before everything else. */
    final void open(final Config config) {
        device = Device.of(target);
        if (device.target().equals(Device.C)) {
            provider = NativeLibraries.loadProvider();
        }
        if (device.hasC()) {
            c = new CSide(device.name(), device.depth(), config.extendedCq, config.inline);
            arena = Arena.ofShared(); // as on the library's side
            bare = new BareLoops(arena, c, config.inline);
        }
        side = new LibrarySide(device, config.extendedQp, config.extendedCq);
        loops = new LibraryLoops(side, device, config.batch, config.inline);
    }

    /** What a benchmark needs: requests of a list or completions of a poll, and which kinds of queues. */
    record Config(int batch, boolean extendedQp, boolean extendedCq, boolean inline) {
        static Config of(final int batch) {
            return new Config(batch, false, false, false);
        }
    }

    /** What an invocation runs, so many requests of each; those of C are left out where there is no C library. */
    final void posts(final int count, final Samples.Chunk inC, final Samples.Chunk byHand, final Samples.Chunk java) {
        posts = true;
        sides(count, inC, byHand, java);
    }

    /** The same with operations that post no request. */
    final void sides(final int count, final Samples.Chunk inC, final Samples.Chunk byHand, final Samples.Chunk java) {
        operations = count;
        chunks[0] = c == null ? null : inC;
        chunks[1] = c == null ? null : byHand;
        chunks[2] = java;
    }

    /** One chunk of each. */
    final void run(final Samples samples) throws Throwable {
        invocations++;
        samples.run(chunks, operations);
    }

    final Device device() {
        return device;
    }

    final CSide c() {
        return c;
    }

    final BareLoops bare() {
        return bare;
    }

    final LibrarySide side() {
        return side;
    }

    final LibraryLoops loops() {
        return loops;
    }

    /** Requests that the C provider has seen. */
    @SuppressWarnings("restricted")
    final long provided(final String counter) {
        try {
            return (long)Linker.nativeLinker().downcallHandle(provider.findOrThrow(counter), FunctionDescriptor.of(JAVA_LONG))
                .invokeExact();
        } catch (final Throwable t) {
            throw CSide.failed(t);
        }
    }

    /** Closes everything, and makes sure that all requests have arrived with all their bytes. */
    @TearDown(Level.Trial)
    public final void close() {
        side.close();
        if (c != null) {
            c.close();
            arena.close();
        }
        if (provider != null) {
            final long requests = provided("bench_requests") + provided("bench_receives");
            final long expected = posts ? invocations * chunks.length * operations : 0;
            if (requests != expected) {
                throw new IllegalStateException(requests + " of " + expected + " requests arrived");
            }
            if (provided("bench_bytes") != requests * BareLoops.LENGTH) {
                throw new IllegalStateException(requests + " requests of " + BareLoops.LENGTH + " bytes brought "
                    + provided("bench_bytes"));
            }
        }
    }
}
