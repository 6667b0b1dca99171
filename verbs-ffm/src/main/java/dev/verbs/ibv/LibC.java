package dev.verbs.ibv;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import dev.verbs.headers.libc_h;
import dev.verbs.headers.pollfd;
import dev.verbs.headers.rlimit;
import dev.verbs.headers.types_h;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The few C library calls beside the verbs: waiting with a deadline, and limits for diagnoses. */
final class LibC {
    private static final MethodHandle POLL = Downcalls.withErrno(libc_h.poll$address(), libc_h.poll$descriptor());
    private static final MethodHandle GETRLIMIT = Downcalls.withErrno(libc_h.getrlimit$address(),
        libc_h.getrlimit$descriptor());
    private static final MethodHandle FCNTL = Downcalls.withErrno(libc_h.fcntl.address(),
        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), Linker.Option.firstVariadicArg(2));

    private LibC() {
    }

    /** Makes reads of a file descriptor return EAGAIN instead of blocking. */
    static void setNonBlocking(final Frame frame, final int fd) {
        try {
            final int flags = (int)FCNTL.invokeExact(frame.capture, fd, types_h.F_GETFL(), 0);
            final int result = (int)FCNTL.invokeExact(frame.capture, fd, types_h.F_SETFL(), flags | types_h.O_NONBLOCK());
            frame.checkErrno("fcntl", Math.min(result, 0), "file descriptor " + fd + " cannot be made non-blocking");
        } catch (final VerbsException e) {
            throw e;
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** Waits until a file descriptor can be read; true if so, false when the time is over or a signal came. */
    static boolean awaitReadable(final Frame frame, final int fd, final int timeoutMs) {
        final MemorySegment set = pollfd.allocate(frame.arena);
        pollfd.fd(set, fd);
        pollfd.events(set, (short)types_h.POLLIN());
        final int ready;
        try {
            ready = (int)POLL.invokeExact(frame.capture, set, 1L, timeoutMs);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
        if (ready < 0 && frame.errno() != Errno.EINTR) {
            throw frame.failed("poll", "file descriptor " + fd);
        }
        return ready > 0;
    }

    /** The soft limit of locked memory in bytes, -1 for unlimited. */
    static long memlockLimit() {
        try (Frame frame = new Frame()) {
            final MemorySegment limit = rlimit.allocate(frame.arena);
            final int result = (int)GETRLIMIT.invokeExact(frame.capture, types_h.RLIMIT_MEMLOCK(), limit);
            return result == 0 ? limit.get(JAVA_LONG, rlimit.rlim_cur$offset()) : -1;
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
