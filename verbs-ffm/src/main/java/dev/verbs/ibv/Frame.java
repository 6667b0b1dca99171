package dev.verbs.ibv;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;

/** Memory and errno of one set-up call. */
final class Frame implements AutoCloseable {
    /** What the call's arguments are allocated from. */
    final Arena arena = Arena.ofConfined();
    /** Where its errno is captured. */
    final MemorySegment capture = arena.allocate(Downcalls.CAPTURE);

    int errno() {
        return Downcalls.errno(capture);
    }

    /** For verbs that return null or -1 and set errno. */
    VerbsException failed(final String verb, final String diagnosis) {
        return new VerbsException(verb, errno(), diagnosis);
    }

    /** For verbs that return an errno: the returned value wins over errno; -1 is a failure whose reason is in errno. */
    void check(final String verb, final int result, final String diagnosis) {
        if (result != 0) {
            throw new VerbsException(verb, reason(result), diagnosis);
        }
    }

    /** The errno of a verb that returned {@code result}. */
    int reason(final int result) {
        return result == -1 && errno() != 0 ? errno() : Math.abs(result);
    }

    /** For verbs that return -1 and set errno. */
    void checkErrno(final String verb, final int result, final String diagnosis) {
        if (result != 0) {
            throw new VerbsException(verb, errno() == 0 ? Errno.EINVAL : errno(), diagnosis);
        }
    }

    /** Wraps what the library made; if that fails, destroys it again. */
    static <T> T orElse(final Supplier<T> wrap, final Runnable destroy) {
        try {
            return wrap.get();
        } catch (final RuntimeException | Error e) {
            destroy.run();
            throw e;
        }
    }

    static boolean isNull(final MemorySegment pointer) {
        return pointer.address() == 0;
    }

    @Override
    public void close() {
        arena.close();
    }
}
