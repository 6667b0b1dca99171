package dev.verbs;

import dev.verbs.headers.types_h;
import java.util.HashMap;
import java.util.Map;

/** The errno values that verbs return, with the numbers of the C headers. */
public final class Errno {
    /** Operation not permitted. */
    public static final int EPERM = types_h.EPERM();

    /** No such entry. */
    public static final int ENOENT = types_h.ENOENT();

    /** Interrupted. */
    public static final int EINTR = types_h.EINTR();

    /** Try again: nothing there yet. */
    public static final int EAGAIN = types_h.EAGAIN();

    /** No memory; from a post: the queue is full. */
    public static final int ENOMEM = types_h.ENOMEM();

    /** Permission denied. */
    public static final int EACCES = types_h.EACCES();

    /** Bad address. */
    public static final int EFAULT = types_h.EFAULT();

    /** In use. */
    public static final int EBUSY = types_h.EBUSY();

    /** No such device. */
    public static final int ENODEV = types_h.ENODEV();

    /** Invalid argument, attribute or state. */
    public static final int EINVAL = types_h.EINVAL();

    /** No space, no resources left. */
    public static final int ENOSPC = types_h.ENOSPC();

    /** Not a number that the operation accepts. */
    public static final int ERANGE = types_h.ERANGE();

    /** No data available. */
    public static final int ENODATA = types_h.ENODATA();

    /** The kernel does not have the call. */
    public static final int ENOSYS = types_h.ENOSYS();

    /** The device or driver does not do this. */
    public static final int EOPNOTSUPP = types_h.EOPNOTSUPP();

    /** The address is taken. */
    public static final int EADDRINUSE = types_h.EADDRINUSE();

    /** The address is not one of this host. */
    public static final int EADDRNOTAVAIL = types_h.EADDRNOTAVAIL();

    /** Network unreachable. */
    public static final int ENETUNREACH = types_h.ENETUNREACH();

    /** Host unreachable. */
    public static final int EHOSTUNREACH = types_h.EHOSTUNREACH();

    /** The connection was reset. */
    public static final int ECONNRESET = types_h.ECONNRESET();

    /** Connected already. */
    public static final int EISCONN = types_h.EISCONN();

    /** The kernel or the device does not know the protocol. */
    public static final int EPROTONOSUPPORT = types_h.EPROTONOSUPPORT();

    /** Not connected. */
    public static final int ENOTCONN = types_h.ENOTCONN();

    /** The deadline passed. */
    public static final int ETIMEDOUT = types_h.ETIMEDOUT();

    /** Nobody listens, or the peer refused. */
    public static final int ECONNREFUSED = types_h.ECONNREFUSED();

    /** The object is closed. */
    public static final int EBADF = types_h.EBADF();

    private static final Map<Integer, String> NAMES = names();

    private Errno() {
    }

    /**
     * The symbolic name of a value.
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
