package dev.verbs.benchmarks.compare;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.List;

/** What one process does to another one on Linux. C: {@code kill}, {@code prctl}. Any thread. */
final class Signals {
    private static final int SIGKILL = 9;
    private static final int SIGCONT = 18;
    private static final int SIGSTOP = 19;
    private static final int PR_SET_PDEATHSIG = 1;
    private static final MethodHandle KILL = handle("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle PRCTL = handle("prctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG),
        Linker.Option.firstVariadicArg(1));

    private Signals() {
    }

    @SuppressWarnings("restricted") // both take numbers
    private static MethodHandle handle(final String name, final FunctionDescriptor type, final Linker.Option... options) {
        final Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
    }

    /** Stops processes, in that order; one that is gone does not mind. */
    static void stop(final List<Long> processes) {
        send(processes, SIGSTOP);
    }

    /** Lets stopped processes go on; one that is gone or runs does not mind. */
    static void resume(final List<Long> processes) {
        send(processes, SIGCONT);
    }

    private static void send(final List<Long> processes, final int signal) {
        for (final long process : processes) {
            try {
                final int ignored = (int)KILL.invokeExact((int)process, signal);
            } catch (final Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** This process is killed when the thread that started it ends, however that ends, and even while it is stopped. */
    static void endWithParent() {
        final int failed;
        try {
            failed = (int)PRCTL.invokeExact(PR_SET_PDEATHSIG, (long)SIGKILL);
        } catch (final Throwable e) {
            throw new IllegalStateException(e);
        }
        if (failed != 0) {
            throw new IllegalStateException("prctl(PR_SET_PDEATHSIG, SIGKILL) returned " + failed);
        }
    }
}
