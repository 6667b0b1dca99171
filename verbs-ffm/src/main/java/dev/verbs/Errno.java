package dev.verbs;

import dev.verbs.headers.types_h;
import java.util.HashMap;
import java.util.Map;

/** The errno values that verbs return, with the numbers of the C headers. C: {@code errno(3)}. */
public final class Errno {
    /** Operation not permitted. C: {@code EPERM}. */
    public static final int EPERM = types_h.EPERM();

    /** No such entry. C: {@code ENOENT}. */
    public static final int ENOENT = types_h.ENOENT();

    /** Interrupted. C: {@code EINTR}. */
    public static final int EINTR = types_h.EINTR();

    /** The device has failed. C: {@code EIO}. */
    public static final int EIO = types_h.EIO();

    /** Try again: nothing there yet. C: {@code EAGAIN}. */
    public static final int EAGAIN = types_h.EAGAIN();

    /** No memory; from a post: the queue is full. C: {@code ENOMEM}. */
    public static final int ENOMEM = types_h.ENOMEM();

    /** Permission denied. C: {@code EACCES}. */
    public static final int EACCES = types_h.EACCES();

    /** Bad address. C: {@code EFAULT}. */
    public static final int EFAULT = types_h.EFAULT();

    /** In use. C: {@code EBUSY}. */
    public static final int EBUSY = types_h.EBUSY();

    /** No such device. C: {@code ENODEV}. */
    public static final int ENODEV = types_h.ENODEV();

    /** Invalid argument, attribute or state. C: {@code EINVAL}. */
    public static final int EINVAL = types_h.EINVAL();

    /** No space, no resources left. C: {@code ENOSPC}. */
    public static final int ENOSPC = types_h.ENOSPC();

    /** Not a number that the operation accepts. C: {@code ERANGE}. */
    public static final int ERANGE = types_h.ERANGE();

    /** No data available. C: {@code ENODATA}. */
    public static final int ENODATA = types_h.ENODATA();

    /** The kernel does not have the call. C: {@code ENOSYS}. */
    public static final int ENOSYS = types_h.ENOSYS();

    /** The device or driver does not do this. C: {@code EOPNOTSUPP}. */
    public static final int EOPNOTSUPP = types_h.EOPNOTSUPP();

    /** The address is taken. C: {@code EADDRINUSE}. */
    public static final int EADDRINUSE = types_h.EADDRINUSE();

    /** The address is not one of this host. C: {@code EADDRNOTAVAIL}. */
    public static final int EADDRNOTAVAIL = types_h.EADDRNOTAVAIL();

    /** Network unreachable. C: {@code ENETUNREACH}. */
    public static final int ENETUNREACH = types_h.ENETUNREACH();

    /** Host unreachable. C: {@code EHOSTUNREACH}. */
    public static final int EHOSTUNREACH = types_h.EHOSTUNREACH();

    /** The connection was reset. C: {@code ECONNRESET}. */
    public static final int ECONNRESET = types_h.ECONNRESET();

    /** Connected already. C: {@code EISCONN}. */
    public static final int EISCONN = types_h.EISCONN();

    /** The kernel or the device does not know the protocol. C: {@code EPROTONOSUPPORT}. */
    public static final int EPROTONOSUPPORT = types_h.EPROTONOSUPPORT();

    /** Not connected. C: {@code ENOTCONN}. */
    public static final int ENOTCONN = types_h.ENOTCONN();

    /** The deadline passed. C: {@code ETIMEDOUT}. */
    public static final int ETIMEDOUT = types_h.ETIMEDOUT();

    /** Nobody listens, or the peer refused. C: {@code ECONNREFUSED}. */
    public static final int ECONNREFUSED = types_h.ECONNREFUSED();

    /** The object is closed. C: {@code EBADF}. */
    public static final int EBADF = types_h.EBADF();

    private static final Map<Integer, String> NAMES = names();

    private Errno() {
    }

    /**
     * The symbolic name of a value. C: {@code strerrorname_np(3)}.
     *
     * @param errno the value, positive
     * @return a name such as {@code EINVAL}, or {@code errno N} for one without a name here
     */
    public static String name(final int errno) {
        return NAMES.getOrDefault(errno, "errno " + errno);
    }

    private static Map<Integer, String> names() {
        final Map<Integer, String> names = new HashMap<>();
        for (final var field : Errno.class.getFields()) {
            try {
                names.put(field.getInt(null), field.getName());
            } catch (final IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }
        return Map.copyOf(names);
    }
}
